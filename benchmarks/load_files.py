"""Make files of any size in the two layouts that grow: claims aggregates and Vektis.

The columns, codes and number forms are those of the contracts; the figures mean nothing. A
row number is written as mixed digits over the code lists, so that no key occurs twice.
"""

# The SQL below is made of the names of contracts and of numbers.
# ruff: noqa: S608

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from etl.column import Column
from etl.contract import Contract, load_contracts

LAYOUTS = ("claims_aggregate", "vektis_open_data")
PERIOD = "2021"
FREE_TEXT = ("municipality", "product")
LEFT_OUT = ("postcode_3", "invented")
MANY = 10**6
"""So many different texts a column without codes can have."""
AGE_CLASSES = 19


def columns_of(contract: Contract) -> list[Column]:
    """Give the columns that a file of the benchmark has."""
    return [
        column
        for column in contract.terms.columns
        if column.in_period(PERIOD) and column.name not in LEFT_OUT
    ]


def make_file(layout: str, rows: int, path: Path) -> None:
    """Write a delivery.

    Args:
        layout: The source whose contract it follows.
        rows: How many rows.
        path: Where it is written.
    """
    contract = load_contracts()[layout]
    path.parent.mkdir(parents=True, exist_ok=True)
    key = next(
        key.columns
        for key in contract.terms.unique
        if set(key.columns) <= {column.name for column in columns_of(contract)}
    )
    done = 1
    cells: dict[str, str] = {}
    for name in sorted(key, key=lambda name: name in FREE_TEXT):
        values = _values(contract, name)
        digit = f"(i // {done})"
        if values:
            cells[name] = f"{values!r}[1 + {digit} % {len(values)}]"
            done *= len(values)
        else:
            cells[name] = f"'name_' || ({digit} % {MANY})"
            done *= MANY
    if done < rows:
        message = f"{layout} has only {done} different keys"
        raise ValueError(message)
    for number, column in enumerate(columns_of(contract)):
        cells.setdefault(column.name, _cell(contract, column, number))
    select = ", ".join(f'{cells[c.name]} as "{c.name}"' for c in columns_of(contract))
    mark = contract.terms.file.delimiter
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select {select} from range({rows}) as t(i))"
            f" to '{path}' (header, delimiter '{mark}')"
        )


def _values(contract: Contract, name: str) -> list[str]:
    if name == "year":
        return [str(year) for year in range(2006, 2101)]
    if name == "age_class":
        return [f" {5 * low} t/m {5 * low + 4} jaar" for low in range(AGE_CLASSES)]
    pattern = next(column.pattern for column in contract.terms.columns if column.name == name)
    codes = contract.codes.get(name, ())
    return [code for code in codes if pattern is None or re.fullmatch(pattern, code)]


def _cell(contract: Contract, column: Column, number: int) -> str:
    """Give the SQL of a cell outside the key: a code, or a number like those of real files."""
    values = _values(contract, column.name)
    noise = f"hash(i * 64 + {number})"
    if values:
        return f"{values!r}[1 + ({noise} % {len(values)})::integer]"
    if column.maximum is not None:
        return f"({noise} % {int(column.maximum) * 10} / 10.0)::decimal(9, 1)"
    if column.type == "integer":
        return f"({noise} % {10 ** (3 + number % 3)})::integer"
    # Many care types are nought for most groups, and amounts differ in length.
    amount = f"({noise} % {10 ** (6 + number % 4)} / 100.0)::decimal(18, 2)"
    return f"case when {noise} % 4 = 0 then 0 else {amount} end" if number % 2 else amount
