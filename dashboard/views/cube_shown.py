"""What a chart of a computed indicator shows of its slice: one base, one definition, one sector.

A line is a sector. Once an insurer, region or kind of provider is chosen, a line is the chosen
one or the whole country beside it, and the chart shows one sector at a time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.views.cubes import BREAKDOWN_OF, breaks_down, most_specific, serves, slice_of
from dashboard.views.labels import ALL, COUNTRY
from dashboard.views.selecting import code_of, with_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Selection
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator
    from warehouse.cube import Slice

_NO_BASE = frozenset({"unknown", "none"})
_BY_ANSWER = frozenset({"category", "series"})
_NOT_SPLIT = {"insurer": ALL, "region": COUNTRY, "provider": ALL}


def has_definitions(indicator: Indicator) -> bool:
    """Says whether the categories of an indicator are definitions, of which one is shown.

    Where a line or a part of a bar is a category, the categories are answers and stand together.
    """
    return indicator.series not in _BY_ANSWER


def definitions(ctx: Context, indicator: Indicator) -> tuple[str, ...]:
    """Returns the definitions of a figure in their order; empty where there is one or none."""
    if not has_definitions(indicator):
        return ()
    codes = ctx.data.options(indicator.id, examples=ctx.selection.examples)["category"]
    if len(codes) < 2:
        return ()
    order = [ALL, *ctx.catalogue.categories]
    return tuple(sorted(codes, key=order.index))


def definition_in_force(ctx: Context, indicator: Indicator) -> str | None:
    """Returns the one definition that is shown; None where there is no choice."""
    offered = definitions(ctx, indicator)
    if not offered:
        return None
    for code in (ctx.selection.category, str(indicator.headline.where.get("category", ""))):
        if code in offered:
            return code
    return offered[0]


def base_in_force(ctx: Context, indicator: Indicator) -> str | None:
    """Returns the one base that is shown: the chosen one, else the first that has a figure.

    A chosen base on which the definition has no figure leaves the chart empty, and the page
    says so; it is never exchanged for another.
    """
    bases = tuple(base for base in indicator.bases if base not in _NO_BASE)
    if ctx.selection.base in bases and len(bases) > 1:
        return ctx.selection.base
    definition = definition_in_force(ctx, indicator)
    pairs = ctx.data.options(indicator.id, examples=ctx.selection.examples)["category_bases"]
    found = {base for category, base in pairs if definition in (None, category)}
    return next((base for base in bases if base in found), None)


def shown_cube(
    ctx: Context, indicator: Indicator, selection: Selection | None = None
) -> Sequence[ValueCell]:
    """Returns the cells of a slice that a chart shows: one base, one definition.

    Args:
        ctx: The page.
        indicator: The computed indicator.
        selection: Another selection than that of the page, e.g. without its region.
    """
    chosen = selection or ctx.selection
    offered = sectors_on_offer(ctx, indicator)
    if chosen.sectors:
        parts = with_parts(chosen.sectors, ctx.catalogue)
        offered = [code for code in offered if code in parts]
    if not offered:
        return ()
    if len(offered) == 1 or not one_sector_only(indicator, chosen):
        return _read(ctx, indicator, chosen, offered)
    wanted = str(indicator.headline.where.get("sector_code", ""))
    first = [wanted] if wanted in offered else offered[:1]
    return _read(ctx, indicator, chosen, first) or _any_sector(ctx, indicator, chosen, offered)


def _any_sector(
    ctx: Context, indicator: Indicator, chosen: Selection, offered: Sequence[str]
) -> Sequence[ValueCell]:
    """Returns the cells of the first sector that what is chosen has figures of."""
    cells = _read(ctx, indicator, chosen, offered)
    depth = most_specific(cells)
    present = [code for code in offered if any(cell.sector_code == code for cell in depth)]
    return [cell for cell in cells if cell.sector_code in present[:1]]


def _read(
    ctx: Context, indicator: Indicator, chosen: Selection, sectors: Sequence[str]
) -> Sequence[ValueCell]:
    cells = ctx.data.cube(narrow(ctx, indicator, chosen, sectors))
    years = chosen.years or standard_years(ctx, indicator, chosen)
    if years is not None:
        cells = [cell for cell in cells if _within(cell, years)]
    for name in BREAKDOWN_OF:
        # Without any cell of what is chosen the page says why, and shows no other in its place.
        asked = getattr(chosen, name) is not None
        if asked and not any(code_of(cell, name) != _NOT_SPLIT[name] for cell in cells):
            return ()
    return cells


def standard_years(
    ctx: Context, indicator: Indicator, chosen: Selection | None = None
) -> tuple[int, int] | None:
    """Returns the years that are shown until a reader chooses some; None for all of them.

    A row per answer and year makes a chart of dots longer than a screen: the newest year leads.
    Of an insurer that went up in another that is a year before the newest of all.
    """
    if indicator.chart != "share_dots" or has_definitions(indicator):
        return None
    selection = chosen or ctx.selection
    years = ctx.data.options(indicator.id, examples=ctx.selection.examples)["period_year"]
    if breaks_down(selection):
        part = most_specific(ctx.data.cube(narrow(ctx, indicator, selection, None)))
        years = [cell.period_year for cell in part if cell.period_year is not None] or years
    return (max(years), max(years)) if years else None


def narrow(
    ctx: Context, indicator: Indicator, chosen: Selection, sectors: Sequence[str] | None
) -> Slice:
    """Returns the slice of a page on the base and the definition in force."""
    base, definition = base_in_force(ctx, indicator), definition_in_force(ctx, indicator)
    return replace(
        slice_of(ctx, indicator, chosen),
        sectors=None if sectors is None else tuple(sectors),
        bases=None if base is None else (base,),
        categories=None if definition is None else (definition,),
    )


def one_sector_only(indicator: Indicator, chosen: Selection) -> bool:
    """Says whether a chart has room for one sector only: lines or bars then tell more."""
    return indicator.chart != "trend" or breaks_down(chosen)


def sectors_on_offer(ctx: Context, indicator: Indicator) -> list[str]:
    """Returns the sectors of a figure in the order of the vocabulary."""
    order = list(ctx.catalogue.sectors)
    found = ctx.data.options(indicator.id, examples=ctx.selection.examples)["sector_code"]
    return sorted(found, key=order.index)


def _within(cell: ValueCell, years: tuple[int, int]) -> bool:
    return cell.period_year is not None and years[0] <= cell.period_year <= years[1]


def not_together(indicator: Indicator, selection: Selection) -> bool:
    """Says whether filters are chosen that this figure serves, but not in combination."""
    asked = [name for name in BREAKDOWN_OF if getattr(selection, name) is not None]
    return len(asked) > 1 and not serves(indicator, asked)
