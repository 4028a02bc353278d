"""What a delivery adds up to, per code of each of its columns: small tables from many rows."""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from etl.contract import Contract
from etl.plausibility.limits import limits
from etl.raw import select_delivery


@dataclass(frozen=True)
class Part:
    """One delivery in the raw layer."""

    delivery_id: str
    source: str
    period: str
    file: str
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class Sums:
    """The rows of a delivery added up per code of one column."""

    rows: Mapping[str, int]
    """How many rows have the code."""
    totals: Mapping[str, Mapping[str, float]]
    """Per number column and code: the mean of its cells, zeros and blanks left out."""
    place: Mapping[str, int] = field(default_factory=dict)
    """The first line of each code."""


@dataclass(frozen=True)
class Profile:
    """What a delivery adds up to."""

    part: Part
    numbers: tuple[str, ...]
    percents: frozenset[str]
    by: Mapping[str, Sums]
    """Per column of codes."""
    total: Mapping[str, float]
    """The sum of each number column."""
    largest: Mapping[str, float]
    filled: Mapping[str, int]
    """How many cells of each number column hold a number other than zero."""


def read_parts(connection: duckdb.DuckDBPyConnection) -> list[Part]:
    """List the deliveries of the raw layer."""
    rows = connection.execute(
        "select p.delivery_id, p.source_id, d.period, d.file, p.columns, d.rows_loaded, d.digest"
        " from raw.part as p inner join raw.delivery as d on p.delivery_id = d.delivery_id"
        " order by p.delivery_id"
    ).fetchall()
    return [Part(row[0], row[1], row[2], row[3], tuple(row[4]), row[5], row[6]) for row in rows]


def read_profile(connection: duckdb.DuckDBPyConnection, part: Part, contract: Contract) -> Profile:
    """Add a delivery up, per code of each column of codes.

    Args:
        connection: Holds the raw layer.
        part: The delivery.
        contract: Its source.
    """
    known = {column.name: column for column in contract.terms.columns}
    here = [known[name] for name in part.columns if name in known]
    years = limits().year_columns
    numbers = tuple(
        column.name
        for column in here
        if column.is_number and column.name not in years and column.unit != "year"
        and not column.name.endswith("_year")
    )  # fmt: skip
    percents = frozenset(
        column.name for column in here if column.unit == "percent" or column.name.endswith("_pct")
    )
    coded = [
        column.name
        for column in here
        if column.type == "text"
        and (column.codes or column.codes_from or column.name in limits().open_codes)
    ]
    table = f"({select_delivery(connection, contract, part.delivery_id)})"
    total, largest, filled = _overall(connection, table, numbers)
    by = _sums(connection, table, coded, numbers)
    return Profile(part, numbers, percents, by, total, largest, filled)


def _overall(
    connection: duckdb.DuckDBPyConnection, table: str, numbers: Sequence[str]
) -> tuple[dict[str, float], dict[str, float], dict[str, int]]:
    if not numbers:
        return {}, {}, {}
    asked = ", ".join(
        f'sum("{name}")::double, max(abs("{name}"))::double, count(nullif("{name}", 0))'
        for name in numbers
    )
    row = connection.execute(f"select {asked} from {table}").fetchone() or ()
    total = {name: float(row[3 * at] or 0) for at, name in enumerate(numbers)}
    largest = {name: float(row[3 * at + 1] or 0) for at, name in enumerate(numbers)}
    filled = {name: int(row[3 * at + 2] or 0) for at, name in enumerate(numbers)}
    return total, largest, filled


def _sums(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    numbers: Sequence[str],
) -> dict[str, Sums]:
    """Add up by every column of codes at once: one pass over the rows."""
    if not columns:
        return {}
    means = "".join(f', avg(nullif("{name}", 0))::double' for name in numbers)
    sets = ", ".join(f'("{name}")' for name in columns)
    codes = "coalesce(" + ", ".join(f'"{name}"' for name in columns) + ")"
    which = "grouping(" + ", ".join(f'"{name}"' for name in columns) + ")"
    rows = connection.execute(
        f"select {which}, {codes}, count(*), min(line){means} from {table}"
        f" group by grouping sets ({sets}) having {codes} is not null order by 3 desc, 2"
    ).fetchall()
    # In the number of a grouping the bit of a column is 0 where it was grouped by.
    every = 2 ** len(columns) - 1
    found: dict[str, Sums] = {}
    for at, column in enumerate(columns):
        mark = every - 2 ** (len(columns) - 1 - at)
        own = [row for row in rows if row[0] == mark][: limits().codes.most_open]
        found[column] = Sums(
            {str(row[1]): int(row[2]) for row in own},
            {
                name: {
                    str(row[1]): float(row[place + 4])
                    for row in own
                    if row[place + 4] is not None and row[place + 4] != 0
                }
                for place, name in enumerate(numbers)
            },
            {str(row[1]): int(row[3]) for row in own},
        )
    return found


def shifts(new: Mapping[str, float], old: Mapping[str, float]) -> dict[str, float]:
    """Give per code how far it moved: log10 of new over old, for codes of one sign in both."""
    return {
        code: math.log10(new[code] / old[code])
        for code in new
        if code in old and new[code] * old[code] > 0
    }


def middle(values: Sequence[float]) -> float:
    """Give the median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
