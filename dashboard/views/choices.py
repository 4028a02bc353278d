"""Choices above one chart: of what it is a share, which definition, which sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import ChartChoice, Link
from dashboard.views.cells import distinct
from dashboard.views.cube_shown import (
    definition_in_force,
    definitions,
    one_sector_only,
    sectors_on_offer,
)
from dashboard.views.cubes import is_cube
from dashboard.views.labels import capital
from dashboard.views.shown import alternative_bases, base_in_force, known_bases
from dashboard.views.tiles import mapped_sector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Address
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_CHOICE = 2


def base_choice(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> tuple[str, tuple[Link, ...]]:
    """Returns the first row of choices: the sector of a map, else the base of a percentage."""
    sectors = sector_links(ctx, indicator, cells, on_topic=on_topic)
    if indicator.chart == "tiles":
        return ctx.words("filter.sector" if sectors else "chart.base"), sectors
    return ctx.words("chart.base"), base_links(ctx, indicator)


def cube_choices(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> tuple[ChartChoice, ...]:
    """Returns the further rows of choices of a computed figure: its definition and its sector."""
    if not is_cube(indicator) or ctx.flavour == "export":
        return ()
    rows = [
        ChartChoice(ctx.words("chart.definition"), _definition_links(ctx, indicator, on_topic)),
        ChartChoice(
            ctx.words("filter.sector"), sector_links(ctx, indicator, cells, on_topic=on_topic)
        ),
    ]
    return tuple(row for row in rows if row.links)


def _definition_links(ctx: Context, indicator: Indicator, on_topic: bool) -> tuple[Link, ...]:  # noqa: FBT001
    """The definitions of a figure; a headline never appears without the one that is chosen."""
    if indicator.other_definitions:
        return _other_definitions(ctx, indicator)
    current = definition_in_force(ctx, indicator)
    own = _own(ctx, indicator, on_topic=on_topic)
    return tuple(
        ctx.link(
            capital(ctx.labels.category(code) or ctx.words("chart.total")),
            own.choose(category=code),
            current=code == current,
        )
        for code in definitions(ctx, indicator)
    )


def _other_definitions(ctx: Context, indicator: Indicator) -> tuple[Link, ...]:
    """The definitions that are figures of their own; each has its page, with the same filters."""
    every = ctx.catalogue.indicators
    group = [indicator, *(every[code] for code in indicator.other_definitions)]
    return tuple(
        ctx.link(
            one.text(ctx.locale).definition_name or one.text(ctx.locale).title,
            ctx.to("indicator", one.id, ctx.selection),
            current=one is indicator,
        )
        for one in sorted(group, key=lambda one: one.order)
    )


def sector_links(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> tuple[Link, ...]:
    """The sectors that a chart of one sector can show, one at a time.

    On a topic page they lead to the page of the figure itself: a choice of sector there would
    take the other charts away.
    """
    if ctx.flavour == "export":
        return ()
    if is_cube(indicator):
        if not one_sector_only(indicator, ctx.selection):
            return ()
        sectors, shown = sectors_on_offer(ctx, indicator), cells[0].sector_code if cells else ""
    elif indicator.chart == "tiles":
        sectors = list(distinct(cell.sector_code for cell in ctx.cells(indicator)))
        shown = mapped_sector(indicator, cells)
    else:
        return ()
    if len(sectors) < _CHOICE:
        return ()
    own = _own(ctx, indicator, on_topic=on_topic)
    return tuple(
        ctx.link(
            capital(ctx.labels.sector_short(code)),
            own.choose(sectors=(code,)),
            current=code == shown,
        )
        for code in sectors
    )


def _own(ctx: Context, indicator: Indicator, *, on_topic: bool) -> Address:
    return ctx.to("indicator", indicator.id, ctx.selection) if on_topic else ctx.address


def base_links(ctx: Context, indicator: Indicator) -> tuple[Link, ...]:
    """One base or another, where an indicator has more than one known base.

    Where the same answers are given on each base there is no choice of all of them: a chart
    would then show every answer twice. Voices each have a base of their own.
    """
    bases = known_bases(indicator)
    if len(bases) < _CHOICE or ctx.flavour == "export" or indicator.chart == "voices":
        return ()
    cells = ctx.cells(indicator)
    choice = alternative_bases(indicator, cells)
    if not choice and len(cells) <= len(bases):
        return ()
    current, standard = base_in_force(ctx, indicator), choice[0] if choice else None
    offered = [*choice] if choice else [None, *bases]
    return tuple(
        ctx.link(
            ctx.words("chart.base_all") if base is None else ctx.labels.base(base),
            ctx.address.choose(base=None if base == standard else base),
            current=base == current,
        )
        for base in offered
    )
