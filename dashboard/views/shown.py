"""Which cells of an indicator a page shows: those of the selection, on one base at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.views import cube_shown
from dashboard.views.cubes import is_cube
from dashboard.views.selecting import select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Selection
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_SAME_ANSWER = (
    "sector_code", "period", "insurer_code", "region_code", "provider_group", "category", "voice",
)  # fmt: skip
_NO_BASE = frozenset({"unknown", "none"})


def known_bases(indicator: Indicator) -> tuple[str, ...]:
    """Returns what its percentages can be a percentage of, in the order of the catalogue."""
    return tuple(base for base in indicator.bases if base not in _NO_BASE)


def alternative_bases(indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[str, ...]:
    """Returns the bases on which the same answer is given; empty where there is no choice.

    Percentages of the same answers on two bases never stand in one chart: the reader sees
    the first base of the catalogue and can choose another.
    """
    if is_cube(indicator):
        bases = known_bases(indicator)
        return bases if len(bases) > 1 else ()
    on: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for cell in cells:
        on[tuple(str(getattr(cell, name)) for name in _SAME_ANSWER)].add(cell.base)
    several = {base for bases in on.values() if len(bases) > 1 for base in bases}
    return tuple(base for base in known_bases(indicator) if base in several)


def base_in_force(ctx: Context, indicator: Indicator) -> str | None:
    """Returns the one base that is shown: the chosen one, else the first where there is a choice.

    A choice of base is about the charts that have it; the others on the page stay whole.
    """
    if indicator.chart == "voices":
        return None
    if is_cube(indicator):
        return cube_shown.base_in_force(ctx, indicator)
    bases = known_bases(indicator)
    if ctx.selection.base in bases and len(bases) > 1:
        return ctx.selection.base
    choice = alternative_bases(indicator, ctx.cells(indicator))
    return choice[0] if choice else None


def shown_cells(
    ctx: Context, indicator: Indicator, selection: Selection | None = None
) -> list[ValueCell]:
    """Returns the cells of an indicator that a page shows.

    Args:
        ctx: The page with its selection.
        indicator: The indicator.
        selection: Another selection than that of the page, e.g. without its region.
    """
    if is_cube(indicator):
        return list(cube_shown.shown_cube(ctx, indicator, selection))
    chosen = replace(selection or ctx.selection, base=base_in_force(ctx, indicator))
    return select(ctx.cells(indicator), chosen, ctx.catalogue)
