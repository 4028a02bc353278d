"""The contracting year as a picture: the days that come back, on a line of months."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from dashboard.figures import CalendarDay, FigureStyle, calendar_figure, figure_height
from dashboard.text import month_year
from dashboard.views.block_parts import ChartEvent, ChartEvents, SourceNote
from dashboard.views.blocks import Cell, Chart, Table, Text
from dashboard.views.cells import distinct
from dashboard.views.dated_events import title_with_date, when
from dashboard.views.labels import capital
from dashboard.views.provenance import document_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import DatedEvent

_FIRST_MONTH = 4
"""A contracting year begins when the purchasing policy of the next year is known."""
_MONTHS = 10
_YEAR = 2001
_SHORT = 3


def in_order(events: Sequence[DatedEvent]) -> list[DatedEvent]:
    """Returns the days that come back, in the order of a contracting year."""
    return sorted((one for one in events if one.yearly is not None), key=_months)


def contract_year(ctx: Context, events: Sequence[DatedEvent]) -> Chart:
    """Makes the picture of the contracting year, with the same days in a table and in words."""
    words = ctx.words
    title = words("event_axis.calendar_chart")
    lettered = list(zip("ABCDEFGHIJ", events, strict=False))
    days = [CalendarDay(letter=letter, months=_months(event)) for letter, event in lettered]
    names = [
        month_year(f"{_YEAR}-{(_FIRST_MONTH + place - 1) % 12 + 1:02d}", ctx.locale)[:_SHORT]
        for place in range(_MONTHS)
    ]
    wide = calendar_figure(days, names, style=FigureStyle(ctx.locale))
    narrow = calendar_figure(days, names, style=FigureStyle(ctx.locale, width="narrow"))
    told = [(letter, title_with_date(ctx, event)) for letter, event in lettered]
    listed = "; ".join(
        words("event_axis.lettered", letter=letter, text=text) for letter, text in told
    )
    return Chart(
        id="contract-year",
        title=title,
        subtitle="",
        headline="",
        alt=words("event_axis.calendar_alt", events=listed),
        table=_table(ctx, title, events),
        figure=wide,
        figure_narrow=narrow,
        height=figure_height(wide),
        height_narrow=figure_height(narrow),
        dated=ChartEvents(
            words("event_axis.calendar_key"),
            tuple(ChartEvent(letter, text) for letter, text in told),
        ),
        sources=_sources(ctx, events),
    )


def _sources(ctx: Context, events: Sequence[DatedEvent]) -> tuple[SourceNote, ...]:
    """Names each document that tells of these days, with the places in it."""
    places: dict[str, list[str]] = {}
    for event in events:
        for source in event.sources:
            places.setdefault(source.document, []).append(source.locator)
    return tuple(
        SourceNote(
            heading="",
            document=ctx.catalogue.documents[document].title,
            locator="; ".join(distinct(found)),
            locator_label=ctx.words("source.locator"),
            link=document_link(ctx, ctx.catalogue.documents[document]),
        )
        for document, found in places.items()
    )


def _months(event: DatedEvent) -> float:
    """Counts the months since the contracting year began."""
    month, day = (int(part) for part in (event.yearly or "01-01").split("-"))
    return (month - _FIRST_MONTH) % 12 + (day - 1) / monthrange(_YEAR, month)[1]


def _table(ctx: Context, title: str, events: Sequence[DatedEvent]) -> Table:
    rows = tuple(
        (
            Cell((Text(capital(when(ctx, event))),), header=True),
            Cell((Text(event.title.text(ctx.locale)),)),
        )
        for event in events
    )
    columns = (ctx.words("event_axis.column_when"), ctx.words("event_axis.column_what"))
    return Table(caption=title, columns=columns, rows=rows)
