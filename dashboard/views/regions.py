"""All regions: a tile map of one figure, the chosen region beside it, and the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from dashboard.views.examples import example_notices
from dashboard.views.filters import not_applied_notices, unknown_notices
from dashboard.views.headlines import Headline, headline, within
from dashboard.views.navigation import page
from dashboard.views.place_choice import Choice, choose
from dashboard.views.place_filters import place_filters, refused_notices
from dashboard.views.place_panel import place_panel
from dashboard.views.place_table import (
    TABLE_ID,
    Row,
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
    sector_links,
    subtitle,
    view_links,
)
from dashboard.views.places import provinces, region_has_page, regions_on_map
from dashboard.views.provenance import citation, notices, source_notes
from dashboard.views.region_facts import region_line
from dashboard.views.revised import counted_revisions
from dashboard.views.tiles import region_tiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord

_NOT_HERE = ("provider",)


def regions_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of all regions for the choices in its address."""
    own = own_words(ctx)
    choice = choose(ctx, "region")
    title = own("regions.title")
    before: list[Block] = [
        *unknown_notices(ctx, unknown),
        *not_applied_notices(ctx, _NOT_HERE),
        *example_notices(ctx),
    ]
    crumb = Link(title, ctx.href(ctx.to("regions")))
    if choice is None:
        return page(
            ctx,
            title=title,
            lead=own("regions.lead"),
            breadcrumbs=(Link(title, ctx.href(ctx.address), current=True),),
            blocks=[*before, _nothing(ctx), _province_links(ctx)],
        )
    name = choice.indicator.text(ctx.locale).title
    head = _headline(ctx, choice)
    rows = rows_of_places(ctx, choice, [one.code for one in regions_on_map(ctx.catalogue)])
    blocks: list[Block] = [
        *before,
        *refused_notices(ctx, [*choice.refused, *refused_order(ctx, choice)]),
        place_filters(ctx, choice),
        _map(ctx, choice, rows),
    ]
    if ctx.selection.view == "chart":
        blocks.append(_table(ctx, choice, rows))
    blocks += [*_provinces(ctx, choice), _province_links(ctx)]
    return page(
        ctx,
        title=head.text if head else plain_title(ctx, choice),
        title_parts=head.parts if head else (),
        lead=found_among(ctx, choice, rows) or choice.indicator.text(ctx.locale).question,
        kicker=own("regions.kicker", title=within(name, ctx)),
        breadcrumbs=(crumb, Link(name, ctx.href(ctx.address), current=True)),
        blocks=blocks,
        description=own("regions.lead"),
        data={"headline_cells": [cell.key for cell in head.cells] if head else []},
    )


def _headline(ctx: Context, choice: Choice) -> Headline | None:
    """Writes the finding of the chosen region, or the sentence of the catalogue on a map."""
    if ctx.selection.region is not None:
        return headline_of_place(ctx, choice, ctx.selection.region)
    if choice.indicator.chart != "tiles":
        return None
    found = headline(ctx, choice.indicator, choice.cells)
    return found if found.own else None


def _map(ctx: Context, choice: Choice, rows: Sequence[Row]) -> Chart:
    own, indicator = own_words(ctx), choice.indicator
    words = indicator.text(ctx.locale)
    about = subtitle(ctx, choice)
    on_map = [cell for row in rows for cell in row.cells]
    chosen = ctx.selection.region
    line = region_line(ctx, chosen) if chosen else ""
    more = (
        ctx.link(own("panel.more", name=ctx.labels.region(chosen)), ctx.to("region", chosen))
        if region_has_page(ctx.catalogue, chosen) and chosen
        else None
    )
    as_table = ctx.selection.view == "table"
    label = own("map.label", title=words.title, about=about)
    return Chart(
        id="map",
        title=words.title,
        subtitle=own("map.subtitle", about=about),
        headline="",
        alt=label,
        table=places_table(
            ctx, choice, rows, caption_of(ctx, choice), id_="" if as_table else TABLE_ID
        ),
        tiles=region_tiles(ctx, on_map, label, lambda code: _tile_link(ctx, code)),
        sources=source_notes(ctx, chosen_first(ctx, choice)),
        notices=notices(ctx, indicator, choice.cells),
        csv=ctx.csv_link(ctx.address, ctx.words("chart.csv")),
        more=ctx.link(
            ctx.words("chart.more"),
            ctx.to("indicator", indicator.id),
            label=ctx.words("chart.more_label", title=words.title),
        ),
        view_links=view_links(ctx, own("map.view")),
        show_table=as_table,
        base_label=own("order.label") if as_table else ctx.words("filter.sector"),
        base_links=order_links(ctx, choice) if as_table else sector_links(ctx, choice),
        cite=citation(ctx, words.title, choice.cells),
        cite_title=ctx.words("cite.title"),
        place=place_panel(ctx, choice, chosen, text=line, link=more),
        table_at="" if as_table else TABLE_ID,
        note=_notes(ctx, on_map),
        example=ctx.words("example.tag") if is_example(choice.cells) else "",
    )


def _notes(ctx: Context, cells: Sequence[ValueCell]) -> str:
    """Says how the map is drawn, and how many of its values were changed since."""
    told = (own_words(ctx)("map.scheme"), counted_revisions(ctx, cells, "note"))
    return " ".join(part for part in told if part)


def _tile_link(ctx: Context, code: str) -> str:
    """A tile chooses its region; in plain files, which cannot choose, it leads to its page."""
    if ctx.flavour == "export":
        return ctx.href(ctx.to("region", code))
    return ctx.href(ctx.address.choose(region=code))


def _table(ctx: Context, choice: Choice, rows: Sequence[Row]) -> Section:
    own = own_words(ctx)
    return Section(
        own("regions.all"),
        (
            *order_choice(ctx, choice),
            places_table(ctx, choice, rows, caption_of(ctx, choice)),
        ),
        id="regions-table",
        lead=order_note(ctx, choice),
    )


def _provinces(ctx: Context, choice: Choice) -> list[Section]:
    """Makes the table of the provinces, where the figure has cells of them."""
    codes = [one.code for one in provinces(ctx.catalogue)]
    known = {cell.region_code for cell in choice.cells}
    if not known.intersection(codes):
        return []
    own = own_words(ctx)
    rows = rows_of_places(ctx, choice, codes)
    table = places_table(ctx, choice, rows, caption_of(ctx, choice), id_="all-provinces")
    title, lead = own("regions.provinces"), own("regions.provinces_lead")
    return [Section(title, (table,), id="provinces-table", lead=lead)]


def _province_links(ctx: Context) -> Section:
    own = own_words(ctx)
    links = tuple(
        (ctx.link(one.text(ctx.locale), ctx.to("region", one.code)), "")
        for one in provinces(ctx.catalogue)
    )
    return Section(own("regions.province_pages"), (LinkList(links),), id="province-pages")


def _nothing(ctx: Context) -> EmptyState:
    own = own_words(ctx)
    return EmptyState(
        id="no-regions",
        mark="no_data",
        kicker=own("regions.title"),
        title=own("regions.nothing"),
        text=(Paragraph((Text(own("regions.nothing_text")),)),),
        links=(ctx.link(ctx.words("menu.overview"), ctx.to("overview")),),
    )
