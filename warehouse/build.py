"""Build a release: raw tables, models, checks, and the files that readers open.

A build works in a folder of its own beside the releases. Only when everything has passed is
the folder given its name and the link `current` swapped; whatever goes wrong before that
leaves the old release being served. What the build before this one has made and nothing has
touched since is not made again: see `warehouse.work`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.stored import write_catalogue
from warehouse.checking import read_checks
from warehouse.digests import input_digest, program_print
from warehouse.disclosure import hide_cells
from warehouse.editions import (
    EDITIONS,
    assign_letters,
    confidential_sources,
    masked_inputs,
    public_catalogue,
)
from warehouse.errors import BrokenReleaseError, BuildStoppedError, RawTableError
from warehouse.layers import raw_prints, run_models, write_catalogue_layer
from warehouse.methods import import_libraries
from warehouse.models import CHECKS, MODELS, Model, read_models
from warehouse.publishing import Layer, Past, load_release, write_editions
from warehouse.releases import BUILDING, PUBLIC, ReleaseInfo, Releases
from warehouse.work import FILE, Work, keep, open_work, take

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEARCH_PATH = "indicator,mart,staging,ref,build"
_OWN_STEPS = ("raw", "catalogue", "disclosure", "write", "review", "seal", "switch", "remember")


@dataclass(frozen=True)
class Purpose:
    """Why a release was made, by whom, and which findings were accepted, all as given."""

    why: str = ""
    who: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A release that is made and has passed its checks, but has no name yet."""

    connection: duckdb.DuckDBPyConnection
    """The work database, with every layer below the published one."""
    folder: Path
    """Holds the files of both editions, closed."""
    served: Path | None
    """The folder of the release that it would replace."""
    info: ReleaseInfo


Review = Callable[[Draft], None]
"""Looks at a release before it is sealed; what it raises stops the build."""


@dataclass(frozen=True)
class BuildResult:
    """What a build came to."""

    release: ReleaseInfo
    is_new: bool
    folder: Path
    broken: tuple[BrokenReleaseError, ...] = ()
    """Earlier releases that could not be read; this one lacks what only they held."""


def build_release(
    *,
    releases: Path,
    inputs: Mapping[str, str],
    load_raw: Callable[[duckdb.DuckDBPyConnection], None],
    catalogue: Catalogue,
    built_at: datetime,
    program_version: str,
    on_step: Callable[[str], None],
    keeps_work: bool = False,
    purpose: Purpose = Purpose(),
    review: Review | None = None,
    models: Path | None = None,
    checks: Path | None = None,
) -> BuildResult:
    """Build a release and serve it, unless the same one is served already.

    Args:
        releases: The folder of releases.
        inputs: Digest per input file; with catalogue, models and program version they decide
            whether there is anything new.
        load_raw: Fills the schema `raw` of the connection it is given, which may hold what
            it loaded in the build before this one.
        catalogue: The catalogue; becomes the tables `ref_*`.
        built_at: The time to name the release by.
        program_version: The version of the program, part of the digest.
        on_step: Called with the name of each step before it starts.
        keeps_work: Whether `load_raw` can go on where an earlier build left off. If so, the
            work database is kept, and only what has changed is made again.
        purpose: Why the release is made, by whom and what was accepted; kept in its manifest.
        review: Looks at the release before it is sealed, and may refuse it.
        models: Folder of models; by default the one that ships.
        checks: Folder of checks; by default the one that ships.

    Returns:
        The release now served, and whether this build made it.

    Raises:
        WarehouseError: When anything is wrong; the release served before stays in place.
    """
    store = Releases(releases)
    source = _Source(load_raw, catalogue, models or MODELS, checks or CHECKS, keeps_work, review)
    with store.lock():
        store.clean_leftovers()
        store.mend_history()
        key = store.pseudonym_key()
        digest = input_digest(
            inputs, catalogue, source.models, source.checks, program_version, key=key
        )
        past = _past(store)
        served = past.served
        if served is not None and served.digest == digest:
            return BuildResult(served, is_new=False, folder=releases / served.release_id)
        release_id = _release_id(releases, built_at, digest)
        folder = releases / f"{BUILDING}{release_id}"
        folder.mkdir()
        with _leaving_no_trace(releases, folder):
            on_step("raw")
            masked = masked_inputs(inputs, confidential_sources(catalogue.disclosures))
            draft = ReleaseInfo(
                release_id=release_id,
                built_at=built_at.isoformat(timespec="seconds"),
                digest=digest,
                program_version=program_version,
                previous_release_id=served.release_id if served else None,
                inputs=masked,
                why=purpose.why,
                who=purpose.who,
                accepted=purpose.accepted,
            )
            info = _build(folder, past, draft, source, key, on_step)
            on_step("seal")
            store.publish(folder, info)
        on_step("switch")
        store.make_current(release_id)
        on_step("remember")
        store.remember("build")
        return BuildResult(
            store.read(releases / release_id),
            is_new=True,
            folder=releases / release_id,
            broken=past.broken,
        )


@dataclass(frozen=True)
class _Source:
    """All that a release is made from."""

    load_raw: Callable[[duckdb.DuckDBPyConnection], None]
    catalogue: Catalogue
    models: Path
    checks: Path
    keeps_work: bool
    review: Review | None = None


