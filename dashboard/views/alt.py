"""The text alternative of a chart, computed from the cells that are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.cells import ValueCell
from dashboard.views.headlines import about_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_MOST_VALUES = 6
_MOST_SERIES = 8


def alt_text(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says what kind of chart it is and which values it shows, series by series.

    A long series is told by its first, lowest, highest and last value, and the reader is
    pointed to the table for the rest; nothing is rounded or left unsaid in between.
    """
    words = ctx.words
    series: dict[str, list[ValueCell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.year):
        series.setdefault(about_cell(ctx, cell, cells), []).append(cell)
    told = [_told(ctx, name, group) for name, group in list(series.items())[:_MOST_SERIES]]
    if len(series) > _MOST_SERIES:
        told.append(
            words.count(
                "alt.more_series", len(series) - _MOST_SERIES, more=len(series) - _MOST_SERIES
            )
        )
    kind = words(f"chart_kind.{indicator.chart}")
    title = indicator.text(ctx.locale).title
    return words("alt.text", kind=kind, title=title, series=" ".join(told))


def _told(ctx: Context, name: str, cells: Sequence[ValueCell]) -> str:
    shown = list(cells)
    short = ""
    numbered = [cell for cell in cells if cell.value is not None]
    if len(cells) > _MOST_VALUES and len(numbered) > 3:
        ends = [
            numbered[0],
            min(numbered, key=lambda cell: cell.value or 0.0),
            max(numbered, key=lambda cell: cell.value or 0.0),
            numbered[-1],
        ]
        shown = sorted(dict.fromkeys(ends), key=lambda cell: cell.year)
        short = ctx.words("alt.of_values", shown=len(shown), all=len(cells))
    values = "; ".join(_value(ctx, cell) for cell in shown)
    head = f"{name}: " if name else ""
    return f"{head}{values}{short}."


def _value(ctx: Context, cell: ValueCell) -> str:
    period = ctx.values.period(cell)
    value = ctx.values.full(cell)
    if cell.status in ("provisional", "superseded", "corrected"):
        value = f"{value} ({ctx.labels.status(cell.status)})"
    return f"{period} {value}" if period else value
