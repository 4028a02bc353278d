"""The words above and around a map or chart of all places: title, finding, subtitle, order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.views.blocks import Block, Link, Paragraph, Text
from dashboard.views.compared import own_words
from dashboard.views.cubes import is_example
from dashboard.views.headlines import Headline, plain_headline, within
from dashboard.views.labels import ALL, capital
from dashboard.views.place_table import order_links
from dashboard.views.places import today_of
from dashboard.views.provisional import period_told, status_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.place_choice import Choice
    from dashboard.views.place_table import Row

_ENDS = 2
_FEW = 3
"""Sectors that fit as a choice right above a map."""


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
    ends = (valued[0], valued[-1])
    low, high = map(ctx.values.short, ends)
    period = period_of(ctx, choice)
    told = period_told(ctx, ends, period)
    if told == period:
        # Of two ends of which one is provisional, that one is told of.
        low, high = low + status_told(ctx, ends[0]), high + status_told(ctx, ends[1])
    return own(f"found.between.{kind}", low=low, high=high, period=told)


def chosen_first(ctx: Context, choice: Choice) -> list[ValueCell]:
    """Returns the cells with those of the chosen place first, whose source is told first."""
    chosen = ctx.selection.region if choice.kind == "region" else ctx.selection.insurer
    return sorted(
        choice.cells, key=lambda cell: today_of(ctx.catalogue, choice.kind, cell) != chosen
    )


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


def caption_of(ctx: Context, choice: Choice) -> str:
    """Writes what the table of all places is about; of invented data it says so first."""
    title, about = choice.indicator.text(ctx.locale).title, subtitle(ctx, choice)
    caption = own_words(ctx)("table.caption", title=title, about=about)
    if is_example(choice.cells):
        return ctx.words("example.caption", caption=caption)
    return caption


def order_choice(ctx: Context, choice: Choice) -> list[Block]:
    """Offers the orders of the table, in words."""
    links = order_links(ctx, choice)
    if not links:
        return []
    own = own_words(ctx)
    return [Paragraph((Text(f"{own('order.label')}: "), links[0], Text(" · "), links[1]), "note")]
