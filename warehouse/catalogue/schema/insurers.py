"""Insurers under the names they use, and the legal persons behind them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warehouse.catalogue.schema.words import Bilingual, Code, Entry, Locale, Words


class Insurer(Entry):
    """An insurer, in the name it uses itself (the same in both languages).

    A letter that stands for an insurer in one table (`pseudonym`) has words per language.
    """

    code: Code
    name: Words
    kind: Literal["concern", "label", "care_office", "all", "pseudonym"]
    concern: Code | None = None
    nl: Words | None = None
    en: Words | None = None
    valid_from: int | None = None
    """First year in which it exists under this name."""
    valid_to: int | None = None
    """Last year in which it exists under this name."""
    successor: Code | None = None
    """The insurer that goes on after `valid_to`."""
    change: Bilingual | None = None
    """What happened after `valid_to`, in one sentence with both names."""
    invented: bool = False
    """No insurer of the real world: it may stand in example data only."""

    def text(self, locale: Locale) -> str:
        """Return the name; `all` and letters have words per language."""
        return (self.nl if locale == "nl" else self.en) or self.name


class Allegiance(Entry):
    """The concern that a risk bearer belongs to, and in which years."""

    concern: Code
    since: int | None = None
    until: int | None = None


class RiskBearer(Entry):
    """A legal person that bears the risk of policies, known by its UZOVI code."""

    uzovi: Code
    name: Words
    concerns: tuple[Allegiance, ...] = Field(min_length=1)
    source: Words
    """Where code, name and concern were found; "verzonnen" for an invented one."""
    invented: bool = False
