"""Fill the work database, and make and check the files of a release from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.stored import write_catalogue
from warehouse.checking import read_checks
from warehouse.digests import program_print
from warehouse.disclosure import hide_cells
from warehouse.draft import Draft, Source
from warehouse.earlier import Earlier
from warehouse.editions import EDITIONS, assign_letters, public_catalogue
from warehouse.errors import RawTableError
from warehouse.layers import raw_prints, run_models, write_catalogue_layer
from warehouse.methods import import_libraries
from warehouse.models import CHECKS, MODELS, Model, read_models
from warehouse.past import Past
from warehouse.publishing import Layer, load_release, write_editions
from warehouse.releases import ReleaseInfo
from warehouse.work import FILE, Work, keep, open_work, take

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEARCH_PATH = "indicator,mart,staging,ref,build"
_OWN_STEPS = (
    "raw", "catalogue", "disclosure", "write", "review", "keep", "seal", "switch", "remember",
)  # fmt: skip


def step_count() -> int:
    """Return how many steps a build reports at most, for a progress bar."""
    below = len([file for file in MODELS.glob("*/*.sql") if file.parent.name != "published"])
    published = len([*MODELS.glob("published/*.sql"), *CHECKS.glob("*.sql")])
    return below + len(EDITIONS) * (published + 1) + len(_OWN_STEPS)


def make_release(
    folder: Path,
    past: Earlier,
    draft: ReleaseInfo,
    source: Source,
    key: bytes,
    on_step: Callable[[str], None],
) -> ReleaseInfo:
    """Fill the work database, and make and check the files of the release from it."""
    releases = folder.parent
    file = take(releases, folder) if source.keeps_work else folder / FILE
    program = program_print(draft.program_version)
    try:
        with open_work(file, program) as work:
            rows, sound, accepted = _fill(work, folder, past, draft, source, key, on_step)
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
    return replace(
        draft, rows=rows["public"], staff_rows=rows["staff"], checks=sound, accepted=accepted
    )


def _put_back(releases: Path, file: Path, source: Source) -> None:
    """Keep the work database for the next build, or leave nothing of it in the release."""
    if source.keeps_work:
        keep(releases, file)
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)


def _fill(
    work: Work,
    folder: Path,
    past: Earlier,
    draft: ReleaseInfo,
    source: Source,
    key: bytes,
    on_step: Callable[[str], None],
) -> tuple[dict[str, dict[str, int]], tuple[str, ...], tuple[str, ...]]:
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
    served = past.seen[0] if past.served else None
    before = Past(served, past.seen, past.publications)
    written = write_editions(connection, folder, layer, before, on_step)
    if source.review is None:
        return *written, draft.accepted
    on_step("review")
    # Where the served release is damaged, the newest whole one that readers saw is compared with.
    against = past.seen[0] if past.seen else None
    review = Draft(connection, folder, against, draft, unreadable=past.unreadable)
    return *written, source.review(review)


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
