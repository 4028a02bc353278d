"""Read one csv into a table: once, typed, with its bad lines beside it.

A file that is taken in keeps this table as its raw rows (`etl.raw`): nothing is copied.

DuckDB rounds silently where a type has too few digits. So whole numbers, and decimal numbers
where the bytes of the file show long ones (`etl.decimals`), are read with more digits than the
raw layer keeps; `etl.rules` refuses what does not fit. A quote that is not
closed swallows lines, so lines are counted apart and must add up.
"""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb

from etl.column import Column
from etl.contract import Contract
from etl.errors import Fault
from etl.extending import other_form
from etl.header import Header, split_line

STAGE = "raw.etl_stage"
REJECTS = "etl_rejects"
SCANS = "etl_scans"
GAPS = "etl_gaps"
BLANKS = " \t\u00a0"
WIDE = "DECIMAL(18,6)"
LIMIT = Decimal(10) ** 12
THOUSANDS = re.compile(r"-?[0-9]{1,3}([., ' \u00a0][0-9]{3})+([.,][0-9]+)?")
OTHER_MARK = re.compile(r"-?[0-9]{1,12}[.,][0-9]+")
NARROW = "DECIMAL(18,4)"
CUT_OFF = "…"
"""Stands for a cell that is too far on in its line to be told."""
TYPES = {"text": "VARCHAR", "integer": WIDE, "decimal(18,4)": NARROW, "date": "DATE"}


@dataclass(frozen=True)
class Reading:
    """What came out of a file: rows in the stage, lines that DuckDB could not read."""

    rows: int
    rejected_lines: int
    faults: tuple[Fault, ...]
    """Faults in the form of the file itself; with one of these nothing of it can be used."""


def fill_stage(
    connection: duckdb.DuckDBPyConnection, path: Path, header: Header, contract: Contract
) -> str | None:
    """Read a file into the stage table, and the lines that cannot be read into another.

    Args:
        connection: Where the stage is made; an earlier one is dropped.
        path: A plain UTF-8 file.
        header: Its columns, in the order of the file.
        contract: How it is written.

    Returns:
        Why the file could not be read at all; None where it could.
    """
    drop_stage(connection)
    form = contract.terms.file
    types = {**TYPES, "decimal(18,4)": WIDE if header.wide else NARROW}
    columns = {column.name: types[column.type] for column in header.columns}
    cells, words = _cells(header, contract)
    try:
        connection.execute(
            f"create table {STAGE} as select {cells} from read_csv($path, columns = {columns},"
            " header = true, auto_detect = false, delim = $delimiter, quote = '\"', escape = '\"',"
            " decimal_separator = $mark, dateformat = $date, strict_mode = true,"
            f" store_rejects = true, rejects_table = '{REJECTS}', rejects_scan = '{SCANS}',"
            " rejects_limit = 0)",
            {
                "path": str(path),
                "delimiter": form.delimiter,
                "mark": form.decimal_mark,
                "date": form.date_format,
                **words,
            },
        )
    except duckdb.InvalidInputException as error:
        return str(error).splitlines()[0]
    return None


