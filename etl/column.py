"""One column of a contract: its names, its type, and the rules for its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from warehouse.catalogue.schema import Bilingual, Entry

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Known = Annotated[str, StringConstraints(min_length=1)]
"""A fact about a delivery; where nobody knows it, it says "onbekend"."""

ColumnType = Literal["text", "integer", "decimal(18,4)", "date"]
RESERVED = ("delivery_id", "line")


def holds(periods: Sequence[str], period: str) -> bool:
    """Tell whether something that is said of some periods is said of this one.

    Args:
        periods: Years or months; none means every period. A year stands for its months.
        period: The period of a delivery.
    """
    return not periods or period in periods or period[:4] in periods


class Alias(Entry):
    """Another header for a column; without periods it holds in every period."""

    name: Known
    periods: tuple[str, ...] = ()


class CodeList(Entry):
    """A list of the catalogue whose codes a column may hold."""

    file: Known
    key: Known = "code"


class Recode(Entry):
    """Other words for the codes of a column; without periods they hold in every period."""

    words: Annotated[Mapping[Known, Known], Field(min_length=1)]
    periods: tuple[str, ...] = ()


class Column(Entry):
    """One column of a delivery."""

    name: Name
    type: ColumnType
    aliases: tuple[str | Alias, ...] = ()
    unit: str | None = None
    required: bool = False
    optional: bool = False
    """A file may lack the column; its cells are then missing."""
    trim: bool = False
    """Blanks around a value are no part of it."""
    codes: tuple[str, ...] = ()
    codes_from: CodeList | None = None
    recode: Recode | tuple[Recode, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str | None = None
    pattern_means: Bilingual | None = None
    is_period: bool = False
    """It says the year of the row, which is that of the delivery."""
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
            if isinstance(alias, str) or holds(alias.periods, period)
        )
        return (self.name, *others)

    @property
    def recodes(self) -> tuple[Recode, ...]:
        """The recodings, also where the contract gives only one."""
        return (self.recode,) if isinstance(self.recode, Recode) else self.recode

    def words(self, period: str) -> dict[str, str]:
        """Give the other words for codes in files of this period."""
        return {
            word: code
            for recode in self.recodes
            if holds(recode.periods, period)
            for word, code in recode.words.items()
        }

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = None
        if self.name in RESERVED:
            wrong = f'"{self.name}" is a name that the loader uses itself'
        elif self.type != "text" and (self.codes or self.codes_from or self.pattern or self.trim):
            wrong = "codes, pattern and trim are for text columns"
        elif self.codes and self.codes_from:
            wrong = "give either codes or codes_from"
        elif self.recodes and not (self.codes or self.codes_from):
            wrong = "recode is for columns with codes or codes_from"
        elif self.is_period and self.type != "integer":
            wrong = "is_period is for an integer column, which holds the year"
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
