"""One cause behind many faults: columns that changed places, doubled rows, another unit.

When every row of a file has the same fault, a hundred sentences about cells hide what happened.
The cause is told first, and of the cells it explains only the first few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from etl.column import Column
from etl.contract import Contract
from etl.errors import Fault

MOST = Decimal("0.5")
"""From this part of the rows on, a fault has one cause."""
TWICE = Decimal("0.2")
"""Doubled rows have one cause from this part on: a key that is met twice by chance is rare."""
LEAST = 10
SHOWN = 3
"""So many cells are still told of a cause."""
_CODES = frozenset({"unknown_code", "unknown_listed_code", "wrong_form", "not_a_number"})

_Groups = Mapping[tuple[str, str], Sequence[Fault]]


def with_causes(
    faults: Sequence[Fault], *, rows: int, contract: Contract, file: str
) -> tuple[list[Fault], int]:
    """Put the causes before the faults they explain, and leave out most of those.

    Args:
        faults: Every fault of a refused file.
        rows: How many rows it has.
        contract: Its source.
        file: Its name.

    Returns:
        What to tell, and how many faults that leaves out.
    """
    groups: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in faults:
        groups[(fault.code, fault.column or "")].append(fault)
    large = {
        key: group
        for key, group in groups.items()
        if len(group) >= LEAST and len(group) >= _least(key[0]) * rows
    }
    if not large:
        return list(faults), 0
    swapped = _swapped(large, contract)
    causes = [_cause("codes_swapped", file, pair[0], columns=list(pair)) for pair in swapped]
    told = {name for pair in swapped for name in pair}
    for (code, column), group in large.items():
        if column in told:
            continue
        if code == "duplicate":
            counts = {"count": len(group), "rows": rows}
            causes.append(_cause("all_rows_twice", file, column, **counts))
        elif code == "other_year":
            # Of several other years the one that most rows have.
            (value, count), *_ = Counter(fault.value or "" for fault in group).most_common()
            period = str(group[0].parameters["period"])
            causes.append(
                _cause("year_differs", file, column, rows=count, value=value, period=period)
            )
        elif code in ("too_high", "too_low") and (factor := _factor(group, contract, column)):
            causes.append(_cause("fits_divided", file, column, factor=factor))
        else:
            causes.append(_cause("one_cause", file, column, count=len(group), rows=rows))
        told.add(column)
    kept = [
        fault
        for fault in faults
        if (fault.code, fault.column or "") not in large
        or any(fault is one for one in large[(fault.code, fault.column or "")][:SHOWN])
    ]
    return [*causes, *kept], len(faults) - len(kept)


def _least(code: str) -> Decimal:
    return TWICE if code == "duplicate" else MOST


def _cause(code: str, file: str, column: str, **parameters: str | int | list[str]) -> Fault:
    return Fault(code, file, column=column, parameters=parameters)


def _swapped(large: _Groups, contract: Contract) -> list[tuple[str, str]]:
    """Find pairs of columns that each hold what the other should hold."""
    held: dict[str, set[str]] = {}
    for (code, column), group in large.items():
        if code in _CODES:
            held.setdefault(column, set()).update(fault.value or "" for fault in group)
    columns = {column.name: column for column in contract.terms.columns}
    names = [name for name in held if name in columns]
    return [
        (first, second)
        for at, first in enumerate(names)
        for second in names[at + 1 :]
        if _fits(held[first], columns[second], contract)
        and _fits(held[second], columns[first], contract)
    ]


def _fits(values: Collection[str], column: Column, contract: Contract) -> bool:
    """Tell whether nearly all values would be right in a column."""
    codes = contract.codes.get(column.name)
    if codes is not None:
        right = sum(value in codes for value in values)
    elif column.is_number:
        right = sum(_number(value) is not None for value in values)
    else:
        return False
    return right >= 0.9 * len(values)


def _number(value: str | None) -> Decimal | None:
    try:
        return Decimal((value or "").replace(",", "."))
    except InvalidOperation:
        return None


def _factor(group: Sequence[Fault], contract: Contract, name: str) -> int | None:
    """Give the number by which all values of a column can be divided to be within its bounds."""
    column = next((one for one in contract.terms.columns if one.name == name), None)
    values = [_number(fault.value) for fault in group]
    if column is None or column.maximum is None or None in values:
        return None
    least = column.minimum if column.minimum is not None else Decimal("-Infinity")
    for factor in (100, 1000):
        if all(least <= value / factor <= column.maximum for value in values if value is not None):
            return factor
    return None
