"""A region map of equal tiles: a small region is as visible as a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Tile, TileMap
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.selecting import region_today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator, Region

_SHADES = 5


def mapped_sector(indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Returns the one sector that the map shows: the chosen one, else that of the headline."""
    present = distinct(cell.sector_code for cell in cells)
    wanted = str(indicator.headline.where.get("sector_code", ""))
    return wanted if wanted in present else present[-1]


def tile_map(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> TileMap:
    """Makes the map of one sector and period; regions without a value say why."""
    sector = mapped_sector(indicator, cells)
    shown = [cell for cell in cells if cell.sector_code == sector]
    period = ctx.values.period(shown[0]) if shown else ""
    label = ctx.words(
        "tiles.label",
        title=indicator.text(ctx.locale).title,
        sector=ctx.labels.sector_short(sector),
        period=period,
    )
    return region_tiles(
        ctx, shown, label, lambda code: ctx.href(ctx.address.choose(region=code)), only_known=True
    )


def region_tiles(
    ctx: Context,
    cells: Sequence[ValueCell],
    label: str,
    href: Callable[[str], str],
    *,
    only_known: bool = False,
) -> TileMap:
    """Makes the map of cells of one figure, sector and period.

    Args:
        ctx: The page; the region of its selection is marked.
        cells: At most one cell per region, but for regions that became one.
        label: What the map shows.
        href: Writes the link of a tile from the code of its region.
        only_known: Whether a region without any cell has no link.
    """
    per_region: dict[str, list[ValueCell]] = {}
    for cell in cells:
        per_region.setdefault(region_today(cell.region_code, ctx.catalogue), []).append(cell)
    single = [group[0] for group in per_region.values() if len(group) == 1]
    on_map = [one for one in ctx.catalogue.regions.values() if one.row and one.column]
    codes = {region.code for region in on_map}
    classes = shade_classes(
        [
            cell.value
            for cell in single
            if cell.value is not None and region_today(cell.region_code, ctx.catalogue) in codes
        ]
    )
    return TileMap(
        label=label,
        tiles=tuple(
            _tile(
                ctx,
                region,
                own := per_region.get(region.code, []),
                classes,
                href(region.code) if own or not only_known else None,
            )
            for region in on_map
        ),
        legend=tuple(
            (step, _legend(ctx, low, high, single)) for step, (low, high) in enumerate(classes, 1)
        ),
        no_value_text=ctx.words("tiles.no_value"),
    )


def _tile(
    ctx: Context,
    region: Region,
    cells: Sequence[ValueCell],
    classes: Sequence[tuple[float, float]],
    href: str | None,
) -> Tile:
    value = cells[0].value if len(cells) == 1 else None
    reason = None
    if len(cells) > 1:
        # Two old regions became one; their values cannot be added or averaged.
        reason = ctx.words("tiles.old_regions", count=len(cells))
    elif value is None:
        reason = ctx.values.short(cells[0]) if cells else ctx.words("value.none")
    step = next(
        (
            position
            for position, (low, high) in enumerate(classes, start=1)
            if value is not None and low <= value <= high
        ),
        0,
    )
    return Tile(
        row=region.row or 0,
        column=region.column or 0,
        name=region.text(ctx.locale),
        abbreviation=region.abbreviation or region.code,
        label="–" if value is None else _number(ctx, value, cells[0]),
        step=step,
        href=href,
        selected=ctx.selection.region == region.code,
        reason=reason,
        provisional=_waiting(ctx, cells),
    )


def _waiting(ctx: Context, cells: Sequence[ValueCell]) -> str:
    waits = len(cells) == 1 and cells[0].status == "provisional" and cells[0].has_number
    return ctx.labels.status("provisional") if waits else ""


def _number(ctx: Context, value: float, cell: ValueCell) -> str:
    """Writes the number of a tile; a share of few answers as the count that it is."""
    return ctx.values.short(cell) if cell.is_count_share else ctx.values.plain(value, cell)


def shade_classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """Divides values into at most five classes of about equal size; equals stay together."""
    ordered = sorted(values)
    classes: list[tuple[float, float]] = []
    start = 0
    for shade in range(1, _SHADES + 1):
        end = round(len(ordered) * shade / _SHADES)
        while start < end < len(ordered) and ordered[end] == ordered[end - 1]:
            end += 1
        if end > start:
            classes.append((ordered[start], ordered[end - 1]))
            start = end
    return classes


def _legend(ctx: Context, low: float, high: float, cells: Sequence[ValueCell]) -> str:
    first, last = (ctx.values.plain(end, cells[0]) for end in (low, high))
    return first if low == high else f"{first}–{last}"
