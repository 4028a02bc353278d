"""The vocabularies by which cells are told apart: topics, sectors, regions, answers, units."""

from __future__ import annotations

from typing import Literal

from warehouse.catalogue.schema.words import (
    Bilingual,
    Code,
    Entry,
    Locale,
    OrderedTerm,
    Term,
    Words,
)


class CountedUnit(OrderedTerm):
    """What a number of answers counts, with the word after the number one."""

    one: Bilingual


class Answer(OrderedTerm):
    """An answer, bucket or series; `counted` follows those who are counted: "met een stop"."""

    counted: Bilingual | None = None


class Topic(OrderedTerm):
    """One of the questions the site is built around."""

    slug: Bilingual
    question: Bilingual


class Subtopic(Term):
    """The topic word of a delivery, and the topic of the site it belongs to."""

    topic: Code


class Sector(OrderedTerm):
    """A sector of care; `parent` makes a tree."""

    parent: Code | None = None
    short: Bilingual | None = None


class Region(Term):
    """A care office region, province or country, with its place on the tile map."""

    kind: Literal["zorgkantoorregio", "province", "country", "unknown"]
    row: int | None = None
    column: int | None = None
    abbreviation: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successor: Code | None = None


class Suffix(Entry):
    """What follows a number; empty where nothing does."""

    nl: str = ""
    en: str = ""

    def text(self, locale: Locale) -> str:
        """Return the words in `locale`."""
        return self.nl if locale == "nl" else self.en


class Unit(Term):
    """A unit of measurement, and how a value in it is written."""

    suffix: Suffix = Suffix()
    suffix_one: Suffix | None = None
    """Where the word differs after the number one."""
    suffix_below_zero: Suffix | None = None
    """Where a number under zero is written without its sign, in words of its own."""
    decimals: int = 0
    is_name: bool = False
    """A number that names something, such as a calendar year: 2019, never 2.019."""
    order: int = 0


class BreakdownDimension(Bilingual):
    """By what figures are split; the code is the text of the delivery."""

    code: Words


class BreakdownValue(Bilingual):
    """A part that figures are split into; `value` is the text of the delivery."""

    value: Words


class ChangedQuestion(Bilingual):
    """A question that a wave asked in other words than the wave before; nl and en say how."""

    code: Code
    source: Code
    question: Code
    """Name of the column in the contract."""
    year: int
    """First wave with the new question."""
