"""Dated events: versions of rules, changes in funding, agreements and the contracting year.

A date says what is known and no more: a day, a month or a year. An event whose series cannot
be compared before and after it says which: its `cuts` become breaks of those indicators.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from warehouse.catalogue.schema.words import Bilingual, Code, Entry, Words

CALENDAR = "calendar"
"""The kind of events that come back every year."""
_LEAP = 2000


def _real_date(text: str) -> str:
    """Refuse a day or month that no calendar has; the pattern lets 2022-13 pass."""
    year, month, day = (int(part) for part in (*text.split("-"), "1", "1")[:3])
    date(year, month, day)
    return text


def _real_day(text: str) -> str:
    month, day = (int(part) for part in text.split("-"))
    date(_LEAP, month, day)
    return text


When = Annotated[
    str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), AfterValidator(_real_date)
]
"""A day, a month or a year, whichever is known: 2022-01-01, 2022-01 or 2022."""
DayOfYear = Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$"), AfterValidator(_real_day)]
"""Month and day, for what comes back every year: 04-01."""


class EventSource(Entry):
    """Where an event is told: a document of the catalogue and the place in it."""

    document: Code
    locator: Words


class Cut(Bilingual):
    """Series that an event breaks after a year; nl and en are the words in the chart."""

    after: int
    indicators: tuple[Code, ...] = ()
    topics: tuple[Code, ...] = ()
    """Every indicator of these topics, besides those that are named."""
    sectors: tuple[Code, ...] = ()
    """Only these; without any, all sectors."""


class DatedEvent(Entry):
    """Something that happened, began, ended or comes back every year."""

    id: Code
    kind: Code
    since: When | None = None
    """First day, month or year; nothing where it is not known."""
    until: When | None = None
    """Last day, month or year; nothing where it goes on, ends the same day, or is not known."""
    yearly: DayOfYear | None = None
    """The day on which it comes back every year."""
    sectors: tuple[Code, ...] = ()
    """Only these; without any, all sectors."""
    topics: tuple[Code, ...] = ()
    """The topics whose charts show it; an indicator that it cuts shows it anyhow."""
    title: Bilingual
    text: Bilingual
    doubt: Bilingual | None = None
    """What its sources contradict, or what nobody knows of it."""
    sources: tuple[EventSource, ...] = ()
    checked: bool
    """False: it rests on general knowledge, and no source of the project says it."""
    contradictions: tuple[Code, ...] = ()
    cuts: tuple[Cut, ...] = Field(default=())

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.since or self.until or self.yearly):
            wrong = "say when: since, until or yearly"
        elif self.since and self.until and self.until < self.since[: len(self.until)]:
            wrong = f"it ends ({self.until}) before it begins ({self.since})"
        elif (self.kind == CALENDAR) != (self.yearly is not None):
            wrong = f'an event of kind "{CALENDAR}" has "yearly", and no other has'
        elif self.checked != bool(self.sources):
            wrong = 'give "sources", or say "checked: false" where none is known'
        elif any(not (cut.indicators or cut.topics) for cut in self.cuts):
            wrong = "a cut names the indicators or topics whose series it breaks"
        else:
            return self
        raise ValueError(wrong)

    @property
    def breaks(self) -> bool:
        """Whether series cannot be compared over it."""
        return bool(self.cuts)

    @property
    def first_year(self) -> int | None:
        """The year in which it begins, as far as that is known."""
        return int(self.since[:4]) if self.since else None

    @property
    def last_year(self) -> int | None:
        """The year in which it ends, as far as that is known."""
        return int(self.until[:4]) if self.until else None