@contextmanager
def _leaving_no_trace(releases: Path, folder: Path) -> Iterator[None]:
    """Remove the folder of a build that fails; its work is kept where it is still sound."""
    try:
        yield
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BuildStoppedError(releases, str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@dataclass(frozen=True)
class _Past:
    """What earlier releases give to a new one."""

    served: ReleaseInfo | None
    seen: tuple[Path, ...]
    broken: tuple[BrokenReleaseError, ...]


def _past(store: Releases) -> _Past:
    """Find the served release and the newest that was ever served; broken ones count as none."""
    broken: dict[Path, BrokenReleaseError] = {}

    def whole(folder: Path | None) -> ReleaseInfo | None:
        try:
            return None if folder is None else store.whole(folder)
        except BrokenReleaseError as error:
            broken[error.folder] = error
            return None

    served = whole(store.current())
    newest = next((info for info in store.served() if whole(store.root / info.release_id)), None)
    seen = dict.fromkeys(store.root / info.release_id for info in (served, newest) if info)
    return _Past(served, tuple(seen), tuple(broken.values()))


def step_count() -> int:
    """Return how many steps a build reports at most, for a progress bar."""
    below = len([file for file in MODELS.glob("*/*.sql") if file.parent.name != "published"])
    published = len([*MODELS.glob("published/*.sql"), *CHECKS.glob("*.sql")])
    return below + len(EDITIONS) * (published + 1) + len(_OWN_STEPS)


def _build(
    folder: Path,
    past: _Past,
    draft: ReleaseInfo,
    source: _Source,
    key: bytes,
    on_step: Callable[[str], None],
) -> ReleaseInfo:
    """Fill the work database, and make and check the files of the release from it."""
    releases = folder.parent
    file = take(releases, folder) if source.keeps_work else folder / FILE
    program = program_print(draft.program_version)
    try:
        with open_work(file, program) as work:
            rows, sound = _fill(work, folder, past, draft, source, key, on_step)
    except (duckdb.Error, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        # A delivery or a check that is wrong says nothing against what was made before it.
        _put_back(releases, file, source)
        raise
    _put_back(releases, file, source)
    catalogues = {"public": public_catalogue(source.catalogue), "staff": source.catalogue}
    for edition in EDITIONS:
        write_catalogue(catalogues[edition.name], folder, edition.name)
    return replace(draft, rows=rows["public"], staff_rows=rows["staff"], checks=sound)


def _put_back(releases: Path, file: Path, source: _Source) -> None:
    """Keep the work database for the next build, or leave nothing of it in the release."""
    if source.keeps_work:
        keep(releases, file)
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)


def _fill(
    work: Work,
    folder: Path,
    past: _Past,
    draft: ReleaseInfo,
    source: _Source,
    key: bytes,
    on_step: Callable[[str], None],
) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    connection, catalogue = work.connection, source.catalogue
    with _libraries_beside(work, catalogue):
        source.load_raw(connection)
    on_step("catalogue")
    raw = tables_in(connection, "raw")
    prints = raw_prints(connection, raw)
    write_catalogue_layer(work, catalogue, prints)
    ref = tables_in(connection, "ref")
    models = read_models(source.models, raw=raw, ref=ref)
    _check_raw(models, raw)
    checks = read_checks(source.checks, models, raw=raw, ref=ref)
    connection.execute(f"set search_path = '{_SEARCH_PATH}'")
    below = tuple(model for model in models if model.schema != "published")
    published = tuple(model for model in models if model.schema == "published")
    run_models(work, below, catalogue, prints, on_step)
    on_step("disclosure")
    hide_cells(connection, catalogue.disclosures)
    letters = (code for code, entry in catalogue.insurers.items() if entry.kind == "pseudonym")
    assign_letters(connection, catalogue.disclosures, letters, key)
    load_release(connection, draft)
    layer = Layer(published, checks, catalogue.disclosures)
    releases = folder.parent
    served = releases / past.served.release_id if past.served else None
    written = write_editions(connection, folder, layer, Past(served, past.seen), on_step)
    if source.review is not None:
        on_step("review")
        source.review(Draft(connection, folder, served, draft))
    return written


@contextmanager
def _libraries_beside(work: Work, catalogue: Catalogue) -> Iterator[None]:
    """Import the libraries of the methods while files are loaded, if every model has to run."""
    methods = {indicator.method for indicator in catalogue.indicators.values()}
    if work.names("indicator.") or methods <= {"published", "ratio"}:
        yield
        return
    with ThreadPoolExecutor(max_workers=1) as beside:
        imported = beside.submit(import_libraries)
        yield
        imported.result()


def tables_in(connection: duckdb.DuckDBPyConnection, schema: str) -> frozenset[str]:
    """Return the names of the tables and views of a schema."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? and not internal"
        " union select view_name from duckdb_views() where schema_name = ? and not internal",
        [schema, schema],
    ).fetchall()
    return frozenset(str(row[0]) for row in rows)


def _check_raw(models: tuple[Model, ...], raw: frozenset[str]) -> None:
    needed = {table.name for model in models for table in model.reads if table.schema == "raw"}
    missing = sorted(needed - raw)
    if missing:
        raise RawTableError([f"raw.{name}" for name in missing])


def _release_id(releases: Path, built_at: datetime, digest: str) -> str:
    """Name a release by its time and content; a second one in a second gets a number."""
    name = f"{built_at:%Y%m%dT%H%M%S}-{digest[:8]}"
    taken = 1
    candidate = name
    while (releases / candidate).exists():
        taken += 1
        candidate = f"{name}-{taken}"
    return candidate


__all__ = [
    "PUBLIC", "BuildResult", "Draft", "Purpose", "build_release", "input_digest", "step_count",
]  # fmt: skip
