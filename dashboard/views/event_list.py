"""The list of all dated events, with what is known of each and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Block, Cell, Inline, Link, Paragraph, Section, Table, Text
from dashboard.views.dated_events import EVENTS_ID, when
from dashboard.views.labels import capital
from dashboard.views.provenance import document_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import DatedEvent

_COLUMNS = ("when", "what", "text", "source")
_COURT_CASES = "court_cases"


def events_section(ctx: Context) -> Section:
    """Makes the part of a page that lists rules, funding, agreements and the contracting year."""
    words = ctx.words
    every = ctx.catalogue.events.values()
    dated = sorted(
        (event for event in every if event.yearly is None),
        key=lambda event: (event.since or event.until or "", event.id),
    )
    # A contracting year begins when the purchasing policy of the next year is known.
    yearly = sorted(
        (event for event in every if event.yearly is not None),
        key=lambda event: (event.yearly == "01-01", event.yearly),
    )
    blocks: list[Block] = [_table(ctx, words("event_axis.title"), dated, "event-list")]
    if _COURT_CASES in ctx.catalogue.indicators:
        title = ctx.catalogue.indicators[_COURT_CASES].text(ctx.locale).title
        parts = (
            Text(f"{words('event_axis.court_cases')} "),
            ctx.link(title, ctx.to("indicator", _COURT_CASES)),
        )
        blocks.append(Paragraph(parts))
    calendar = _table(ctx, words("event_axis.calendar"), yearly, "calendar-list")
    blocks.append(
        Section(
            words("event_axis.calendar"),
            (calendar,),
            id="calendar",
            lead=words("event_axis.calendar_lead"),
        )
    )
    return Section(
        words("event_axis.title"), tuple(blocks), id=EVENTS_ID, lead=words("event_axis.lead")
    )


def _table(ctx: Context, caption: str, events: Sequence[DatedEvent], id_: str) -> Table:
    rows = []
    for event in events:
        kind = ctx.catalogue.event_kinds[event.kind].text(ctx.locale)
        about = ctx.words("event_axis.dated", title=event.title.text(ctx.locale), when=kind)
        title = event.title.text(ctx.locale) if event.yearly else about
        cells: tuple[tuple[Inline, ...], ...] = (
            (Text(capital(when(ctx, event))),),
            (Text(title, strong=True),),
            _told(ctx, event),
            _places(ctx, event),
        )
        rows.append(
            tuple(
                Cell(
                    parts, header=position == 0, anchor=f"event-{event.id}" if not position else ""
                )
                for position, parts in enumerate(cells)
            )
        )
    return Table(
        caption=caption,
        columns=tuple(ctx.words(f"event_axis.column.{name}") for name in _COLUMNS),
        rows=tuple(rows),
        id=id_,
        caption_hidden=True,
        cards=True,
    )


def _told(ctx: Context, event: DatedEvent) -> tuple[Inline, ...]:
    """Tells what an event means, what is not certain of it, and which series it breaks."""
    words = ctx.words
    parts: list[Inline] = [Text(event.text.text(ctx.locale))]
    if event.doubt is not None:
        parts.append(Text(f" {words('event_axis.doubt')} ", strong=True))
        parts.append(Text(event.doubt.text(ctx.locale)))
    broken = [
        one
        for one in ctx.catalogue.indicators.values()
        if any(cut.event == event.id for cut in one.breaks)
    ]
    if broken:
        parts.append(Text(f" {words('event_axis.cuts')} ", strong=True))
        for position, indicator in enumerate(broken):
            title = indicator.text(ctx.locale).title
            parts += [
                Text(", " if position else ""),
                ctx.link(title, ctx.to("indicator", indicator.id)),
            ]
        parts.append(Text("."))
    return tuple(part for part in parts if part.text)


def _places(ctx: Context, event: DatedEvent) -> tuple[Inline, ...]:
    """Names every document with the place in it, and links to it where its address is known."""
    if not event.sources:
        return (Text(ctx.words("event_axis.unchecked")),)
    parts: list[Inline] = []
    for position, source in enumerate(event.sources):
        document = ctx.catalogue.documents[source.document]
        link = document_link(ctx, document)
        title: Inline = Text(document.title, lang="nl")
        if link is not None:
            title = Link(document.title, link.href, external=True, lang="nl")
        gap = ". " if position else ""
        parts += [Text(gap), title, Text(", "), Text(source.locator, lang="nl")]
    return tuple(part for part in parts if part.text)
