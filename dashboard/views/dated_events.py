"""Rules, funding and agreements beside the figures: which a chart shows, and how each is told."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.figures import EventMark
from dashboard.text import day
from dashboard.views.block_parts import ChartEvent, ChartEvents, Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import DatedEvent, Indicator

EVENTS_ID = "events"
"""Where all events stand on the page about the method."""
_WITH_YEARS = frozenset({"trend", "terms"})
"""The charts whose x axis counts years."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_YEAR_FORM, _MONTH_FORM = 4, 7
_LEAP = 2000


@dataclass(frozen=True)
class ShownEvent:
    """An event of a chart with its letter; `breaks` where it cuts a series that is shown."""

    letter: str
    event: DatedEvent
    breaks: bool


def shown_events(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]
) -> tuple[ShownEvent, ...]:
    """Returns the events between the first and last year of a chart, the earliest first.

    What comes back every year stands at the same place in each, so it is told in words and
    not drawn.
    """
    years = [cell.period_year for cell in cells if cell.period_year]
    if indicator.chart not in _WITH_YEARS or not years:
        return ()
    sectors = {cell.sector_code for cell in cells if cell.period_year}
    found = [
        event
        for event in about(ctx, indicator)
        if _lies_in(event, min(years), max(years))
        and sectors.intersection(event.sectors or sectors)
    ]
    found.sort(key=lambda event: (_starts(event), _ends(event) or 0.0, event.id))
    return tuple(
        ShownEvent(letter, event, cuts(event, indicator, cells))
        for letter, event in zip(_LETTERS, found, strict=False)
    )


def about(ctx: Context, indicator: Indicator) -> list[DatedEvent]:
    """Returns the events that bear on an indicator, once each and not every year."""
    cutting = {one.event for one in indicator.breaks}
    return [
        event
        for event in ctx.catalogue.events.values()
        if event.yearly is None and (event.id in cutting or indicator.topic in event.topics)
    ]


def cuts(event: DatedEvent, indicator: Indicator, cells: Sequence[ValueCell]) -> bool:
    """Says whether an event breaks a series that is shown."""
    for one in indicator.breaks:
        years = [
            cell.period_year
            for cell in cells
            if cell.period_year and (not one.sectors or cell.sector_code in one.sectors)
        ]
        if one.event == event.id and years and min(years) <= one.after < max(years):
            return True
    return False


def event_marks(indicator: Indicator, events: Sequence[ShownEvent]) -> tuple[EventMark, ...]:
    """Returns the events for the axis of a chart.

    A figure over a whole year stands in the middle of that year; a contract starts at its
    first day.
    """
    shift = 0.0 if indicator.chart == "terms" else -0.5
    return tuple(
        EventMark(
            letter=one.letter,
            start=_starts(one.event) + shift,
            end=None if (end := _ends(one.event)) is None else end + shift,
            breaks=one.breaks,
        )
        for one in events
    )


def chart_events(ctx: Context, events: Sequence[ShownEvent]) -> ChartEvents | None:
    """Makes the key of the letters under a chart, with a link to all that is known."""
    if not events:
        return None
    return ChartEvents(
        ctx.words("event_axis.label"),
        tuple(
            ChartEvent(one.letter, _sentence(ctx, one, "event_axis.item"), breaks=one.breaks)
            for one in events
        ),
        events_link(ctx, ctx.words("event_axis.more")),
    )


def events_alt(ctx: Context, events: Sequence[ShownEvent]) -> str:
    """Says in the text alternative which events stand on the axis; nothing where none does."""
    if not events:
        return ""
    told = "; ".join(
        ctx.words(
            "event_axis.lettered", letter=one.letter, text=_sentence(ctx, one, "event_axis.alt")
        )
        for one in events
    )
    return ctx.words("event_axis.on_axis", events=told)


