"""Build a release: raw tables, models, checks, and the files that readers open.

A build works in a folder of its own beside the releases. Only when everything has passed is
the folder given its name and the link `current` swapped; whatever goes wrong before that
leaves the old release being served.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.stored import write_catalogue
from warehouse.catalogue.tables import catalogue_tables, write_catalogue_tables
from warehouse.cells import add_cells, create_cells
from warehouse.checking import read_checks, run_checks
from warehouse.errors import BrokenReleaseError, BuildStoppedError, ModelError, RawTableError
from warehouse.models import CHECKS, MODELS, Model, read_models
from warehouse.publishing import load_previous, write_editions
from warehouse.releases import BUILDING, PUBLIC, ReleaseInfo, Releases

SCHEMAS = ("raw", "ref", "build", "staging", "mart", "indicator", "published")
_SEARCH_PATH = "published,indicator,mart,staging,ref,build"
PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = ("etl", "warehouse")
"""The packages that make a release: other code makes another release of the same input."""
_WORK = "work.duckdb"
_OWN_STEPS = ("raw", "catalogue", "write", "seal", "switch", "remember")


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
    models: Path | None = None,
    checks: Path | None = None,
) -> BuildResult:
    """Build a release and serve it, unless the same one is served already.

    Args:
        releases: The folder of releases.
        inputs: Digest per input file; with catalogue, models and program version they decide
            whether there is anything new.
        load_raw: Fills the schema `raw` of the connection it is given.
        catalogue: The catalogue; becomes the tables `ref_*`.
        built_at: The time to name the release by.
        program_version: The version of the program, part of the digest.
        on_step: Called with the name of each step before it starts.
        models: Folder of models; by default the one that ships.
        checks: Folder of checks; by default the one that ships.

    Returns:
        The release now served, and whether this build made it.

    Raises:
        WarehouseError: When anything is wrong; the release served before stays in place.
    """
    model_root, check_root = models or MODELS, checks or CHECKS
    store = Releases(releases)
    digest = input_digest(inputs, catalogue, model_root, check_root, program_version)
    with store.lock():
        store.clean_leftovers()
        store.mend_history()
        past = _past(store)
        served = past.served
        if served is not None and served.digest == digest:
            return BuildResult(served, is_new=False, folder=releases / served.release_id)
        release_id = _release_id(releases, built_at, digest)
        folder = releases / f"{BUILDING}{release_id}"
        folder.mkdir()
        try:
            on_step("raw")
            draft = ReleaseInfo(
                release_id=release_id,
                built_at=built_at.isoformat(timespec="seconds"),
                digest=digest,
                program_version=program_version,
                previous_release_id=served.release_id if served else None,
                inputs=dict(sorted(inputs.items())),
            )
            info = _build(folder, past, draft, load_raw, catalogue, on_step, model_root, check_root)
            on_step("seal")
            store.publish(folder, info)
        except duckdb.Error as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise BuildStoppedError(releases, str(error)) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
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
    """Return how many steps a build reports, for a progress bar."""
    return len([*MODELS.glob("*/*.sql"), *CHECKS.glob("*.sql")]) + len(_OWN_STEPS)


def input_digest(
    inputs: Mapping[str, str],
    catalogue: Catalogue,
    models: Path,
    checks: Path,
    program_version: str,
    program: Path = PROJECT,
) -> str:
    """Return one digest of everything a release depends on, the program included."""
    digest = hashlib.sha256()
    for name, value in sorted(inputs.items()):
        digest.update(f"input\0{name}\0{value}\n".encode())
    for table in catalogue_tables(catalogue):
        digest.update(f"table\0{table.name}\0{table.rows!r}\n".encode())
    for root in (models, checks):
        for file in sorted(root.rglob("*.sql")):
            digest.update(f"model\0{file.relative_to(root)}\0".encode() + file.read_bytes())
    for package in PROGRAM:
        for file in sorted((program / package).rglob("*.py")):
            digest.update(f"program\0{file.relative_to(program)}\0".encode() + file.read_bytes())
    digest.update(f"version\0{program_version}".encode())
    return digest.hexdigest()


def _build(
    folder: Path,
    past: _Past,
    draft: ReleaseInfo,
    load_raw: Callable[[duckdb.DuckDBPyConnection], None],
    catalogue: Catalogue,
    on_step: Callable[[str], None],
    model_root: Path,
    check_root: Path,
) -> ReleaseInfo:
    """Fill the work database, check it and write the files of the release."""
    releases = folder.parent
    work = folder / _WORK
    with duckdb.connect(str(work)) as connection:
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        load_raw(connection)
        on_step("catalogue")
        write_catalogue_tables(connection, catalogue, "ref")
        served = releases / past.served.release_id if past.served else None
        load_previous(connection, draft, served=served, seen=past.seen)
        raw, ref = _tables(connection, "raw"), _tables(connection, "ref")
        models = read_models(model_root, raw=raw, ref=ref)
        _check_raw(models, raw)
        connection.execute(f"set search_path = '{_SEARCH_PATH}'")
        _run_models(connection, models, catalogue, on_step)
        sound = run_checks(
            connection, read_checks(check_root, models, raw=raw, ref=ref), on_step=on_step
        )
        on_step("write")
        rows = write_editions(connection, folder)
        write_catalogue(catalogue, folder)
    work.unlink()
    (folder / f"{_WORK}.wal").unlink(missing_ok=True)
    return ReleaseInfo(
        release_id=draft.release_id,
        built_at=draft.built_at,
        digest=draft.digest,
        program_version=draft.program_version,
        previous_release_id=draft.previous_release_id,
        rows=rows,
        inputs=draft.inputs,
        checks=sound,
    )


def _run_models(
    connection: duckdb.DuckDBPyConnection,
    models: tuple[Model, ...],
    catalogue: Catalogue,
    on_step: Callable[[str], None],
) -> None:
    create_cells(connection)
    for model in models:
        on_step(f"model:{model.name}")
        try:
            connection.execute(f'create table {model.schema}."{model.name}" as {model.sql}')
        except duckdb.Error as error:
            raise ModelError(model.label, str(error)) from error
        if model.schema == "indicator":
            try:
                add_cells(connection, catalogue, catalogue.indicators[model.name])
            except duckdb.Error as error:
                raise ModelError(model.label, str(error)) from error


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> frozenset[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = ?", [schema]
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


__all__ = ["PUBLIC", "BuildResult", "build_release", "input_digest", "step_count"]
