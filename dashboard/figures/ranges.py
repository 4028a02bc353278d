"""Durations as the source words them: from–to as a block, "longer than" as an arrow."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.axes import nice_ticks, tick_texts
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.labels import Spot, annotate, block, text_width
from dashboard.figures.row_marks import limit_shapes, point_traces
from dashboard.figures.rows import RowText, plan_rows, rows_layout
from dashboard.figures.shapes import ARROW
from dashboard.figures.style import Figure, FigureStyle, empty_figure

_WHOLE = 100.0


def ranges_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws ranges as blocks and limits as arrows to the open side, on one scale from 0.

    Args:
        points: One row per mark: series (a sector; gives the colour), series_label (the
            row's name, unless row_label has one), low, high, kind, label (the words of the
            source, "meestal 1 tot 3 maanden"); optional value for points, detail (second
            line of the row's name), heading, sector, n_label. A row with neither value nor
            limit keeps its words.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "ranges", ("series", "series_label", "low", "high", "label"))
    if not marks:
        return empty_figure(style)
    reached = ((mark.low, mark.high, mark.value, mark.ci_high) for mark in marks)
    ends = [end for mark in reached for end in mark if end is not None]
    # An arrow needs room that is not a value: as much again as a step of the scale.
    ticks = nice_ticks(0, max([*ends, 1.0]) * 1.5, lines=6)
    texts = [RowText(mark.heading, mark.row_label, mark.detail) for mark in marks]
    rows = plan_rows(texts, style, pitch=54, bold=True, right=_room(marks, style))
    layout = rows_layout(rows, ticks=ticks, texts=_texts(ticks, style))
    placed = [(row.middle, mark) for row, mark in zip(rows.rows, marks, strict=True)]
    layout["shapes"] += limit_shapes(placed, style)
    scale = (style.drawing_width - rows.left - rows.right) / ticks[-1]
    for y, mark in placed:
        at, shift = _end(mark)
        room = style.drawing_width - rows.left - at * scale - shift - 4
        words = ", ".join(part for part in (mark.label, mark.n_label) if part)
        text = block([(words, style.colour("ink"), True)], size=14, width=max(room, 70))
        spot = Spot(shift, 0, "left")
        layout["annotations"] += annotate(text, x=at, y=y, spot=spot, name="value")
    return {"data": point_traces(placed, style), "layout": layout}


def _texts(ticks: list[float], style: FigureStyle) -> list[str]:
    """The numbers of the scale; past 100% there is room for words, and no number."""
    if style.unit_suffix.strip() != "%":
        return tick_texts(ticks, style)
    named = [tick for tick in ticks if tick <= _WHOLE] or ticks
    return [*tick_texts(named, style), *[""] * (len(ticks) - len(named))]


def _end(mark: Mark) -> tuple[float, float]:
    """Where the words begin: the last value of the mark, and pixels past it."""
    if mark.kind == "bound_low":
        return mark.limit or 0.0, ARROW + 10.0
    if mark.kind in ("image", "suppressed"):
        return 0.0, 44.0
    ends = (mark.low, mark.high, mark.value, mark.ci_high)
    return max([end for end in ends if end is not None] or [0.0]), 12.0


def _room(marks: list[Mark], style: FigureStyle) -> float:
    longest = max(text_width(mark.label, 14, bold=True) for mark in marks)
    return min(longest * 0.5, style.drawing_width * 0.15) + 20