def cell_events(
    ctx: Context, indicator: Indicator, cell: ValueCell, letters: Mapping[str, str] | None = None
) -> str:
    """Names the events that begin or end in the year of a cell and bear on it.

    Args:
        ctx: The page.
        indicator: What the cell is of.
        cell: The cell.
        letters: Letters of events by their id, where a list near the table explains them.
    """
    begun, ended = [], []
    for event in _of_cell(ctx, indicator, cell):
        name = (letters or {}).get(event.id) or title_with_date(ctx, event)
        if event.first_year == cell.period_year:
            begun.append(name)
        elif event.last_year == cell.period_year:
            ended.append(ctx.words("event_axis.ends", event=name))
    # What begins comes first: after an end, it would read as ending too.
    return "; ".join([*begun, *ended])


def events_in_force(ctx: Context, indicator: Indicator, cell: ValueCell) -> str:
    """Names the events that begin, hold or end in the year of a cell, for a row on its own."""
    return "; ".join(
        title_with_date(ctx, event)
        for event in _of_cell(ctx, indicator, cell)
        if cell.period_year is not None and _lies_in(event, cell.period_year, cell.period_year)
    )


def _of_cell(ctx: Context, indicator: Indicator, cell: ValueCell) -> list[DatedEvent]:
    """Returns the events that a chart of this cell would show, or that break its series."""
    breaking = {one.event for one in indicator.breaks if applies(one.sectors, cell)}
    drawn = indicator.chart in _WITH_YEARS
    if cell.period_year is None:
        return []
    return [
        event
        for event in about(ctx, indicator)
        if applies(event.sectors, cell) and (drawn or event.id in breaking)
    ]


def applies(sectors: Sequence[str], cell: ValueCell) -> bool:
    """Says whether something that is said of some sectors is said of a cell; none means all."""
    return not sectors or cell.sector_code in sectors


def title_with_date(ctx: Context, event: DatedEvent) -> str:
    """Names an event with the date that is known of it."""
    title = event.title.text(ctx.locale)
    return ctx.words("event_axis.dated", title=title, when=when(ctx, event))


def when(ctx: Context, event: DatedEvent) -> str:
    """Writes when an event was, as far as is known: a day, a month, years or every year."""
    words = ctx.words
    if event.yearly is not None:
        # The year only tells how the day is written; a leap year has every day.
        month_day = day(f"{_LEAP}-{event.yearly}", ctx.locale).replace(f" {_LEAP}", "")
        return words("event_axis.every_year", day=month_day)
    since = ctx.labels.period(event.since) if event.since else ""
    until = ctx.labels.period(event.until) if event.until else ""
    if not until:
        return words("event_axis.since", since=since)
    if not since:
        return words("event_axis.until", until=until)
    return since if since == until else words("event_axis.span", since=since, until=until)


def events_link(ctx: Context, text: str) -> Link:
    """Links to the list of all events."""
    return Link(text, f"{ctx.href(ctx.to('method'))}#{EVENTS_ID}")


def _sentence(ctx: Context, one: ShownEvent, key: str) -> str:
    text = title_with_date(ctx, one.event)
    return ctx.words(f"{key}_break" if one.breaks else key, event=text)


def _lies_in(event: DatedEvent, first: int, last: int) -> bool:
    begins = event.first_year if event.first_year is not None else first
    ends = event.last_year if event.last_year is not None else begins
    return begins <= last and ends >= first


def _starts(event: DatedEvent) -> float:
    """Turns the first day that a date can mean into a year with its fraction."""
    return _at(event.since, after=False) if event.since else _at(event.until or "", after=False)


def _ends(event: DatedEvent) -> float | None:
    """Turns the last day that a date can mean into a year with its fraction."""
    return _at(event.until, after=True) if event.until else None


def _at(text: str, *, after: bool) -> float:
    year = int(text[:_YEAR_FORM])
    if len(text) == _YEAR_FORM:
        return float(year + after)
    month = int(text[5:_MONTH_FORM])
    if len(text) == _MONTH_FORM:
        return year + (month - 1 + after) / 12
    passed = date.fromisoformat(text).timetuple().tm_yday - 1 + after
    return year + passed / (366 if isleap(year) else 365)
