"""Shares as dots with their margin, a row each, under headings."""

from __future__ import annotations

import pandas as pd

from dashboard.figures.frame import read_marks
from dashboard.figures.row_marks import limit_shapes, point_traces
from dashboard.figures.rows import RowText, percent_ticks, plan_rows, rows_layout
from dashboard.figures.style import Figure, FigureStyle, empty_figure


def share_dots_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws every share on a scale of 0 to 100%, with its interval where there is one.

    Institutions are filled diamonds, free practices open squares, both in the colour of
    their sector. The value and the count ("9 van 52") stand at the end of the row.

    Args:
        points: One row per mark: series (a provider group or a sector; gives the marker),
            series_label (the row's name, unless row_label has one), value, label; optional
            heading, row_label, sector (gives the colour), detail, n_label, ci_low, ci_high,
            kind with low and high, status. A row without a value keeps its label.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "share_dots", ("series", "series_label", "value", "label"))
    if not marks:
        return empty_figure(style)
    texts = [RowText(m.heading, m.row_label, m.detail, m.label, m.n_label) for m in marks]
    rows = plan_rows(texts, style, pitch=46 if len(marks) <= 12 else 38)
    ticks, words = percent_ticks(style)
    layout = rows_layout(rows, ticks=ticks, texts=words)
    placed = [(row.middle, mark) for row, mark in zip(rows.rows, marks, strict=True)]
    layout["shapes"] += limit_shapes(placed, style)
    return {"data": point_traces(placed, style), "layout": layout}
