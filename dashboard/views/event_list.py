"""The list of all dated events, with what is known of each and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Block, Facts, Inline, Link, Paragraph, Section, Text
from dashboard.views.contract_year import contract_year, in_order
from dashboard.views.dated_events import EVENTS_ID, when
from dashboard.views.provenance import document_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import DatedEvent

_COURT_CASES = "court_cases"


def events_section(ctx: Context) -> Section:
    """Makes the part of a page that lists rules, funding, agreements and the contracting year."""
    words = ctx.words
    every = ctx.catalogue.events.values()
    dated = sorted(
        (event for event in every if event.yearly is None),
        key=lambda event: (event.since or event.until or "", event.id),
    )
    yearly = in_order(tuple(every))
    blocks: list[Block] = [_facts(ctx, dated, "event-list")]
    if _COURT_CASES in ctx.catalogue.indicators:
        title = ctx.catalogue.indicators[_COURT_CASES].text(ctx.locale).title
        parts = (
            Text(f"{words('event_axis.court_cases')} "),
            ctx.link(title, ctx.to("indicator", _COURT_CASES)),
        )
        blocks.append(Paragraph(parts))
    blocks.append(
        Section(
            words("event_axis.calendar"),
            (contract_year(ctx, yearly), _facts(ctx, yearly, "calendar-list")),
            id="calendar",
            lead=words("event_axis.calendar_lead"),
        )
    )
    return Section(
        words("event_axis.title"), tuple(blocks), id=EVENTS_ID, lead=words("event_axis.lead")
    )


def _facts(ctx: Context, events: Sequence[DatedEvent], id_: str) -> Facts:
    items = []
    for event in events:
        title = event.title.text(ctx.locale)
        items.append(
            (ctx.words("event_axis.dated", title=title, when=when(ctx, event)), _told(ctx, event))
        )
    return Facts("", tuple(items), id=id_)


def _told(ctx: Context, event: DatedEvent) -> tuple[Inline, ...]:
    """Tells what an event means, what is not certain of it, what it breaks, and its sources."""
    words = ctx.words
    parts: list[Inline] = []
    if event.yearly is None:
        kind = ctx.catalogue.event_kinds[event.kind].text(ctx.locale)
        parts.append(Text(f"{words('event_axis.kind', kind=kind)} "))
    parts.append(Text(event.text.text(ctx.locale)))
    if event.doubt is not None:
        parts.append(Text(f" {words('event_axis.doubt')} ", strong=True))
        parts.append(Text(event.doubt.text(ctx.locale)))
    return (*parts, *_broken(ctx, event), *_places(ctx, event))


def _broken(ctx: Context, event: DatedEvent) -> list[Inline]:
    """Links to the indicators whose series an event breaks."""
    broken = [
        one
        for one in ctx.catalogue.indicators.values()
        if any(cut.event == event.id for cut in one.breaks)
    ]
    parts: list[Inline] = []
    for position, indicator in enumerate(broken):
        gap = ", " if position else f" {ctx.words('event_axis.cuts')} "
        title = indicator.text(ctx.locale).title
        parts.append(Text(gap, strong=not position))
        parts.append(ctx.link(title, ctx.to("indicator", indicator.id)))
    return [*parts, Text(".")] if parts else []


def _places(ctx: Context, event: DatedEvent) -> list[Inline]:
    """Names every document with the place in it, and links to it where its address is known."""
    if not event.sources:
        return [Text(f" {ctx.words('event_axis.unchecked')}")]
    parts: list[Inline] = [Text(f" {ctx.words('event_axis.source')} ", strong=True)]
    for position, source in enumerate(event.sources):
        document = ctx.catalogue.documents[source.document]
        link = document_link(ctx, document)
        title: Inline = Text(document.title, lang="nl")
        if link is not None:
            title = Link(document.title, link.href, external=True, lang="nl")
        if position:
            parts.append(Text("; "))
        parts += [title, Text(", "), Text(source.locator, lang="nl")]
    return [*parts, Text(".")]
