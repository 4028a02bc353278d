"""What a chart of a computed indicator shows of its slice: one base, one definition, one sector.

A line is a sector. Once an insurer, region or kind of provider is chosen, a line is the chosen
one or the whole country beside it, and the chart shows one sector at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.cubes import BREAKDOWN_OF, breaks_down, serves, slice_of
from dashboard.views.labels import ALL, COUNTRY
from dashboard.views.selecting import code_of, with_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Selection
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

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


def cube_base(ctx: Context, indicator: Indicator, bases: Sequence[str]) -> str | None:
    """Returns the first base of the catalogue on which the shown definition has a figure."""
    definition = definition_in_force(ctx, indicator)
    found = {
        cell.base
        for cell in ctx.cells(indicator)
        if definition is None or cell.category == definition
    }
    return next((base for base in bases if base in found), None)


def shown_cube(ctx: Context, indicator: Indicator, chosen: Selection) -> list[ValueCell]:
    """Returns the cells of a slice that a chart shows.

    Args:
        ctx: The page.
        indicator: The computed indicator.
        chosen: The choices, with the base in force.
    """
    cells = _of_choice(ctx, indicator, chosen)
    sector = sector_in_force(ctx, indicator, cells)
    return [cell for cell in cells if sector in (None, cell.sector_code)]


def sector_in_force(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str | None:
    """Returns the one sector that a chart shows; None where it shows all of them."""
    present = sectors_of(ctx, cells)
    if len(present) < 2 or not one_sector_only(ctx, indicator):
        return present[0] if len(present) == 1 else None
    wanted = str(indicator.headline.where.get("sector_code", ""))
    return wanted if wanted in present else present[0]


def one_sector_only(ctx: Context, indicator: Indicator) -> bool:
    """Says whether a chart has room for one sector only: lines or bars then tell more."""
    return indicator.chart != "trend" or breaks_down(ctx.selection)


def sectors_of(ctx: Context, cells: Sequence[ValueCell]) -> list[str]:
    """Returns the sectors of cells in the order of the vocabulary."""
    order = list(ctx.catalogue.sectors)
    return sorted({cell.sector_code for cell in cells}, key=order.index)


def sectors_on_offer(ctx: Context, indicator: Indicator) -> list[str]:
    """Returns the sectors that a chart of one sector can show, whatever sector is chosen."""
    return sectors_of(ctx, ctx.cells(indicator))


def _of_choice(ctx: Context, indicator: Indicator, chosen: Selection) -> list[ValueCell]:
    sectors = with_parts(chosen.sectors, ctx.catalogue) if chosen.sectors else None
    definition = definition_in_force(ctx, indicator)
    cells = [
        cell
        for cell in ctx.data.cube(slice_of(ctx, indicator, chosen))
        if (sectors is None or cell.sector_code in sectors)
        and (chosen.years is None or _within(cell, chosen.years))
        and chosen.base in (None, cell.base)
        and definition in (None, cell.category)
    ]
    asked = [name for name in BREAKDOWN_OF if getattr(chosen, name) is not None]
    for name in asked:
        # Without any cell of what is chosen the page says why, and shows no other in its place.
        if not any(code_of(cell, name) != _NOT_SPLIT[name] for cell in cells):
            return []
    return cells


def _within(cell: ValueCell, years: tuple[int, int]) -> bool:
    return cell.period_year is not None and years[0] <= cell.period_year <= years[1]


def not_together(indicator: Indicator, selection: Selection) -> bool:
    """Says whether filters are chosen that this figure serves, but not in combination."""
    asked = [name for name in BREAKDOWN_OF if getattr(selection, name) is not None]
    return len(asked) > 1 and not serves(indicator, asked)
