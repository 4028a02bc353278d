"""Carry over what earlier releases published, so that a new one knows what it changes.

What must not be told now is not taken over: names of a source that became confidential, and
figures that are withheld. Cells that are hidden now lose their numbers in `value_history.sql`.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.publication import Publication
from warehouse.releases import PUBLIC
from warehouse.vintage import SERVING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.editions import Edition

HISTORY_COLUMNS = {
    "release_id": "varchar",
    "published_at": "varchar",
    "is_gone": "boolean",
    "status_before_hiding": "varchar",
}
"""What the history of values has beside the columns of a cell."""
_RELEASE_COLUMNS = ("release_id", "previous_release_id", "built_at")
_CELL_TABLES = ("previous_value", "previous_history")


@dataclass(frozen=True)
class Past:
    """The folders of earlier releases: the one that is served, and all whose history goes on.

    After a rollback that is not only the one that is served: what the newer one published was
    seen too.
    """

    served: Path | None
    seen: Sequence[Path]
    """Those that readers saw and that the served one does not know of; the served one first."""
    publications: Sequence[Publication] = ()
    """Which release became the served one when, in order."""


def known_releases(folder: Path) -> frozenset[str]:
    """Return the releases of which a release carries the history; none where it is an old one."""
    with duckdb.connect() as connection, _attached(connection, folder / PUBLIC) as tables:
        if "known_release" not in tables:
            return frozenset()
        sql = "select release_id from earlier.published.known_release"
        return frozenset(str(row[0]) for row in connection.execute(sql).fetchall())


def load_releases(connection: duckdb.DuckDBPyConnection, edition: Edition, past: Past) -> None:
    """Make `build.previous_release` and `build.previous_publication`."""
    columns = ", ".join(f"{name} varchar" for name in _RELEASE_COLUMNS)
    connection.execute(f"create or replace table build.previous_release ({columns})")
    for folder in past.seen:
        with _attached(connection, folder / edition.file) as tables:
            if "known_release" in tables:
                listed, table = ", ".join(f"e.{name}" for name in _RELEASE_COLUMNS), "known_release"
            elif "release" in tables:
                # Of an older release the cells are taken over whole: it has no parent here.
                listed, table = "e.release_id, null, e.built_at", "release"
            else:
                continue
            connection.execute(
                f"insert into build.previous_release select {listed}"
                f" from earlier.published.{table} as e"
                " anti join build.previous_release as p on e.release_id = p.release_id"
            )
    connection.execute(
        "create or replace table build.previous_publication"
        " (position integer, served_from varchar, action varchar, release_id varchar)"
    )
    rows = [
        [number, one.at, one.action, one.release_id]
        for number, one in enumerate(past.publications)
        if one.action in SERVING
    ]
    if rows:
        connection.execute(
            "insert into build.previous_publication"
            " select unnest(?), unnest(?), unnest(?), unnest(?)",
            [list(column) for column in zip(*rows, strict=True)],
        )


def load_cells(
    connection: duckdb.DuckDBPyConnection, work: str, edition: Edition, past: Past
) -> None:
    """Make `previous_value` and `previous_history`, once the cells of now are there.

    They are temporary: written to the work database they would be packed first, for nobody.
    Both have the columns of the cells of now: a column that an earlier release did not have is
    empty, and one that is no longer published is left behind.
    """
    cells = f"{edition.database}.published.indicator_value"
    value, history = _CELL_TABLES
    extra = ", ".join(f"null::{kind} as {name}" for name, kind in HISTORY_COLUMNS.items())
    connection.execute(f"create or replace temp table {value} as select * from {cells} limit 0")
    connection.execute(
        f"create or replace temp table {history} as select *, {extra} from {cells} limit 0"
    )
    if past.served is not None:
        with _attached(connection, past.served / edition.file) as tables:
            if "indicator_value" in tables:
                _take(connection, "indicator_value", value)
    for folder in past.seen:
        with _attached(connection, folder / edition.file) as tables:
            if "known_release" in tables:
                _take(connection, "value_history", history)
            elif {"release", "indicator_value"} <= tables:
                _take(
                    connection, "indicator_value", history,
                    "e.*, r.release_id, r.built_at as published_at, false as is_gone",
                    "cross join earlier.published.release as r"
                    " where split_part(e.cell_id, '|', 4) not like 'letter-%'",
                )  # fmt: skip
    if len(past.seen) > 1:
        # Where one had to hide what another may still tell, the fuller row counts.
        connection.execute(
            f"delete from {history} where rowid not in (select rowid from {history} qualify"
            " row_number() over (partition by release_id, cell_id"
            " order by status_before_hiding is not null, rowid) = 1)"
        )
    _leave_behind(connection, work, edition)


def _leave_behind(connection: duckdb.DuckDBPyConnection, work: str, edition: Edition) -> None:
    """Forget names of sources that are confidential now, and figures that are withheld now."""
    build = f"{work}.build"
    for name in _CELL_TABLES:
        if edition.is_public:
            connection.execute(
                f"delete from {name} as p using {build}.letter as l"
                " where p.indicator_id = l.indicator_id"
                " and split_part(p.cell_id, '|', 4) = l.insurer_code"
            )
            # Also of insurers that the source does not name any more: a cell names its source.
            connection.execute(
                f"delete from {name} as p using {build}.masked_source as m"
                " where list_contains(string_split(p.cell_id, '|'), m.source_id)"
                " and split_part(p.cell_id, '|', 4) <> 'all'"
            )
            connection.execute(
                f"delete from {name} as p using {work}.ref.ref_disclosure as d"
                " where p.source_id = d.source and list_contains(d.public_drops, 'insurer+region')"
                " and p.insurer_code <> 'all' and p.region_code <> 'NL'"
            )
            # A file may be called after an insurer; one that has a number for a name is not.
            connection.execute(
                f"update {name} as p set delivery_id = null, locator = null"
                f" from {build}.masked_source as m where p.source_id = m.source_id"
                " and not regexp_matches(p.delivery_id, '/[0-9]+$')"
            )
        if _has(connection, f"{work}.mart.mart_withheld"):
            connection.execute(
                f"delete from {name} as p using {work}.mart.mart_withheld as w"
                " where list_contains(p.figure_ids, w.figure_id)"
            )


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables"
        " where concat_ws('.', table_catalog, table_schema, table_name) = ?",
        [table],
    ).fetchall()
    return bool(found)


def _take(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    target: str,
    columns: str = "*",
    rest: str = "",
) -> None:
    """Copy a table of another release by the names of its columns."""
    wanted = _columns(connection, f"select * from {target}")
    source = f"select {columns} from earlier.published.{table} as e {rest}"
    listed = ", ".join(f'"{name}"' for name in _columns(connection, source) if name in wanted)
    connection.execute(f"insert into {target} by name select {listed} from ({source})")


def _columns(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    shape = connection.execute(f"select * from ({sql}) limit 0").description
    return [str(column[0]) for column in shape or ()]


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[frozenset[str]]:
    """Open the database of another release as `earlier`, and tell which tables it has."""
    if not file.is_file():
        yield frozenset()
        return
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as earlier (read_only)")
    try:
        yield _tables(connection, "earlier")
    finally:
        connection.execute("detach earlier")


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> frozenset[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables()"
        " where database_name = ? and schema_name = 'published'",
        [database],
    ).fetchall()
    return frozenset(str(row[0]) for row in rows)
