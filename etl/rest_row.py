"""Find the rows for everything that could not be placed, and see that they are no total."""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_].
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from etl.column import Column
from etl.contract import Contract
from etl.header import Header
from etl.reading import STAGE, numbered_stage
from etl.rules import rest_condition

SHOWN_LINES = 10


@dataclass(frozen=True)
class RestRows:
    """The rows of a file for everything that could not be placed."""

    count: int
    first_lines: tuple[int, ...] = ()
    as_large_as_others: bool = False
    """Whether they add up to all other rows, in every column that has a total."""


def rest_rows(
    connection: duckdb.DuckDBPyConnection, header: Header, contract: Contract
) -> RestRows:
    """Find the rows for everything that could not be placed.

    Args:
        connection: Holds the stage.
        header: The columns of the file.
        contract: Says by which blank columns such a row is known.
    """
    rest = rest_condition(contract, header.columns)
    if not rest:
        return RestRows(0)
    row = connection.execute(f"select count(*) from {STAGE} as s where {rest}").fetchone()
    count = int(row[0]) if row else 0
    if not count:
        return RestRows(0)
    found = connection.execute(
        f"select s.line from {numbered_stage()} as s where {rest} order by 1 limit {SHOWN_LINES}"
    ).fetchall()
    columns = [column for column in header.columns if column.total]
    large = _as_large(connection, rest, columns)
    return RestRows(count, tuple(line for (line,) in found), large)


def _as_large(connection: duckdb.DuckDBPyConnection, rest: str, columns: Sequence[Column]) -> bool:
    """Tell whether the rest rows come to no less than all other rows, in every total."""
    compared = " and ".join(
        f'coalesce(sum(s."{column.name}") filter (where {rest}), 0)'
        f' >= coalesce(sum(s."{column.name}") filter (where not ({rest})), 0)'
        for column in columns
    )
    some = " or ".join(f'max(abs(s."{column.name}")) > 0' for column in columns)
    if not columns:
        return False
    row = connection.execute(f"select ({compared}) and ({some}) from {STAGE} as s").fetchone()
    return bool(row and row[0])
