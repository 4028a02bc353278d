"""What the files of a source must look like: a contract per source, closed and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from etl.column import CodeList, Column, Known, Name, holds
from etl.errors import ContractError, Fault
from warehouse.catalogue.reading import Place, Reader, read_yaml
from warehouse.catalogue.schema import Entry

PROJECT = Path(__file__).resolve().parent.parent
CONTRACTS = PROJECT / "etl" / "contracts"
CATALOGUE = PROJECT / "warehouse" / "catalogue"

Encoding = Literal["utf-8", "cp1252"]


class OtherForm(Entry):
    """How the files of some periods are written, as far as that differs."""

    periods: Annotated[tuple[str, ...], Field(min_length=1)]
    encodings: Annotated[tuple[Encoding, ...], Field(min_length=1)] | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    decimal_mark: Literal[".", ","] | None = None
    date_format: str | None = None

    @property
    def changes(self) -> dict[str, object]:
        """What is different in these periods."""
        return self.model_dump(exclude_none=True, exclude={"periods"})


class FileForm(Entry):
    """How the files of a source are written."""

    encodings: Annotated[tuple[Encoding, ...], Field(min_length=1)]
    """Tried in this order; the one that fits is reported with the delivery."""
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)]
    decimal_mark: Literal[".", ","]
    date_format: str = "%Y-%m-%d"
    allowed_reject_share: Annotated[Decimal, Field(ge=0, lt=1)]
    by_period: tuple[OtherForm, ...] = ()


class UniqueKey(Entry):
    """Columns that together occur once, in one file or in all files of the source."""

    columns: Annotated[tuple[Name, ...], Field(min_length=1)]
    within: Literal["file", "source"] = "source"


class RestRow(Entry):
    """A row for everything that could not be placed: these columns are blank in it.

    A column that the file does not have counts as blank; at least one must be there.
    """

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
    one_of: tuple[Annotated[tuple[Name, ...], Field(min_length=2)], ...] = ()
    """Groups of columns of which a file has exactly one."""
    unknown_columns_like: str | None = None
    """Columns of this form, such as "kosten_*", are likely to come; they are refused in words
    that say what to add."""
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [column.name for column in self.columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        used = {name for key in self.unique for name in key.columns}
        used |= set(self.rest_row.blank) if self.rest_row else set()
        used |= {name for group in self.one_of for name in group}
        unknown = sorted(used - set(names))
        if twice:
            wrong = f"columns named twice: {', '.join(twice)}"
        elif unknown:
            wrong = (
                f"unique, rest_row and one_of name columns that are not there: {', '.join(unknown)}"
            )
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
    period: str = ""
    """The period whose files it speaks of; blank before that is known."""
    in_plain_form: bool = False
    """Whether the form is that of all periods, though its period has one of its own."""

    @property
    def source(self) -> str:
        """Name of the source, which is also the name of its raw table."""
        return self.terms.source

    @property
    def optional(self) -> frozenset[str]:
        """Columns that a file may lack."""
        alone = {column.name for column in self.terms.columns if column.optional}
        return frozenset(alone.union(*self.terms.one_of))

    @property
    def last_line(self) -> int:
        """The line after which a new column is written."""
        inside = (line for place, line in self.lines.items() if place[:1] == ("columns",))
        return max(inside, default=1)

    def for_period(self, period: str) -> Contract:
        """Give the contract as it holds for files of one period.

        Args:
            period: The period of the delivery.

        Returns:
            The contract with the form of that period, and with the lines where that is said.
        """
        if period == self.period:
            return self
        form, lines = self.terms.file, dict(self.lines)
        for position, other in enumerate(form.by_period):
            if holds(other.periods, period):
                form = form.model_copy(update=other.changes)
                # Any bytes are text in cp1252, but few that are not UTF-8 pass for it.
                encodings = dict.fromkeys([*self.terms.file.encodings, *form.encodings])
                form = form.model_copy(update={"encodings": tuple(encodings)})
                for name in other.changes:
                    lines["file", name] = self.line("file", "by_period", position, name)
        terms = self.terms.model_copy(update={"file": form})
        return replace(self, terms=terms, lines=lines, period=period)

    def forms(self, period: str) -> tuple[Contract, ...]:
        """Give the forms that a file of one period may have, the most likely first.

        A form under `by_period` is what one supplier did; a file in the form that the contract
        has for all periods is as good.

        Args:
            period: The period of the delivery.
        """
        if self.period:
            return (self,)
        special = self.for_period(period)
        plain = replace(self, period=period, in_plain_form=True)
        marks = ("delimiter", "decimal_mark", "date_format")
        differs = any(
            getattr(special.terms.file, mark) != getattr(plain.terms.file, mark) for mark in marks
        )
        encodings = special.terms.file.encodings
        form = plain.terms.file.model_copy(update={"encodings": encodings})
        plain = replace(plain, terms=plain.terms.model_copy(update={"file": form}))
        return (special, plain) if differs else (special,)

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
            strange = _strange_codes(column, codes.get(column.name, ()))
            if strange:
                place = lines.get(("columns", position, "recode"), 1)
                reader.report(path, place, f"recode leads to unknown codes: {', '.join(strange)}")
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


def _strange_codes(column: Column, codes: Sequence[str]) -> list[str]:
    """Find the codes that a recoding leads to and the list does not have."""
    wanted = {code for recode in column.recodes for code in recode.words.values()}
    return sorted(wanted - set(codes))


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
