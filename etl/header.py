"""Read the header of a delivery against its contract; DuckDB takes any header on trust."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from etl.column import Column
from etl.contract import Contract
from etl.errors import Fault
from etl.extending import alias_of, nearest, no_longer, other_form, unknown_column

UNKNOWN = frozenset({"column_unknown", "column_new"})
"""What is said of a header that no column has."""
SHORTEST_CUT = 8
"""A name this short or shorter is not taken for the beginning of a longer one."""
MARKS = (",", ";", "\t", "|")
# A cell may be as long as a line; Python's own limit would be an error that nobody expects.
csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True)
class Header:
    """The columns of a file in its own order, and the names that were not literally ours."""

    columns: tuple[Column, ...]
    read_as: tuple[tuple[str, str], ...]
    wide: bool = True
    """Whether numbers are read with more decimals than the raw layer keeps, to find those."""


def split_line(line: str, delimiter: str) -> list[str]:
    """Split one line of a csv into its cells."""
    return next(iter(csv.reader([line], delimiter=delimiter)), [])


def read_header(line: str, contract: Contract, *, period: str, file: str) -> Header | list[Fault]:
    """Match the header of a file with the columns of a contract.

    Names match without regard to case and blanks; a column may stand anywhere. Where a
    supplier cuts names, the longest names of a header may be the beginning of one known name.

    Args:
        line: The first line of the file.
        contract: What the file should look like.
        period: Aliases and columns may hold in some periods only.
        file: Name of the file, for the faults.

    Returns:
        The header, or everything that is wrong with it.
    """
    contract = contract.for_period(period)
    terms = contract.terms
    if not line.strip():
        return [
            Fault(
                "header_blank",
                file,
                1,
                contract=contract.file,
                contract_line=contract.line("columns"),
            )
        ]
    given = split_line(line, terms.file.delimiter)
    if len(given) > 1 and not given[-1].strip():
        # Many programs end each line with a delimiter; DuckDB takes one more empty cell there.
        given = given[:-1]
    if len(given) == 1 < len(terms.columns) and (mark := _other_mark(line, contract, period)):
        return [
            Fault(
                "wrong_delimiter",
                file,
                1,
                value=mark,
                contract=contract.file,
                contract_line=contract.line("file", "delimiter"),
                parameters={
                    "delimiter": terms.file.delimiter,
                    "found_delimiter": mark,
                    "write": other_form(period, delimiter=mark),
                },
            )
        ]
    expected = [column for column in terms.columns if column.in_period(period)]
    known = {name: column for column in expected for name in column.names(period)}
    longest = max(len(_plain(name)) for name in given)
    matches = {position: _candidates(name, known, longest) for position, name in enumerate(given)}
    return _outcome(given, expected, matches, contract, file)


def _outcome(
    given: Sequence[str],
    expected: Sequence[Column],
    matches: Mapping[int, Sequence[Column]],
    contract: Contract,
    file: str,
) -> Header | list[Fault]:
    faults: list[Fault] = []
    taken: dict[str, str] = {}
    matched = {found[0].name for found in matches.values() if len(found) == 1}
    for position, found in matches.items():
        name = given[position]
        if not found:
            free = [column.name for column in expected if column.name not in matched]
            near = nearest(name, free) or nearest(name, [column.name for column in expected])
            faults.append(unknown_column(name, contract, file=file, near=near))
        elif len(found) > 1:
            names = [column.name for column in found]
            faults.append(_fault("column_ambiguous", file, name, contract, near=names))
        elif found[0].name in taken:
            faults.append(
                _fault("column_twice", file, name, contract, found[0].name, [taken[found[0].name]])
            )
        else:
            taken[found[0].name] = name
    unmatched = [given[position] for position, found in matches.items() if not found]
    missing = [column for column in expected if column.name not in matched | contract.optional]
    if len(unmatched) == len(missing) == 1 and {one.code for one in faults} <= UNKNOWN:
        renamed = _renamed(given, unmatched[0], missing[0], expected, matched, contract, file)
        if renamed:
            # One thing happened to the column; it is told once.
            faults, missing = renamed, []
    for column in expected:
        if column in missing:
            near = nearest(column.name, unmatched)
            fault = _fault("column_missing", file, column.name, contract, column.name, near)
            more = {**fault.parameters, "write": no_longer(contract.period)}
            faults.append(replace(fault, parameters=more))
    faults += _one_of(matched, contract, file)
    if faults:
        return faults
    return Header(
        columns=tuple(matches[position][0] for position in range(len(given))),
        read_as=tuple((name, column) for column, name in taken.items() if name != column),
    )


def _renamed(
    given: Sequence[str],
    name: str,
    missing: Column,
    expected: Sequence[Column],
    matched: Set[str],
    contract: Contract,
    file: str,
) -> list[Fault]:
    """Say that a column has another name, where one new name stands in its place or is near it."""
    order = [one.name for one in expected if one.name in matched or one is missing]
    in_place = len(order) == len(given) and order.index(missing.name) == list(given).index(name)
    if not in_place and not nearest(name, [missing.name]):
        return []
    return [
        Fault(
            "column_renamed",
            file,
            1,
            column=missing.name,
            value=name,
            contract=contract.file,
            contract_line=contract.column_line(missing.name),
            parameters={"name": missing.name, "alias": alias_of(name)},
        )
    ]


def _fault(
    code: str,
    file: str,
    name: str,
    contract: Contract,
    column: str | None = None,
    near: Sequence[str] = (),
) -> Fault:
    line = contract.column_line(column) if column else contract.line("columns")
    return Fault(
        code,
        file,
        1,
        column=column or name,
        value=name,
        contract=contract.file,
        contract_line=line,
        parameters={"near": tuple(near)},
    )


def _one_of(matched: Set[str], contract: Contract, file: str) -> Iterator[Fault]:
    """Find the groups of columns of which the file has none, or more than one."""
    for position, group in enumerate(contract.terms.one_of):
        there = [name for name in group if name in matched]
        if len(there) != 1:
            yield Fault(
                "several_of_one" if there else "none_of_one",
                file,
                1,
                column=" + ".join(there or group),
                contract=contract.file,
                contract_line=contract.line("one_of", position),
                parameters={"columns": group},
            )


def _candidates(name: str, known: Mapping[str, Column], longest: int) -> list[Column]:
    """Find the columns that a header may mean: the same name, else names it is the start of.

    A supplier who cuts names cuts them all at one length: a name that is shorter than
    another was not cut, so what it is the start of says nothing.
    """
    plain = _plain(name)
    same = {column.name: column for text, column in known.items() if _plain(text) == plain}
    if same or len(plain) <= SHORTEST_CUT:
        return list(same.values())
    longer = {
        column.name: column for text, column in known.items() if _plain(text).startswith(plain)
    }
    return list(longer.values()) if len(plain) == longest or len(longer) > 1 else []


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("\ufeff", "").split())


def _other_mark(line: str, contract: Contract, period: str) -> str | None:
    """Find another delimiter with which the header does hold known names."""
    known = {name: column for column in contract.terms.columns for name in column.names(period)}
    for mark in MARKS:
        if mark != contract.terms.file.delimiter:
            cells = split_line(line, mark)
            if len(cells) > 1 and any(_candidates(cell, known, 0) for cell in cells):
                return mark
    return None


def known_columns(names: Sequence[str], contract: Contract, period: str) -> set[str]:
    """Find the columns of a contract that headers mean, also where one is cut or ambiguous.

    Args:
        names: The headers.
        contract: The contract.
        period: Aliases may hold in some periods only.
    """
    known = {name: column for column in contract.terms.columns for name in column.names(period)}
    longest = max(len(_plain(name)) for name in names)
    return {column.name for name in names for column in _candidates(name, known, longest)[:1]}


def matches_header(line: str, contract: Contract, period: str) -> bool:
    """Tell whether a header fits a contract completely."""
    found = read_header(line, contract, period=period, file="")
    return isinstance(found, Header)
