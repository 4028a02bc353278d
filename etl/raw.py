"""The raw layer: per delivery a table, per source a view, and what is known of each delivery.

The table of a delivery is what was read from its file, kept as it was read (`etl.reading`).
The view of a source gives its rows the types of the contract, the delivery and the line.
A delivery is taken out again by dropping its table: nothing else holds its rows.
"""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from etl.contract import Contract
from etl.deliveries import Delivery
from etl.errors import Fault
from etl.files import Profile
from etl.header import Header
from etl.messages import Messages
from etl.reading import STAGE, numbered_stage, read_gaps
from etl.rules import BAD

RAW_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "decimal(18,4)": "DECIMAL(18,4)",
    "date": "DATE",
}
MOST_MARKS = 1000
"""With more lines that gave no row, the rows are copied with their line numbers instead."""

BOOKKEEPING = """
create table raw.delivery (
    delivery_id varchar primary key, source_id varchar, period varchar, file varchar,
    digest varchar, bytes bigint, rows_read bigint, rows_loaded bigint, rows_rejected bigint,
    encoding varchar, delimiter varchar, supplier varchar, licence varchar,
    published_on varchar, url varchar
);
create table raw.reject (
    delivery_id varchar, source_id varchar, file varchar, line integer, column_name varchar,
    value varchar, expected varchar, message varchar, expected_en varchar, message_en varchar
);
create table raw.part (
    delivery_id varchar primary key, source_id varchar, table_name varchar, columns varchar[],
    line varchar, hidden bigint[], fingerprint varchar, told varchar
);
create table raw.delivery_total (
    delivery_id varchar, source_id varchar, period varchar, column_name varchar,
    total decimal(38, 4)
);
create table raw.correction (
    correction_id varchar, error varchar, source_id varchar, figure_id varchar, row_key varchar,
    delivery_id varchar, line integer, kind varchar, column_name varchar, printed varchar,
    should_be varchar, is_applied boolean, difference decimal(38, 4), status varchar,
    found_on varchar, reason_nl varchar, reason_en varchar, said_by varchar, said_in varchar,
    indicators varchar[], sector_code varchar, insurer_code varchar, region_code varchar,
    provider_group varchar, period_year integer
)
"""


@dataclass(frozen=True)
class Origin:
    """What is known about where a delivery comes from."""

    supplier: str
    licence: str
    published_on: str
    url: str


@dataclass(frozen=True)
class Fix:
    """A value that stands in the place of a delivered one; the row itself stays as it was."""

    delivery_id: str | None
    """The delivery of the row; None where its key says enough."""
    key: Mapping[str, str]
    column: str
    value: str


