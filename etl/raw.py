"""The raw layer: one table per source, and what the loader knows about every delivery."""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

import duckdb

from etl.contract import Contract
from etl.deliveries import Delivery
from etl.errors import Fault
from etl.files import Profile, make_plain
from etl.half_read import half_read_cells
from etl.header import Header, read_header
from etl.messages import Messages
from etl.reading import Reading, numbered_stage, read_stage, unreadable_cells
from etl.rules import BAD, bad_cells, bad_rows, count_rest_rows, find_bad_cells

RAW_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "decimal(18,4)": "DECIMAL(18,4)",
    "date": "DATE",
}
MOST_FAULTS = 100
"""So many faults of one file are told; the rest is counted."""

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
create table raw.delivery_total (
    delivery_id varchar, source_id varchar, period varchar, column_name varchar,
    total decimal(38, 4)
);
create table raw.correction (
    correction_id varchar, figure_id varchar, kind varchar, column_name varchar,
    printed varchar, should_be varchar, status varchar, reason_nl varchar, reason_en varchar
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
class FileResult:
    """What became of one file: its counts, its faults, and what the reader decided."""

    delivery: Delivery
    profile: Profile
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    refused: bool = False
    faults: tuple[Fault, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    totals: Mapping[str, Decimal] = field(default_factory=dict)


def create_raw(connection: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    """Make the raw tables, also of sources without a delivery."""
    connection.execute("create schema if not exists raw")
    connection.execute(BOOKKEEPING)
    for contract in contracts:
        columns = ", ".join(
            f'"{column.name}" {RAW_TYPES[column.type]}' for column in contract.terms.columns
        )
        connection.execute(
            f'create table raw."{contract.source}" ({columns}, delivery_id varchar, line integer)'
        )


def load_file(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    profile: Profile,
    contract: Contract,
    *,
    origin: Origin,
    messages: Mapping[str, Messages],
) -> FileResult:
    """Load one delivery into its raw table, or refuse it with all its faults.

    Args:
        connection: Holds the raw layer.
        delivery: The file.
        profile: What its bytes say.
        contract: What it must look like.
        origin: Where it comes from.
        messages: Words for the reject table, by language.

    Returns:
        The counts and the faults. Of a refused file nothing is loaded.
    """
    file = delivery.shown
    contract = contract.for_period(delivery.period)
    if profile.changed:
        return FileResult(delivery, profile, refused=True, faults=(Fault("changed", file),))
    if profile.lines == 0:
        return FileResult(delivery, profile, refused=True, faults=(Fault("empty", file),))
    header = read_header(profile.header, contract, period=delivery.period, file=file)
    if isinstance(header, list):
        return FileResult(delivery, profile, refused=True, faults=tuple(header))
    with tempfile.TemporaryDirectory() as folder:
        path = make_plain(profile, Path(folder))
        reading = read_stage(connection, path, header, contract, lines=profile.lines, file=file)
        result = _take_in(connection, delivery, profile, contract, header, reading, path)
    if not result.refused:
        _record(connection, result, contract, origin, messages)
    return result


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    profile: Profile,
    contract: Contract,
    header: Header,
    reading: Reading,
    path: Path,
) -> FileResult:
    """Check the rows that were read, and move the good ones to the raw table."""
    file = delivery.shown
    read = reading.rows + reading.rejected_lines
    if reading.faults:
        # Lines ran together: what would be said of single cells cannot be trusted.
        return FileResult(
            delivery,
            profile,
            read,
            refused=True,
            faults=_cut(reading.faults, file),
            read_as=header.read_as,
        )
    rules = find_bad_cells(connection, header, contract)
    rejected = reading.rejected_lines + bad_rows(connection)
    form_faults: list[Fault] = []
    rest = contract.terms.rest_row
    if rest and (count := count_rest_rows(connection, header, contract)) > rest.at_most:
        form_faults.append(
            Fault(
                "too_many_rest_rows",
                file,
                contract=contract.file,
                contract_line=contract.line("rest_row"),
                parameters={"count": count, "at_most": rest.at_most, "columns": rest.blank},
            )
        )
    allowed = contract.terms.file.allowed_reject_share
    refused = bool(form_faults) or (read > 0 and Decimal(rejected) / read > allowed)
    cells = chain(
        unreadable_cells(connection, header, contract, file=file),
        half_read_cells(connection, header, contract, file=file),
        bad_cells(connection, rules, header, contract, path=path, file=file),
    )
    if refused:
        faults = sorted([*form_faults, *cells], key=lambda fault: fault.line or 0)
        return FileResult(
            delivery,
            profile,
            read,
            0,
            rejected,
            refused=True,
            faults=_cut(faults, file),
            read_as=header.read_as,
        )
    names = ", ".join(f'"{column.name}"' for column in header.columns)
    connection.execute(
        f'insert into raw."{contract.source}" ({names}, delivery_id, line)'
        f" select {names}, $delivery, line from {numbered_stage()} as n"
        f" where row_id not in (select row_id from {BAD}) order by line",
        {"delivery": delivery.id},
    )
    return FileResult(
        delivery,
        profile,
        read,
        read - rejected,
        rejected,
        faults=tuple(cells),
        read_as=header.read_as,
        totals=_totals(connection, delivery, contract),
    )


def _cut(faults: Sequence[Fault], file: str) -> tuple[Fault, ...]:
    told = tuple(islice(faults, MOST_FAULTS))
    if len(faults) > MOST_FAULTS:
        told += (Fault("more", file, parameters={"count": len(faults) - MOST_FAULTS}),)
    return told


def _totals(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, contract: Contract
) -> dict[str, Decimal]:
    names = [column.name for column in contract.terms.columns if column.total]
    if not names:
        return {}
    sums = ", ".join(f'coalesce(sum("{name}"), 0)::decimal(38, 4)' for name in names)
    row = connection.execute(
        f'select {sums} from raw."{contract.source}" where delivery_id = ?', [delivery.id]
    ).fetchone()
    return dict(zip(names, row or (), strict=True))


def _record(
    connection: duckdb.DuckDBPyConnection,
    result: FileResult,
    contract: Contract,
    origin: Origin,
    messages: Mapping[str, Messages],
) -> None:
    """Write down where the rows came from, what was left out, and the totals."""
    delivery, profile = result.delivery, result.profile
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
