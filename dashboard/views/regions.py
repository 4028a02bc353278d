"""All regions: a tile map of one figure, the chosen region beside it, and the table of all."""

from __future__ import annotations

from dataclasses import replace
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
from dashboard.views.headlines import Headline, headline, plain_headline, within
from dashboard.views.labels import ALL, capital
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
    rows_of_places,
)
from dashboard.views.places import provinces, region_has_page, regions_on_map, today_of
from dashboard.views.provenance import citation, notices, source_notes
from dashboard.views.region_facts import region_line
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
        *refused_notices(ctx, choice.refused),
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


def headline_of_place(ctx: Context, choice: Choice, code: str) -> Headline | None:
    """Writes the finding of one place; None where it has no number of its own."""
    cells = [one for one in choice.cells if today_of(ctx.catalogue, choice.kind, one) == code]
    if len(cells) != 1 or not cells[0].has_number:
        return None
    found = plain_headline(ctx, choice.indicator, cells)
    if not is_example(cells):
        return found
    return replace(found, parts=(Text(f"{ctx.words('example.sentence')} "), *found.parts))


def plain_title(ctx: Context, choice: Choice) -> str:
    """Writes what the page shows where there is no finding; of invented data it says so first."""
    own, name = own_words(ctx), choice.indicator.text(ctx.locale).title
    # A title that says already that it is by region does not say so twice.
    kind = choice.kind if own(f"{choice.kind}s.by") not in name else "insurer"
    title = own(f"{kind}s.headline", title=name, period=period_of(ctx, choice))
    return ctx.words("example.heading", title=title) if is_example(choice.cells) else title


def period_of(ctx: Context, choice: Choice) -> str:
    """Writes the period of what is shown: a month where all were measured in that month."""
    periods = {ctx.values.period(cell) for cell in choice.cells}
    return periods.pop() if len(periods) == 1 else str(choice.year)


def found_among(ctx: Context, choice: Choice, rows: Sequence[Row]) -> str:
    """Says how many places differ from the whole, or the lowest and the highest value."""
    own, kind = own_words(ctx), choice.kind
    cells = [row.one for row in rows if row.one is not None]
    compared = [cell for cell in cells if cell.comparison]
    if any(cell.comparison != "undetermined" for cell in compared):
        counts = {
            name: sum(cell.comparison == name for cell in compared)
            for name in ("higher", "lower", "similar", "undetermined")
        }
        return own(f"found.compared.{kind}", **counts)
    valued = sorted(
        (cell for cell in cells if cell.value is not None), key=lambda cell: cell.value or 0.0
    )
    bounds = any(cell.has_number and cell.value is None for cell in cells)
    if bounds or len(valued) < _ENDS or valued[0].value == valued[-1].value:
        return ""
    low, high = ctx.values.short(valued[0]), ctx.values.short(valued[-1])
    return own(f"found.between.{kind}", low=low, high=high, period=period_of(ctx, choice))


_ENDS = 2


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
        note=own("map.scheme"),
        example=ctx.words("example.tag") if is_example(choice.cells) else "",
    )


def chosen_first(ctx: Context, choice: Choice) -> list[ValueCell]:
    """Returns the cells with those of the chosen place first, whose source is told first."""
    chosen = ctx.selection.region if choice.kind == "region" else ctx.selection.insurer
    return sorted(
        choice.cells, key=lambda cell: today_of(ctx.catalogue, choice.kind, cell) != chosen
    )


def _tile_link(ctx: Context, code: str) -> str:
    """A tile chooses its region; in plain files, which cannot choose, it leads to its page."""
    if ctx.flavour == "export":
        return ctx.href(ctx.to("region", code))
    return ctx.href(ctx.address.choose(region=code))


def subtitle(ctx: Context, choice: Choice) -> str:
    """Says measure, sector, answer and period of what is shown."""
    indicator = choice.indicator
    unit = capital(ctx.labels.unit_name(indicator.unit))
    if indicator.unit == "percent" and choice.base not in ("unknown", "none"):
        unit = f"{unit} {ctx.labels.base(choice.base)}"
    sector = within(ctx.labels.sector_short(choice.sector), ctx) if choice.sector != ALL else ""
    category = ctx.labels.category(choice.category) if len(choice.categories) > 1 else ""
    insurer = ctx.selection.insurer
    who = ctx.labels.insurer(insurer) if insurer and choice.kind == "region" else ""
    who = who if any(cell.insurer_code == insurer for cell in choice.cells) else ""
    parts = (unit, sector, within(category, ctx), who, period_of(ctx, choice))
    return ", ".join(part for part in parts if part)


def view_links(ctx: Context, picture: str) -> tuple[Link, ...]:
    """Map or table; plain files show both."""
    if ctx.flavour == "export":
        return ()
    view, choose_ = ctx.selection.view, ctx.address.choose
    return (
        ctx.link(picture, choose_(view="chart"), current=view == "chart"),
        ctx.link(ctx.words("chart.view_table"), choose_(view="table"), current=view == "table"),
    )


def sector_links(ctx: Context, choice: Choice) -> tuple[Link, ...]:
    """The sectors of a figure, as a choice right above the map where there are only a few."""
    if ctx.flavour == "export" or not 1 < len(choice.sectors) <= _FEW:
        return ()
    return tuple(
        ctx.link(
            capital(ctx.labels.sector_short(code)),
            ctx.address.choose(sectors=(code,)),
            current=code == choice.sector,
        )
        for code in choice.sectors
    )


_FEW = 3


def caption_of(ctx: Context, choice: Choice) -> str:
    """Writes what the table of all places is about; of invented data it says so first."""
    title, about = choice.indicator.text(ctx.locale).title, subtitle(ctx, choice)
    caption = own_words(ctx)("table.caption", title=title, about=about)
    if is_example(choice.cells):
        return ctx.words("example.caption", caption=caption)
    return caption


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


def order_choice(ctx: Context, choice: Choice) -> list[Block]:
    """Offers the orders of the table, in words."""
    links = order_links(ctx, choice)
    if not links:
        return []
    own = own_words(ctx)
    return [Paragraph((Text(f"{own('order.label')}: "), links[0], Text(" · "), links[1]), "note")]


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
