"""All insurers: a chart of one figure, the chosen insurer beside it, and the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.alt import alt_text
from dashboard.views.blocks import (
    Block,
    Chart,
    EmptyState,
    Link,
    LinkList,
    Page,
    Paragraph,
    Section,
    Text,
)
from dashboard.views.compared import own_words
from dashboard.views.cubes import is_example
from dashboard.views.drawing import FULL, Picture, draw
from dashboard.views.examples import example_notices
from dashboard.views.filters import not_applied_notices, unknown_notices
from dashboard.views.headlines import within
from dashboard.views.insurer_facts import insurer_line, letters_notices
from dashboard.views.keys import key_of
from dashboard.views.navigation import page
from dashboard.views.place_choice import Choice, choose
from dashboard.views.place_filters import place_filters, refused_notices
from dashboard.views.place_panel import place_panel
from dashboard.views.place_table import (
    TABLE_ID,
    Row,
    by_value,
    order_links,
    order_note,
    places_table,
    refused_order,
    rows_of_places,
)
from dashboard.views.place_words import (
    caption_of,
    chosen_first,
    found_among,
    headline_of_place,
    order_choice,
    plain_title,
    subtitle,
    view_links,
)
from dashboard.views.places import insurers_with_page
from dashboard.views.provenance import citation, notices, source_notes
from dashboard.views.revised import counted_revisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord
    from warehouse.catalogue.schema import Indicator

_NOT_HERE = ("provider", "region")
_OF_ONE_VALUE = frozenset({"share_dots", "ranges", "counts", "terms"})
"""Charts that draw a row per insurer as they are; the others are drawn as rows here."""
_NAMED_BY_SERIES = frozenset({"terms", "counts"})
"""Charts that name a row by its series."""


def insurers_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of all insurers for the choices in its address."""
    own = own_words(ctx)
    choice = choose(ctx, "insurer")
    title = own("insurers.title")
    before: list[Block] = [
        *unknown_notices(ctx, unknown),
        *not_applied_notices(ctx, _NOT_HERE),
        *example_notices(ctx),
    ]
    if choice is None:
        return page(
            ctx,
            title=title,
            lead=own("insurers.lead"),
            breadcrumbs=(Link(title, ctx.href(ctx.address), current=True),),
            blocks=[*before, *letters_notices(ctx), _nothing(ctx), _every(ctx)],
        )
    name = choice.indicator.text(ctx.locale).title
    chosen = ctx.selection.insurer
    head = headline_of_place(ctx, choice, chosen) if chosen else None
    rows = rows_of_places(ctx, choice, list({cell.insurer_code for cell in choice.cells}))
    blocks: list[Block] = [
        *before,
        *refused_notices(ctx, [*choice.refused, *refused_order(ctx, choice)]),
        *letters_notices(ctx),
        place_filters(ctx, choice),
        _chart(ctx, choice, rows),
    ]
    if ctx.selection.view == "chart":
        blocks.append(_table(ctx, choice, rows))
    blocks.append(_every(ctx))
    return page(
        ctx,
        title=head.text if head else plain_title(ctx, choice),
        title_parts=head.parts if head else (),
        lead=found_among(ctx, choice, rows) or choice.indicator.text(ctx.locale).question,
        kicker=own("insurers.kicker", title=within(name, ctx)),
        breadcrumbs=(
            Link(title, ctx.href(ctx.to("insurers"))),
            Link(name, ctx.href(ctx.address), current=True),
        ),
        blocks=blocks,
        description=own("insurers.lead"),
        data={"headline_cells": [cell.key for cell in head.cells] if head else []},
    )


def _chart(ctx: Context, choice: Choice, rows: Sequence[Row]) -> Chart:
    own, indicator = own_words(ctx), choice.indicator
    words = indicator.text(ctx.locale)
    chosen = ctx.selection.insurer
    as_table = ctx.selection.view == "table"
    picture = _picture(ctx, choice, rows)
    insurer = ctx.catalogue.insurers.get(chosen or "")
    more = None
    if chosen is not None and insurer is not None:
        more = ctx.link(
            own("panel.more", name=ctx.labels.insurer(chosen)), ctx.to("insurer", chosen)
        )
    about = subtitle(ctx, choice)
    return Chart(
        id="insurers",
        title=words.title,
        subtitle=about,
        headline="",
        alt=alt_text(ctx, drawn_as(ctx, choice), choice.cells),
        table=places_table(
            ctx,
            choice,
            rows,
            caption_of(ctx, choice),
            id_="" if as_table else TABLE_ID,
        ),
        figure=picture.figure,
        figure_narrow=picture.figure_narrow,
        height=picture.height,
        height_narrow=picture.height_narrow,
        key=key_of(ctx, picture.figure, choice.cells),
        sources=source_notes(ctx, chosen_first(ctx, choice)),
        notices=notices(ctx, indicator, choice.cells),
        csv=ctx.csv_link(ctx.address, ctx.words("chart.csv")),
        more=ctx.link(
            ctx.words("chart.more"),
            ctx.to("indicator", indicator.id),
            label=ctx.words("chart.more_label", title=words.title),
        ),
        view_links=view_links(ctx, ctx.words("chart.view_chart")),
        show_table=as_table,
        base_label=own("order.label"),
        base_links=order_links(ctx, choice) if as_table else (),
        cite=citation(ctx, words.title, choice.cells),
        cite_title=ctx.words("cite.title"),
        place=place_panel(
            ctx, choice, chosen, text=insurer_line(ctx, insurer) if insurer else "", link=more
        ),
        table_at="" if as_table else TABLE_ID,
        note=counted_revisions(ctx, choice.cells, "note"),
        example=ctx.words("example.tag") if is_example(choice.cells) else "",
    )


def drawn_as(ctx: Context, choice: Choice) -> Indicator:
    """Returns the indicator as a chart with a row per insurer, by name as the table has them.

    Only where the reader asked for it do the rows stand in the order of their values.
    """
    indicator = choice.indicator
    chart = indicator.chart
    if chart not in _OF_ONE_VALUE:
        chart = "share_dots" if indicator.unit == "percent" else "ranges"
    by_name = chart not in _NAMED_BY_SERIES and not by_value(ctx, choice)
    series = "none" if by_name else "insurer_code"
    return indicator.model_copy(update={"chart": chart, "series": series})


def _picture(ctx: Context, choice: Choice, rows: Sequence[Row]) -> Picture:
    cells: list[ValueCell] = [cell for row in rows for cell in row.cells]
    return draw(ctx, drawn_as(ctx, choice), cells, FULL)


def _table(ctx: Context, choice: Choice, rows: Sequence[Row]) -> Section:
    own = own_words(ctx)
    caption = caption_of(ctx, choice)
    return Section(
        own("insurers.all"),
        (*order_choice(ctx, choice), places_table(ctx, choice, rows, caption)),
        id="insurers-table",
        lead=order_note(ctx, choice),
    )


def _every(ctx: Context) -> Section:
    own = own_words(ctx)
    links = tuple(
        (ctx.link(one.text(ctx.locale), ctx.to("insurer", one.code)), insurer_line(ctx, one))
        for one in insurers_with_page(ctx)
    )
    return Section(own("insurers.pages"), (LinkList(links),), id="insurer-pages")


def _nothing(ctx: Context) -> EmptyState:
    own = own_words(ctx)
    return EmptyState(
        id="no-insurers",
        mark="no_data",
        kicker=own("insurers.title"),
        title=own("insurers.nothing"),
        text=(Paragraph((Text(own("insurers.nothing_text")),)),),
        links=(ctx.link(ctx.words("menu.overview"), ctx.to("overview")),),
    )