def drop_stage(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what was read from a file and is not taken in."""
    for table in (STAGE, REJECTS, SCANS, GAPS):
        connection.execute(f"drop table if exists {table}")


def add_up(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    contract: Contract,
    *,
    lines: int,
    file: str,
) -> Reading:
    """Count what came out of a file, and see that no line was lost.

    Args:
        connection: Holds the stage.
        path: The file that was read.
        contract: How it is written.
        lines: Number of lines of the file, the header included.
        file: Name of the file, for the faults.

    Returns:
        The counts, and what is wrong with the file as a whole.
    """
    rows = _count(connection, f"select count(*) from {STAGE}")
    rejected = _count(connection, f"select count(distinct line) from {REJECTS}")
    skipped: list[int] = []
    faults: list[Fault] = []
    if rows + rejected != lines - 1:
        skipped, open_quotes = _blank_and_open(path)
        faults = [Fault("quote_open", file, line, contract=contract.file) for line in open_quotes]
        if not faults and rows + rejected + len(skipped) != lines - 1:
            counts = {"lines": lines - 1 - len(skipped), "rows": rows + rejected}
            faults = [Fault("rows_lost", file, parameters=counts)]
    if rows + rejected == 0 and not faults:
        faults = [Fault("no_rows", file)]
    _make_gaps(connection, skipped)
    return Reading(rows, rejected, tuple(faults))


def _cells(header: Header, contract: Contract) -> tuple[str, dict[str, str]]:
    """Give the SQL of every cell: without blanks around it, and with our code for a word.

    All columns of the file are named: DuckDB does not check what nobody asks for.
    """
    cells: list[str] = []
    values: dict[str, str] = {}
    for number, column in enumerate(header.columns):
        cell = f'"{column.name}"'
        if column.trim:
            # Without a list of what to trim it is twice as fast, but then tabs stay.
            trimmed = f"case when contains({cell}, chr(9)) then trim({cell}, $blanks)"
            cell = f"nullif({trimmed} else trim({cell}) end, '')"
            values["blanks"] = BLANKS
        words = column.words(contract.period)
        if words:
            branches = []
            for position, (word, code) in enumerate(words.items()):
                branches.append(f"when $word_{number}_{position} then $code_{number}_{position}")
                values[f"word_{number}_{position}"] = word
                values[f"code_{number}_{position}"] = code
            cell = f"case {cell} {' '.join(branches)} else {cell} end"
        cells.append(f'{cell} as "{column.name}"')
    return ", ".join(cells), values


def clean(cell: str, column: Column, contract: Contract) -> str | None:
    """Read the text of one cell as the stage does; None where it is missing."""
    text = cell.strip(BLANKS) if column.trim else cell
    return column.words(contract.period).get(text, text) or None


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _blank_and_open(path: Path) -> tuple[list[int], list[int]]:
    """Find the lines without anything on them, and those that leave a quote open."""
    blank, open_quotes = [], []
    with path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            if number > 1 and not line.strip(b"\r\n"):
                blank.append(number)
            elif line.count(b'"') % 2:
                open_quotes.append(number)
    return blank, open_quotes


def _make_gaps(connection: duckdb.DuckDBPyConnection, skipped: Iterable[int]) -> None:
    """Note where the row number and the line number drift apart.

    Rows stand in the stage in the order of the file, so a line number follows from the row
    number and the lines above it that gave no row. No second reading, no extra column.
    """
    connection.execute(
        f"create temp table {GAPS} as"
        " with gap as (select unnest($skipped::bigint[]) as line"
        f" union select line from {REJECTS}),"
        " numbered as (select line, row_number() over (order by line) as lines from gap)"
        " select line - lines + 1 as start, max(lines) as lines from numbered group by start",
        {"skipped": list(skipped)},
    )


def numbered_stage() -> str:
    """Give the SQL of the stage with its row id and the line of each row."""
    return (
        f"(select s.rowid as row_id, (s.rowid + 2 + coalesce(g.lines, 0))::integer as line, s.*"
        f" from {STAGE} as s asof left join {GAPS} as g on s.rowid + 2 >= g.start)"
    )


def read_gaps(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Give the places where row and line drift apart: from which line on, and how far."""
    return connection.execute(f"select start, lines from {GAPS} order by start").fetchall()


def unreadable_cells(
    connection: duckdb.DuckDBPyConnection, header: Header, contract: Contract, *, file: str
) -> Iterator[Fault]:
    """Turn the lines that DuckDB could not read into faults, in the order of the file."""
    delimiter = contract.terms.file.delimiter
    # A line with too few or too many cells has no other fault worth telling.
    found = connection.execute(
        f"select line, column_idx, error_type, csv_line from {REJECTS}"
        " qualify case when error_type = 'CAST'"
        " then count(*) filter (where error_type != 'CAST') over (partition by line) = 0"
        " else row_number() over (partition by line, error_type = 'CAST' order by column_idx) = 1"
        " end"
        " order by line, column_idx"
    ).fetchall()
    for line, position, kind, text in found:
        cells = split_line(str(text).strip("\r\n"), delimiter)
        if kind == "CAST":
            column = header.columns[position - 1]
            # DuckDB gives the begin of a long line only.
            value = cells[position - 1] if position <= len(cells) else CUT_OFF
            code = _cast_code(column, value, contract.terms.file.decimal_mark)
            yield cell_fault(code, column, contract, file=file, line=line, value=value)
        elif kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
            counts = {"expected": len(header.columns), "found": len(cells)}
            yield Fault(
                "cell_count",
                file,
                line,
                value=str(text).strip("\r\n"),
                contract=contract.file,
                contract_line=contract.line("file", "delimiter"),
                parameters=counts,
            )
        else:
            # A line that is too long has no column to blame.
            known = position is not None and position <= len(header.columns)
            name = header.columns[position - 1].name if known else None
            yield Fault(
                "line_unreadable",
                file,
                line,
                column=name,
                value=str(text).strip("\r\n"),
                parameters={"reason": kind.lower()},
            )


def _cast_code(column: Column, value: str, mark: str) -> str:
    if column.type == "date":
        return "not_a_date"
    if mark not in value and OTHER_MARK.fullmatch(value.strip()):
        return "other_decimal_mark"
    if THOUSANDS.fullmatch(value.strip()):
        return "thousands_mark"
    try:
        too_large = abs(Decimal(value.strip().replace(",", "."))) >= LIMIT
    except InvalidOperation:
        too_large = False
    if too_large:
        return "too_large"
    return "not_whole" if column.type == "integer" else "not_a_number"


def cell_fault(
    code: str,
    column: Column,
    contract: Contract,
    *,
    file: str,
    line: int,
    value: str | None,
    part: str = "type",
) -> Fault:
    """Make the fault of one cell, with the rule of the contract that it breaks."""
    parameters: dict[str, str | int | Sequence[str]] = {"mark": contract.terms.file.decimal_mark}
    if code == "other_decimal_mark":
        other = "," if parameters["mark"] == "." else "."
        parameters["found_mark"] = other
        parameters["write"] = other_form(contract.period, decimal_mark=other)
    if column.type == "date":
        parameters["format"] = contract.terms.file.date_format
    return Fault(
        code,
        file,
        line,
        column=column.name,
        value=value,
        contract=contract.file,
        contract_line=contract.column_line(column.name, part),
        parameters=parameters,
    )
