"""What the files of a source must look like: a contract per source, closed and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from etl.errors import ContractError, Fault
from warehouse.catalogue.reading import Place, Reader, read_yaml
from warehouse.catalogue.schema import Bilingual, Entry

PROJECT = Path(__file__).resolve().parent.parent
CONTRACTS = PROJECT / "etl" / "contracts"
CATALOGUE = PROJECT / "warehouse" / "catalogue"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Known = Annotated[str, StringConstraints(min_length=1)]
"""A fact about a delivery; where nobody knows it, it says "onbekend"."""

ColumnType = Literal["text", "integer", "decimal(18,4)", "date"]
Encoding = Literal["utf-8", "cp1252"]
RESERVED = ("delivery_id", "line")


class Alias(Entry):
    """Another header for a column; without periods it holds in every period."""

    name: Known
    periods: tuple[str, ...] = ()


class CodeList(Entry):
    """A list of the catalogue whose codes a column may hold."""

    file: Known
    key: Known = "code"


class Column(Entry):
    """One column of a delivery."""

    name: Name
    type: ColumnType
    aliases: tuple[str | Alias, ...] = ()
    unit: str | None = None
    required: bool = False
    codes: tuple[str, ...] = ()
    codes_from: CodeList | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str | None = None
    pattern_means: Bilingual | None = None
    total: bool = False
    since: int | None = None
    until: int | None = None

    @property
    def is_number(self) -> bool:
        """Tell whether the column holds numbers."""
        return self.type in ("integer", "decimal(18,4)")

    def in_period(self, period: str) -> bool:
        """Tell whether files of this period have the column."""
        if not period[:4].isdigit():
            return True
        year = int(period[:4])
        return (self.since or year) <= year <= (self.until or year)

    def names(self, period: str) -> tuple[str, ...]:
        """Give the headers that mean this column in files of this period."""
        others = (
            alias if isinstance(alias, str) else alias.name
            for alias in self.aliases
            if isinstance(alias, str) or not alias.periods or period in alias.periods
        )
        return (self.name, *others)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = None
        if self.name in RESERVED:
            wrong = f'"{self.name}" is a name that the loader uses itself'
        elif self.type != "text" and (self.codes or self.codes_from or self.pattern):
            wrong = "codes and pattern are for text columns"
        elif self.codes and self.codes_from:
            wrong = "give either codes or codes_from"
        elif not self.is_number and (self.minimum is not None or self.maximum is not None):
            wrong = "minimum and maximum are for number columns"
        elif not self.is_number and self.total:
            wrong = "only a number column has a total"
        elif (self.pattern is None) != (self.pattern_means is None):
            wrong = "pattern and pattern_means (in words: nl, en) belong together"
        elif self.pattern is not None:
            wrong = _broken_pattern(self.pattern)
        if wrong:
            raise ValueError(wrong)
        return self


def _broken_pattern(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"the pattern is not a regular expression: {error}"
    return None


class FileForm(Entry):
    """How the files of a source are written."""

    encodings: Annotated[tuple[Encoding, ...], Field(min_length=1)]
    """Tried in this order; the one that fits is reported with the delivery."""
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)]
    decimal_mark: Literal[".", ","]
    date_format: str = "%Y-%m-%d"
    allowed_reject_share: Annotated[Decimal, Field(ge=0, lt=1)]


class UniqueKey(Entry):
    """Columns that together occur once, in one file or in all files of the source."""

    columns: Annotated[tuple[Name, ...], Field(min_length=1)]
    within: Literal["file", "source"] = "source"


class RestRow(Entry):
    """A row for everything that could not be placed: these columns are blank in it."""

    blank: Annotated[tuple[Name, ...], Field(min_length=1)]
    at_most: Annotated[int, Field(ge=1)] = 1


class Terms(Entry):
    """The text of a contract: one YAML file in etl/contracts/."""

    source: Name
    supplier: Known
    licence: Known
    published_on: Known
    url: Known
    described_by_document: bool = False
    """A delivery is named after a document, whose supplier, licence, date and address it has."""
    file: FileForm
    unique: tuple[UniqueKey, ...] = ()
    rest_row: RestRow | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [column.name for column in self.columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        used = {name for key in self.unique for name in key.columns}
        used |= set(self.rest_row.blank) if self.rest_row else set()
        unknown = sorted(used - set(names))
        if twice:
            wrong = f"columns named twice: {', '.join(twice)}"
        elif unknown:
            wrong = f"unique and rest_row name columns that are not there: {', '.join(unknown)}"
        else:
            return self
        raise ValueError(wrong)


@dataclass(frozen=True)
class Contract:
    """The terms of a source, with the lines they stand on and the code lists they refer to."""

    terms: Terms
    file: str
    lines: Mapping[Place, int]
    codes: Mapping[str, tuple[str, ...]]
    """Allowed codes per column; a column without a list is not in it."""

    @property
    def source(self) -> str:
        """Name of the source, which is also the name of its raw table."""
        return self.terms.source

    def line(self, *place: str | int) -> int:
        """Find the line of the contract where something stands, or of what is around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def column_line(self, name: str, part: str | None = None) -> int:
        """Find the line of a column, or of one of its rules."""
        position = [column.name for column in self.terms.columns].index(name)
        return self.line("columns", position, *([part] if part else []))


def load_contracts(folder: Path = CONTRACTS, *, catalogue: Path = CATALOGUE) -> dict[str, Contract]:
    """Read every contract, and the code lists of the catalogue that they refer to.

    Args:
        folder: Where the contracts stand, one `<source>.yaml` each.
        catalogue: Where the code lists stand.

    Returns:
        The contracts by source.

    Raises:
        ContractError: A contract has an unknown field, a missing one, or a broken rule.
    """
    base = PROJECT if folder.is_relative_to(PROJECT) else folder
    reader = Reader(base / "contracts")
    contracts: dict[str, Contract] = {}
    lists = _CodeLists(catalogue)
    for path in sorted(folder.glob("*.yaml")):
        read = reader.single(path, Terms)
        if read is None:
            continue
        terms, lines = read
        if terms.source != path.stem:
            reader.report(
                path, lines.get(("source",), 1), f"the source of this file is {path.stem}"
            )
        codes = {}
        for position, column in enumerate(terms.columns):
            if column.codes:
                codes[column.name] = column.codes
            elif column.codes_from:
                place = lines.get(("columns", position, "codes_from"), 1)
                codes[column.name] = lists.codes(reader, path, place, column.codes_from)
        contracts[terms.source] = Contract(terms, reader.name(path), lines, codes)
    if reader.problems:
        raise ContractError(
            [
                Fault(
                    "contract", problem.file, problem.line, parameters={"problem": problem.message}
                )
                for problem in sorted(reader.problems)
            ]
        )
    return contracts


class _CodeLists:
    """The lists of the catalogue, each read once; the catalogue's own loader checks them."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue
        self._entries: dict[str, list[dict[str, object]]] = {}

    def codes(self, reader: Reader, path: Path, line: int, wanted: CodeList) -> tuple[str, ...]:
        file = self._catalogue / wanted.file
        if not file.is_file():
            reader.report(path, line, f"the code list {wanted.file} is not in the catalogue")
            return ()
        if wanted.file not in self._entries:
            self._entries[wanted.file] = read_yaml(file) or []
        entries = self._entries[wanted.file]
        return tuple(str(entry[wanted.key]) for entry in entries if wanted.key in entry)
