"""What a release holds, counted in its own database: for lists of releases, without opening it."""

# Names in the SQL below are ours.
# ruff: noqa: S608

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import duckdb

_COUNTS = {
    "deliveries": ("delivery", "count(*)", ()),
    "figures": ("source_figure", "count(*)", ("figure_id",)),
    "indicators": ("indicator_value", "count(distinct indicator_id)", ("indicator_id",)),
    "cells": ("indicator_value", "count(*)", ()),
    "first_year": ("indicator_value", "min(period_year)", ("period_year",)),
    "last_year": ("indicator_value", "max(period_year)", ("period_year",)),
}
"""Per count: the table, how it is counted, and the columns that takes."""
_KINDS = ("new", "changed", "gone")


def holdings(file: Path, release_id: str) -> dict[str, int]:
    """Count what the public edition of a release holds.

    Args:
        file: Its database.
        release_id: Its name: revisions of earlier releases stand in the same table.

    Returns:
        Only what could be counted: a release need not have every table.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        columns = _columns(connection)
        found: dict[str, int] = {}
        for name, (table, counted, needed) in _COUNTS.items():
            if table in columns and columns[table].issuperset(needed):
                row = connection.execute(f"select {counted} from published.{table}").fetchone()
                if row is not None and row[0] is not None:
                    found[name] = int(row[0])
        if "revision" in columns:
            of_this = "release_id = ?" if "release_id" in columns["revision"] else "? is not null"
            kinds = dict(
                connection.execute(
                    f"select kind, count(*) from published.revision where {of_this} group by kind",
                    [release_id],
                ).fetchall()
            )
            found |= {kind: int(kinds.get(kind, 0)) for kind in _KINDS}
    return found


def invented_periods(file: Path) -> tuple[str, ...]:
    """Name the sources and periods, as `source/period`, of which every file is invented.

    Args:
        file: The database of a release. One that does not tell what is invented names none.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        if not {"source_id", "period", "is_invented"} <= _columns(connection)["delivery"]:
            return ()
        rows = connection.execute(
            "select source_id || '/' || period from published.delivery"
            " group by all having bool_and(is_invented) order by all"
        ).fetchall()
    return tuple(str(name) for (name,) in rows)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Name the columns of each published table; of a table that is not there, none."""
    columns: dict[str, set[str]] = defaultdict(set)
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'published'"
    ).fetchall():
        columns[str(table)].add(str(column))
    return columns