@dataclass(frozen=True)
class FileResult:
    """What became of one file: its counts, its faults, and what the reader decided."""

    delivery: Delivery
    profile: Profile | None
    """What its bytes say; None where they cannot be read."""
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    refused: bool = False
    faults: tuple[Fault, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    in_plain_form: bool = False
    """Whether it was read in the form of all periods, not in that of its own period."""


def create_raw(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    """Make the raw layer, also for sources without a delivery."""
    connection.execute("create schema if not exists raw")
    connection.execute(BOOKKEEPING.replace("create table", "create table if not exists"))
    for contract in contracts:
        make_view(connection, contract)


def make_view(
    connection: duckdb.DuckDBPyConnection, contract: Contract, fixes: Sequence[Fix] = ()
) -> None:
    """Make the view of a source over the tables of its deliveries.

    Args:
        connection: Holds the raw layer.
        contract: The source.
        fixes: Values to show in the place of delivered ones.
    """
    parts = connection.execute(
        "select delivery_id, table_name, columns, line, hidden from raw.part"
        " where source_id = ? order by delivery_id",
        [contract.source],
    ).fetchall()
    selects = [
        _select(contract, *part, fixes=[one for one in fixes if one.delivery_id in (None, part[0])])
        for part in parts
    ] or [_select(contract)]
    connection.execute(
        f'create or replace view raw."{contract.source}" as {" union all ".join(selects)}'
    )


def select_delivery(
    connection: duckdb.DuckDBPyConnection, contract: Contract, delivery_id: str
) -> str:
    """Give the SELECT of the rows of one delivery, as the view of its source has them.

    Args:
        connection: Holds the raw layer.
        contract: The source.
        delivery_id: Which delivery.
    """
    part = connection.execute(
        "select delivery_id, table_name, columns, line, hidden from raw.part where delivery_id = ?",
        [delivery_id],
    ).fetchone()
    return _select(contract, *part) if part else _select(contract)


def _select(
    contract: Contract,
    delivery_id: str = "",
    table: str = "",
    columns: Sequence[str] = (),
    line: str = "0",
    hidden: Sequence[int] = (),
    *,
    fixes: Sequence[Fix] = (),
) -> str:
    """Give the rows of one delivery as its contract types them; without a table, none."""
    types = {column.name: RAW_TYPES[column.type] for column in contract.terms.columns}
    cells = []
    for name, kind in types.items():
        cell = f'"{name}"' if name in columns else "null"
        for fix in fixes:
            known = {part: value for part, value in fix.key.items() if part in columns}
            if fix.column == name and all(known.get(part, "") == v for part, v in fix.key.items()):
                here = " and ".join(
                    f'"{part}" = {_literal(value, types[part])}' if value else f'"{part}" is null'
                    for part, value in known.items()
                )
                cell = f"case when {here} then {_literal(fix.value, kind)} else {cell} end"
        cells.append(f'{cell}::{kind} as "{name}"')
    quoted = delivery_id.replace("'", "''")
    cells += [f"'{quoted}' as delivery_id", f"({line})::integer as line"]
    where = f" where rowid not in ({', '.join(map(str, hidden))})" if hidden else ""
    rows = f' from raw."{table}"{where}' if table else " where false"
    return f"select {', '.join(cells)}{rows}"


def _literal(value: str, kind: str) -> str:
    """Write a value as SQL; a view takes no parameters."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'::{kind}"


def keep_stage(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    contract: Contract,
    header: Header,
) -> None:
    """Make what was read from a file the table of its delivery, without copying it.

    Rows stand in the table in the order of the file, so the line follows from the row; rows
    with a bad cell stay in the table and out of the view.

    Args:
        connection: Holds the stage, and the notes of its bad cells.
        delivery: The file.
        contract: Its source.
        header: The columns of the file.
    """
    table = _free_name(connection, contract)
    gaps = read_gaps(connection)
    hidden = [
        int(row)
        for (row,) in connection.execute(f"select distinct row_id from {BAD} order by 1").fetchall()
    ]
    if max(len(gaps), len(hidden)) > MOST_MARKS:
        connection.execute(
            f'create table raw."{table}" as select * exclude (row_id) from {numbered_stage()}'
            f" where row_id not in (select row_id from {BAD}) order by line"
        )
        connection.execute(f"drop table {STAGE}")
        line, hidden = "line", []
    else:
        connection.execute(f'alter table {STAGE} rename to "{table}"')
        line = _line_of_row(gaps)
    connection.execute(
        "insert into raw.part values (?, ?, ?, ?, ?, ?, null, null)",
        [
            delivery.id, contract.source, table,
            [column.name for column in header.columns], line, hidden,
        ],
    )  # fmt: skip


def _free_name(connection: duckdb.DuckDBPyConnection, contract: Contract) -> str:
    """Give the table of a delivery a name: the source and the first number that is free."""
    found = connection.execute(
        "select table_name from raw.part where source_id = ?", [contract.source]
    ).fetchall()
    taken = {str(name) for (name,) in found}
    number = next(n for n in range(1, len(taken) + 2) if f"{contract.source}__{n}" not in taken)
    return f"{contract.source}__{number}"


def _line_of_row(gaps: Sequence[tuple[int, int]]) -> str:
    """Give the SQL that makes a line number of a row number: halving, so that it stays cheap."""
    if not gaps:
        return "rowid + 2"
    return f"rowid + 2 + {_drift(gaps, 0)}"


def _drift(gaps: Sequence[tuple[int, int]], before: int) -> str:
    """Give the SQL of how far line and row are apart, in a tree of comparisons."""
    if not gaps:
        return str(before)
    middle = len(gaps) // 2
    start, lines = gaps[middle]
    above, below = _drift(gaps[middle + 1 :], lines), _drift(gaps[:middle], before)
    return f"case when rowid + 2 >= {start} then {above} else {below} end"


def forget(connection: duckdb.DuckDBPyConnection, delivery_id: str) -> None:
    """Take a delivery out of the raw layer; the view of its source has to be made again.

    Args:
        connection: Holds the raw layer.
        delivery_id: Which one.
    """
    found = connection.execute(
        "select table_name from raw.part where delivery_id = ?", [delivery_id]
    ).fetchone()
    for table in ("part", "delivery", "reject", "delivery_total"):
        connection.execute(f"delete from raw.{table} where delivery_id = ?", [delivery_id])
    if found:
        connection.execute(f'drop table raw."{found[0]}"')


def record(
    connection: duckdb.DuckDBPyConnection,
    result: FileResult,
    contract: Contract,
    origin: Origin,
    messages: Mapping[str, Messages],
) -> None:
    """Write down where the rows came from, what was left out, and the totals.

    Args:
        connection: Holds the raw layer.
        result: What became of the file.
        contract: Its source.
        origin: Where the delivery comes from.
        messages: Words for the reject table, by language.
    """
    delivery, profile = result.delivery, result.profile
    if profile is None:
        return
    connection.execute(
        "insert into raw.delivery values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            delivery.id, delivery.source, delivery.period, delivery.file,
            profile.digest, profile.bytes,
            result.rows_read, result.rows_loaded, result.rows_rejected,
            profile.encoding, contract.terms.file.delimiter,
            origin.supplier, origin.licence, origin.published_on, origin.url,
        ],
    )  # fmt: skip
    rejects = [
        [
            delivery.id, delivery.source, delivery.file, fault.line, fault.column, fault.value,
            messages["nl"].expected(fault), messages["nl"].cell(fault),
            messages["en"].expected(fault), messages["en"].cell(fault),
        ]
        for fault in result.faults
    ]  # fmt: skip
    if rejects:
        connection.executemany(
            "insert into raw.reject values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rejects
        )
    totals = [
        [delivery.id, delivery.source, delivery.period, column, total]
        for column, total in result.totals.items()
    ]
    if totals:
        connection.executemany("insert into raw.delivery_total values (?, ?, ?, ?, ?)", totals)


def per_source(results: Sequence[FileResult]) -> dict[str, dict[str, int]]:
    """Add the counts of files up per source.

    Args:
        results: What became of every file.
    """
    sources: dict[str, dict[str, int]] = {}
    for result in results:
        counts = sources.setdefault(
            result.delivery.source, {"files": 0, "read": 0, "loaded": 0, "rejected": 0}
        )
        counts["files"] += 1
        counts["read"] += result.rows_read
        counts["loaded"] += result.rows_loaded
        counts["rejected"] += result.rows_rejected
    return sources
