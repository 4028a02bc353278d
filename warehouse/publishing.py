"""Write the files that readers open.

The tables of an edition are made in its own file at once, so nothing is written twice, and no
block of the file ever held anything else.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.catalogue.disclosure_schema import Disclosure
from warehouse.checking import run_checks
from warehouse.editions import EDITIONS, Edition, open_edition
from warehouse.errors import MACHINE_ERRORS, ModelError
from warehouse.models import EDITION_TABLES, VALUES, Model
from warehouse.past import Past, load_cells, load_releases
from warehouse.releases import ReleaseInfo

_SORT = (
    "indicator_id", "topic", "sector_code", "insurer_code", "region_code", "provider_group",
    "category", "base", "period_year", "row_order", "document_id", "figure_id", "position",
    "delivery_id", "line", "order",
)  # fmt: skip
"""The columns that readers filter by: DuckDB skips the blocks that cannot match.

Years come late, because a chart shows all of them: the cells of one line lie side by side.
"""
ROW_GROUP = 8192
"""Rows per block. A page asks for some fifty cells, so small blocks leave less to be read."""

VOCABULARIES = (
    "topic", "subtopic", "sector", "provider_group", "unit", "base", "qualifier",
    "status", "evidence", "n_unit", "category", "event_kind", "measure", "population",
    "breakdown_dimension", "breakdown_value", "caveat", "glossary", "source", "document",
    "indicator", "break",
)  # fmt: skip
"""Vocabularies that are published as they are; the others have a model."""
_BELOW = ("indicator", "mart", "staging", "ref", "build", "raw")


@dataclass(frozen=True)
class Layer:
    """The published layer: its models and checks, and the rules that its editions follow."""

    models: Sequence[Model]
    checks: Sequence[Model]
    disclosures: Mapping[str, Disclosure]


def load_release(connection: duckdb.DuckDBPyConnection, draft: ReleaseInfo) -> None:
    """Make `build.this_release`: the release that is being made."""
    connection.execute(
        "create or replace table build.this_release as select ? as release_id, ? as built_at,"
        " ? as digest, ? as program_version, ?::varchar as previous_release_id",
        [draft.release_id, draft.built_at, draft.digest, draft.program_version,
         draft.previous_release_id],
    )  # fmt: skip


def write_editions(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    layer: Layer,
    past: Past,
    on_step: Callable[[str], None],
) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Make the file of every edition, and run all checks on each.

    Args:
        connection: The work database, with everything below the published layer.
        folder: The folder of the release that is being made.
        layer: What is published, checked and hidden.
        past: The releases to compare with.
        on_step: Told the name of each step before it starts.

    Returns:
        Rows per table of each edition, and the names of the checks that all editions passed.

    Raises:
        ModelError: A model cannot be run.
        CheckError: A check found wrong rows in one of the editions.
    """
    work = str(connection.execute("select current_database()").fetchall()[0][0])
    depends = _depending_on_edition(layer.models)
    first: Edition | None = None
    rows: dict[str, dict[str, int]] = {}
    sound: tuple[str, ...] = ()
    for edition in EDITIONS:
        on_step(f"edition:{edition.name}")
        open_edition(connection, edition, layer.disclosures)
        load_releases(connection, edition, past)
        file = _quoted(folder / edition.file)
        connection.execute(f"attach '{file}' as {edition.database} (row_group_size {ROW_GROUP})")
        connection.execute(f"create schema {edition.database}.published")
        _look_in(connection, work, edition)
        for model in layer.models:
            on_step(f"model:{model.name}")
            if first is None or model.name in depends:
                _create(connection, edition, model)
            else:
                _take_over(connection, edition, first, model.name)
            if model.name == VALUES:
                load_cells(connection, work, edition, past)
        for name in VOCABULARIES:
            if first is None:
                _create_sorted(connection, edition, name, f'select * from ref."ref_{name}"')
            else:
                _take_over(connection, edition, first, name)
        checks = [
            check
            for check in layer.checks
            if first is None or _reads(check) & (depends | EDITION_TABLES)
        ]
        passed = run_checks(connection, checks, on_step=on_step)
        sound = passed if first is None else sound
        rows[edition.name] = _count_rows(connection, edition)
        connection.execute(f"use {work}")
        first = first or edition
    on_step("write")
    for edition in EDITIONS:
        connection.execute(f"checkpoint {edition.database}")
        connection.execute(f"detach {edition.database}")
    return rows, sound


def _look_in(connection: duckdb.DuckDBPyConnection, work: str, edition: Edition) -> None:
    """Let names without a schema be found: first in the edition, then in the layers below."""
    path = [f"{edition.database}.published", *(f"{work}.{schema}" for schema in _BELOW)]
    connection.execute(f"set search_path = '{','.join(path)}'")


def _depending_on_edition(models: Sequence[Model]) -> frozenset[str]:
    """Return the models that may differ between editions, straight or through another."""
    found: set[str] = set()
    for model in models:
        if _reads(model) & (EDITION_TABLES | found):
            found.add(model.name)
    return frozenset(found)


def _reads(model: Model) -> set[str]:
    return {table.name for table in model.reads}


def _create(connection: duckdb.DuckDBPyConnection, edition: Edition, model: Model) -> None:
    try:
        _create_sorted(connection, edition, model.name, model.sql)
    except MACHINE_ERRORS:
        raise
    except duckdb.Error as error:
        raise ModelError(model.label, str(error)) from error


def _create_sorted(
    connection: duckdb.DuckDBPyConnection, edition: Edition, name: str, sql: str
) -> None:  # fmt: skip
    """Make a published table, sorted by the columns that readers filter by."""
    shape = connection.execute(f"select * from (\n{sql}\n) limit 0").description
    columns = {str(column[0]) for column in shape or ()}
    connection.execute(
        f'create table {edition.database}.published."{name}" as select * from (\n{sql}\n)'
        f"{reading_order(columns)}"
    )


def reading_order(columns: Collection[str]) -> str:
    """Write the `order by` that puts rows of one question side by side; empty where none fits."""
    order = ", ".join(f'"{column}"' for column in _SORT if column in columns)
    return f" order by {order}" if order else ""


def _take_over(
    connection: duckdb.DuckDBPyConnection, edition: Edition, first: Edition, name: str
) -> None:
    connection.execute(
        f'create table {edition.database}.published."{name}" as'
        f' select * from {first.database}.published."{name}"'
    )


def _count_rows(connection: duckdb.DuckDBPyConnection, edition: Edition) -> dict[str, int]:
    names = connection.execute(
        "select table_name from duckdb_tables()"
        " where schema_name = 'published' and database_name = ? order by table_name",
        [edition.database],
    ).fetchall()
    counts = ", ".join(
        f'(select count(*) from {edition.database}.published."{name}")' for (name,) in names
    )
    row = connection.execute(f"select {counts}").fetchone() or ()
    return {str(name): int(count) for (name,), count in zip(names, row, strict=True)}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
