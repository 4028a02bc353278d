"""The picture of a chart: a drawn figure, a map of tiles, dated events or voices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from dashboard.figures import (
    FIGURES,
    EventMark,
    FigureStyle,
    figure_height,
    marked_example,
    with_events,
)
from dashboard.views.blocks import Event, Events, Figure, Voice
from dashboard.views.cells import ValueCell, distinct, text_of
from dashboard.views.conflicts import figure_source, side_voice, sides_of, statement
from dashboard.views.cubes import is_example
from dashboard.views.headlines import within
from dashboard.views.labels import capital
from dashboard.views.plots import Plot, plot
from dashboard.views.selecting import without
from dashboard.views.shown import shown_cells
from dashboard.views.tiles import tile_map

if TYPE_CHECKING:
    from dashboard.views.blocks import TileMap
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


@dataclass(frozen=True)
class Size:
    """How large a figure is drawn on a wide screen; None takes the figure's own size."""

    pixels: int | None = None
    height: int | None = None


FULL = Size()
SMALL = Size(pixels=568, height=250)
WIDE_BACKGROUND = Size(pixels=752, height=270)


@dataclass(frozen=True)
class Picture:
    """What carries the picture; only one of the kinds is filled."""

    figure: Figure | None = None
    figure_narrow: Figure | None = None
    height: int = 0
    height_narrow: int = 0
    tiles: TileMap | None = None
    events: Events | None = None
    voices: tuple[Voice, ...] = ()


def draw(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    size: Size,
    events: Sequence[EventMark] = (),
) -> Picture:
    """Makes the picture that the catalogue asks for with `chart:`, with events on its axis."""
    own = _OWN.get(indicator.chart)
    if own is not None:
        return own(ctx, indicator, cells)
    planned = plot(ctx, indicator, cells)
    units = distinct(cell.unit for cell in cells if cell.unit)
    suffix = ctx.labels.suffix(units[0] if len(units) == 1 else indicator.unit)
    style = FigureStyle(
        locale=ctx.locale,
        unit_suffix=suffix,
        decimals=indicator.decimals,
        pixels=size.pixels,
        height=size.height,
        example=ctx.words("example.tag") if is_example(cells) else "",
    )
    wide = _figure(planned, style, events)
    narrow = _figure(planned, replace(style, width="narrow", pixels=None, height=None), events)
    return Picture(
        figure=wide,
        figure_narrow=narrow,
        height=figure_height(wide),
        height_narrow=figure_height(narrow),
    )


def _figure(planned: Plot, style: FigureStyle, events: Sequence[EventMark]) -> Figure:
    drawn = FIGURES[planned.figure](planned.points, style=style, **planned.extra)
    return marked_example(with_events(drawn, events, style), style)


def _events(ctx: Context, _indicator: Indicator, cells: Sequence[ValueCell]) -> Picture:
    """Dated events, oldest first; a list, never a trend."""
    items = []
    for cell in sorted(cells, key=lambda cell: (cell.period or "", cell.key)):
        rows = ctx.data.figures_by_id(cell.figure_ids)
        remark = "caveat_nl" if ctx.locale == "nl" else "caveat"
        text = text_of(rows[0][remark]) if rows else ""
        items.append(
            Event(
                date=ctx.values.period(cell),
                title=capital(ctx.labels.category(cell.category)),
                text=capital(text or ctx.values.short(cell)),
                source=figure_source(ctx, rows, event=True) if rows else None,
            )
        )
    return Picture(events=Events(tuple(items), ctx.words("events.incomplete")))


def _voices(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Picture:
    """What each party says, side by side, each with its own number."""
    told: list[Voice] = []
    done: set[str] = set()
    shown = {figure for cell in cells for figure in cell.figure_ids}
    for side in sides_of(ctx, indicator):
        if shown.intersection(side.figure_ids):
            told.append(side_voice(ctx, side))
            done.update(side.figure_ids)
    told += [_voice(ctx, cell) for cell in cells if not done.intersection(cell.figure_ids)]
    return Picture(voices=tuple(told))


def _voice(ctx: Context, cell: ValueCell) -> Voice:
    rows = ctx.data.figures_by_id(cell.figure_ids)
    if cell.kind == "statement" and rows:
        return statement(ctx, rows[0], headline=capital(ctx.labels.category(cell.category)))
    party: Any = cell.voice or "source"
    return Voice(
        who=ctx.words(f"voice_title.{party}"),
        voice=party,
        headline=ctx.values.full(cell),
        text=_said(ctx, cell),
        source=figure_source(ctx, rows) if rows else None,
        bar=_bar(cell),
    )


def _said(ctx: Context, cell: ValueCell) -> str:
    base = ctx.labels.base(cell.base) if cell.unit == "percent" else ""
    where = within(ctx.labels.sector_short(cell.sector_code), ctx)
    parts = [base, ctx.labels.category(cell.category), where, ctx.values.period(cell)]
    return capital(", ".join(part for part in parts if part))


def _bar(cell: ValueCell) -> tuple[float, Literal["exact", "less_than", "more_than"]] | None:
    if cell.unit != "percent":
        return None
    if cell.kind == "bound_low" and cell.value_low is not None:
        return cell.value_low, "more_than"
    if cell.kind == "bound_high" and cell.value_high is not None:
        return cell.value_high, "less_than"
    return None if cell.value is None else (cell.value, "exact")


def _tiles(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Picture:
    """The map keeps all regions when one is chosen, and marks the chosen one."""
    around = shown_cells(ctx, indicator, without(ctx.selection, "region"))
    return Picture(tiles=tile_map(ctx, indicator, around or cells))


_OWN: dict[str, Callable[[Context, Indicator, Sequence[ValueCell]], Picture]] = {
    "events": _events,
    "voices": _voices,
    "tiles": _tiles,
}
