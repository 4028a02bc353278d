"""Say what a file looks like when it is not what its contract asks for.

A stray file has no column in common with its contract; a list of all columns that are
missing would not help. So it is compared with files that are often taken for a delivery
(known_files.yaml), and else described: delimiter, columns, lines above the header.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from etl.contract import PROJECT, Contract, load_contracts
from etl.deliveries import shown
from etl.errors import ContractError, Fault, Parameter
from etl.files import first_text
from etl.header import MARKS, known_columns, matches_header, split_line
from warehouse.catalogue.reading import Reader
from warehouse.catalogue.schema import Code, Entry, Words

KNOWN_FILES = PROJECT / "etl" / "known_files.yaml"
LINES = 30
"""So many lines from the begin tell what a file is."""
OURS = 0.5
"""With so large a part of its columns known, a file is ours, with a fault."""
NAMED = 4


class KnownFile(Entry):
    """A kind of file that is no delivery; one of the three signs tells it."""

    id: Code
    columns: tuple[str, ...] = ()
    line: str = ""
    starts: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    nl: Words
    en: Words

    @model_validator(mode="after")
    def _has_a_sign(self) -> Self:
        if not (self.columns or self.line or self.starts):
            wrong = "give columns, line or starts: by what is the file known?"
            raise ValueError(wrong)
        return self

    def fits(self, text: str, rows: Iterable[Sequence[str]]) -> bool:
        """Tell whether the begin of a file is that of this kind."""
        if any(text.lstrip().casefold().startswith(start.casefold()) for start in self.starts):
            return True
        if self.line and re.search(self.line, text, flags=re.MULTILINE):
            return True
        wanted = {name.casefold() for name in self.columns}
        return bool(wanted) and any(
            wanted <= {cell.strip().casefold() for cell in row} for row in rows
        )


@dataclass(frozen=True)
class Table:
    """The begin of a file, taken for a table."""

    mark: str
    """What stands between the cells; blank where there is one column."""
    rows: tuple[tuple[str, ...], ...]
    header: int
    """The first row that is as wide as most."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The cells of what seems to be the header."""
        return tuple(cell.strip() for cell in self.rows[self.header]) if self.rows else ()


def strange_file(path: Path, contracts: Sequence[Contract], *, period: str) -> Fault | None:
    """Say what a file is, where it is surely not a file of these contracts.

    Args:
        path: The file.
        contracts: What it should look like: one of these.
        period: The period of the file.

    Returns:
        A fault that says what the file looks like; None where it is like a contract, or where
        its begin cannot be read.
    """
    text = first_text(path)
    lines = [line for line in text.splitlines() if line.strip()][:LINES]
    if not lines or not text.splitlines()[0].strip():
        return None
    where = contracts[0] if len(contracts) == 1 else None
    file, contract_file = shown(path), where.file if where else ""
    place = _known_header(lines, contracts, period)
    if place is not None:
        header = {"header": place + 1}
        above = Fault("titles_above", file, 1, contract=contract_file, parameters=header)
        return above if place else None
    other = _other_source(lines[0], contracts, period)
    if other:
        told: dict[str, Parameter] = {
            "others": other, "sources": sorted(contract.source for contract in contracts),
        }  # fmt: skip
        return Fault("other_source", file, 1, contract=contract_file, parameters=told)
    table = _table(lines)
    parameters: dict[str, Parameter] = {
        "sources": sorted(contract.source for contract in contracts),
        "count": len(table.columns),
        "found_delimiter": table.mark,
        "columns": _first_few(table.columns),
        "titles": table.header or "",
    }
    for kind in known_files():
        if kind.fits(text, table.rows):
            parameters |= {"kind_nl": kind.nl, "kind_en": kind.en}
            return Fault("other_file", file, 1, contract=contract_file, parameters=parameters)
    return Fault("unknown_file", file, 1, contract=contract_file, parameters=parameters)


def _other_source(header: str, contracts: Sequence[Contract], period: str) -> list[str]:
    """Name the other sources of ours of which this is the header of a file."""
    named = {contract.source for contract in contracts}
    return [
        name
        for name, contract in load_contracts().items()
        if name not in named
        and any(matches_header(header, form, period) for form in contract.forms(period))
    ]


@cache
def known_files(file: Path = KNOWN_FILES) -> tuple[KnownFile, ...]:
    """Read the kinds of files that are often taken for a delivery.

    Raises:
        ContractError: The list is not valid.
    """
    reader = Reader(PROJECT / "etl")
    kinds = reader.entries(file, KnownFile, "id")
    if reader.problems:
        raise ContractError(
            [
                Fault("contract", found.file, found.line, parameters={"problem": found.message})
                for found in sorted(reader.problems)
            ]
        )
    return tuple(kinds.values())


def _known_header(lines: Sequence[str], contracts: Sequence[Contract], period: str) -> int | None:
    """Find the first line of which a contract knows the larger part of the columns."""
    for place, line in enumerate(lines):
        for mark in MARKS:
            names = split_line(line, mark)
            known = (len(known_columns(names, contract, period)) for contract in contracts)
            most = max(known, default=0) if len(names) > 1 else 0
            if most > 1 and most / len(names) >= OURS:
                return place
    return None


def _table(lines: Sequence[str]) -> Table:
    """Cut the begin of a file into cells, at the mark that gives most lines one width."""
    best = Table("", tuple((line,) for line in lines), 0)
    most = 0
    for mark in MARKS:
        rows = tuple(tuple(row) for row in csv.reader(lines, delimiter=mark) if row)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        if times * width > most:
            most = times * width
            header = next(place for place, row in enumerate(rows) if len(row) == width)
            best = Table(mark, rows, header)
    return best


def _first_few(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"“{name}”" for name in columns if name))[:NAMED]
