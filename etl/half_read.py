"""Check the other cells of lines that one unreadable cell kept out of the stage.

DuckDB sets a line aside at its first bad cast, so the rules never see the rest of it. An
operator wants every fault of a file at once; the rest of those lines is checked here.
"""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import duckdb

from etl.column import Column
from etl.contract import Contract
from etl.errors import Fault
from etl.header import Header, split_line
from etl.reading import REJECTS, STAGE, clean
from etl.rules import rule_fault, rules_of

HALF = "etl_half"
MOST_LINES = 1000


def half_read_cells(
    connection: duckdb.DuckDBPyConnection, header: Header, contract: Contract, *, file: str
) -> Iterator[Fault]:
    """Give the faults of the readable cells in lines with an unreadable one.

    Args:
        connection: Holds the stage and the lines that DuckDB set aside.
        header: The columns of the file.
        contract: Its rules.
        file: Name of the file, for the faults.

    Yields:
        One fault per wrong cell. Only the first thousand lines are looked at: a file with
        more is refused whole, and its first faults say enough.
    """
    texts = {
        line: (cells, bad)
        for line, (cells, bad) in _half_read_lines(
            connection, contract.terms.file.delimiter
        ).items()
        # With more or fewer cells than columns, nobody knows which cell is which.
        if len(cells) == len(header.columns)
    }
    if not texts:
        return
    connection.execute(f"create or replace temp table {HALF} as from {STAGE} limit 0")
    connection.execute(f"alter table {HALF} add column etl_line bigint")
    mark = contract.terms.file.decimal_mark
    for line, (cells, bad) in texts.items():
        values = [
            _plain(cell, mark, column, contract) if place not in bad else None
            for place, (column, cell) in enumerate(zip(header.columns, cells, strict=True))
        ]
        marks = ", ".join("?" for _ in values)
        connection.execute(f"insert into {HALF} values ({marks}, ?)", [*values, line])
    for rule in rules_of(contract, header):
        place = next(n for n, c in enumerate(header.columns) if c.name == rule.column.name)
        found = connection.execute(
            f"select etl_line from {HALF} as s where {rule.condition} order by etl_line",
            dict(rule.values),
        ).fetchall()
        for (line,) in found:
            cells, bad = texts[line]
            if place not in bad:
                yield rule_fault(rule, contract, file=file, line=line, value=cells[place])


def _half_read_lines(
    connection: duckdb.DuckDBPyConnection, delimiter: str
) -> Mapping[int, tuple[list[str], set[int]]]:
    """Give the cells of each such line, and the places of those that could not be read."""
    found = connection.execute(
        f"select line, column_idx, csv_line from {REJECTS}"
        " qualify count(*) filter (where error_type != 'CAST') over (partition by line) = 0"
        f" and dense_rank() over (order by line) <= {MOST_LINES}"
        " order by line, column_idx"
    ).fetchall()
    return {
        line: (
            split_line(str(rows[0][2]).strip("\r\n"), delimiter),
            {place - 1 for _, place, _ in rows},
        )
        for line, rows in ((line, list(group)) for line, group in groupby(found, lambda r: r[0]))
    }


def _plain(cell: str, mark: str, column: Column, contract: Contract) -> str | None:
    """Write a cell as DuckDB would have read it: empty is missing, the mark is a point."""
    if column.type == "text":
        return clean(cell, column, contract)
    text = cell.strip()
    if text == "":
        return None
    if column.type == "date":
        # Rules only ask whether a date is there; its form was right, whatever the contract's.
        return "0001-01-01"
    return text.replace(mark, ".")
