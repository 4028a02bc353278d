"""The text alternative of a chart, computed from the cells that are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.cells import ValueCell
from dashboard.views.cubes import is_example
from dashboard.views.headlines import Headline, about_cell, headline
from dashboard.views.labels import capital
from dashboard.views.revised import counted_revisions
from dashboard.views.selecting import region_today
from dashboard.views.tiles import mapped_sector

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_MOST_VALUES = 6
_MOST_SERIES = 8
_NAMED_STATUSES = frozenset({"provisional", "superseded", "corrected"})
_NEVER_LEFT_OUT = _NAMED_STATUSES | {"suppressed"}


def alt_text(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    head: Headline | None = None,
) -> str:
    """Says what kind of chart it is and which values it shows, series by series.

    A long series is told by its first, lowest, highest and last value, those of the headline
    and those that are replaced or provisional; the reader is pointed to the table for the rest.
    """
    words = ctx.words
    title = indicator.text(ctx.locale).title
    ended = title if title.endswith("?") else words("sentence.end", text=title)
    kind = words(f"chart_kind.{indicator.chart}")
    if is_example(cells):
        kind = words("example.alt", kind=kind)
    if indicator.chart == "tiles":
        shown = f"{_map(ctx, indicator, cells)} {counted_revisions(ctx, cells, 'alt')}".rstrip()
        return words("alt.text", kind=kind, title=ended, series=shown)
    series: dict[str, list[ValueCell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.year):
        series.setdefault(about_cell(ctx, cell, cells), []).append(cell)
    events = indicator.chart == "events"
    first = {cell.key for cell in (head or headline(ctx, indicator, cells)).cells}
    # The series of the headline comes first, so that it is never among those left to the table.
    ordered = sorted(series.items(), key=lambda item: first.isdisjoint(c.key for c in item[1]))
    told = [_told(ctx, name, group, first, events=events) for name, group in ordered[:_MOST_SERIES]]
    if len(series) > _MOST_SERIES:
        told.append(
            words.count(
                "alt.more_series", len(series) - _MOST_SERIES, more=len(series) - _MOST_SERIES
            )
        )
    told.append(counted_revisions(ctx, cells, "alt"))
    return words("alt.text", kind=kind, title=ended, series=" ".join(told).rstrip())


def _map(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says of a map which sector it shows, and its lowest and highest regions."""
    sector = mapped_sector(indicator, cells)
    here: dict[str, list[ValueCell]] = {}
    for cell in cells:
        if cell.sector_code == sector:
            here.setdefault(region_today(cell.region_code, ctx.catalogue), []).append(cell)
    # Regions that became one have no value of their own on the map.
    shown = [group[0] for group in here.values() if len(group) == 1]
    valued = sorted(
        (cell for cell in shown if cell.value is not None), key=lambda cell: cell.value or 0.0
    )
    if not valued:
        return ctx.words("value.none")

    def regions(value: float | None) -> str:
        names = [_today(ctx, cell) for cell in valued if cell.value == value]
        return and_list(names, ctx.locale)

    low, high = valued[0], valued[-1]
    return ctx.words(
        "alt.map",
        sector=capital(ctx.labels.sector_short(sector)),
        period=ctx.values.period(high),
        count=len(valued),
        low=ctx.values.short(low),
        low_regions=regions(low.value),
        high=ctx.values.short(high),
        high_regions=regions(high.value),
    )


def _today(ctx: Context, cell: ValueCell) -> str:
    return ctx.labels.region(region_today(cell.region_code, ctx.catalogue))


def _told(
    ctx: Context, name: str, cells: Sequence[ValueCell], first: Collection[str], *, events: bool
) -> str:
    shown = list(cells)
    short = ""
    numbered = [cell for cell in cells if cell.value is not None]
    if len(cells) > _MOST_VALUES and len(numbered) > 3:
        ends = [
            numbered[0],
            min(numbered, key=lambda cell: cell.value or 0.0),
            max(numbered, key=lambda cell: cell.value or 0.0),
            numbered[-1],
            *(cell for cell in cells if cell.key in first or cell.status in _NEVER_LEFT_OUT),
        ]
        shown = sorted(dict.fromkeys(ends), key=lambda cell: cell.year)
        short = ctx.words("alt.of_values", shown=len(shown), all=len(cells))
    if events:
        # An event is a date and a kind; that it counts as one says nothing.
        values = "; ".join(ctx.values.period(cell) for cell in shown)
    else:
        values = "; ".join(_value(ctx, cell) for cell in shown)
    head = f"{name}: " if name else ""
    return f"{head}{values}{short}."


def _value(ctx: Context, cell: ValueCell) -> str:
    period = ctx.values.period(cell)
    value = ctx.values.full(cell)
    if cell.status in _NAMED_STATUSES:
        value = f"{value} ({ctx.labels.status(cell.status)})"
    return f"{period} {value}" if period else value
