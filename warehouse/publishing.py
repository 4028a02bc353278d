"""Write the files that readers open, and carry over what earlier releases published."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.releases import PUBLIC, STAFF, ReleaseInfo

_SORT = (
    "indicator_id", "topic", "sector_code", "period_year", "insurer_code", "region_code",
    "provider_group", "category", "row_order", "document_id", "figure_id", "position",
    "delivery_id", "line", "order",
)  # fmt: skip
"""The columns that readers filter by: DuckDB skips the blocks that cannot match."""

VALUE_COLUMNS: dict[str, str] = {
    "cell_id": "varchar",
    "indicator_id": "varchar",
    "value": "double",
    "value_low": "double",
    "value_high": "double",
    "unit": "varchar",
    "decimals": "integer",
    "status": "varchar",
    "figure_ids": "varchar[]",
}
HISTORY_COLUMNS: dict[str, str] = {
    **VALUE_COLUMNS,
    "release_id": "varchar",
    "published_at": "varchar",
}
VOCABULARIES = (
    "topic", "subtopic", "sector", "provider_group", "insurer", "unit", "base", "qualifier",
    "status", "evidence", "n_unit", "category", "event_kind", "measure", "population",
    "breakdown_dimension", "breakdown_value", "caveat", "glossary", "source", "document",
    "indicator", "break",
)  # fmt: skip
"""Vocabularies that are published as they are; the others have a model."""


def load_previous(
    connection: duckdb.DuckDBPyConnection,
    draft: ReleaseInfo,
    *,
    served: Path | None,
    seen: Sequence[Path],
) -> None:
    """Make the tables of `build`: this release, and what was published before it.

    Args:
        connection: The work database.
        draft: The release that is being made.
        served: The release that is served; values are compared with it.
        seen: The releases whose history is carried over. After a rollback that is not only
            the one that is served: what the newer one published was seen too.
    """
    connection.execute(
        "create table build.this_release as select ? as release_id, ? as built_at, ? as digest,"
        " ? as program_version, ?::varchar as previous_release_id",
        [draft.release_id, draft.built_at, draft.digest, draft.program_version,
         draft.previous_release_id],
    )  # fmt: skip
    for name, columns in (("previous_value", VALUE_COLUMNS), ("previous_history", HISTORY_COLUMNS)):
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"create table build.{name} ({listed})")
    if served is not None:
        _copy(connection, served, "indicator_value", "previous_value", VALUE_COLUMNS)
    for folder in seen:
        _copy(connection, folder, "value_history", "previous_history", HISTORY_COLUMNS)


def write_editions(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write the public and the staff database: only `published`, sorted by filter columns.

    Returns:
        Rows per table.
    """
    public = folder / PUBLIC
    for name in VOCABULARIES:
        statement = f'create table published."{name}" as select * from ref."ref_{name}"'  # noqa: S608
        connection.execute(statement)
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'published'"
        " and database_name = current_database() order by table_name"
    ).fetchall()
    source = str(connection.execute("select current_database()").fetchall()[0][0])
    connection.execute(f"attach '{_quoted(public)}' as edition")
    connection.execute("create schema edition.published")
    rows: dict[str, int] = {}
    for (name,) in tables:
        columns = [
            str(row[0])
            for row in connection.execute(f'describe {source}.published."{name}"').fetchall()
        ]
        order = ", ".join(f'"{column}"' for column in _SORT if column in columns)
        sort = f" order by {order}" if order else ""
        connection.execute(
            f'create table edition.published."{name}" as'  # noqa: S608  # names are ours
            f' select * from {source}.published."{name}"{sort}'
        )
        counted = connection.execute(f'select count(*) from edition.published."{name}"')  # noqa: S608
        rows[str(name)] = int(counted.fetchall()[0][0])
    connection.execute("checkpoint edition")
    connection.execute("detach edition")
    # One content for now; the staff edition will name what the public one may not.
    shutil.copyfile(public, folder / STAFF)
    return rows


def _copy(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    table: str,
    target: str,
    columns: dict[str, str],
) -> None:
    """Copy a table of another release, leaving columns it did not have yet empty."""
    connection.execute(f"attach '{_quoted(folder / PUBLIC)}' as earlier (read_only)")
    present = {
        str(row[0])
        for row in connection.execute(
            "select column_name from duckdb_columns() where database_name = 'earlier'"
            " and schema_name = 'published' and table_name = ?",
            [table],
        ).fetchall()
    }
    if {"cell_id", "value"} <= present:
        picked = ", ".join(name if name in present else f"null as {name}" for name in columns)
        connection.execute(
            f"insert into build.{target} select {picked} from earlier.published.{table}"  # noqa: S608
            f" except select * from build.{target}"
        )
    connection.execute("detach earlier")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
