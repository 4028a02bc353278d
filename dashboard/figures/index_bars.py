"""Yearly index figures as bars: final, provisional, and what they were before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.figures.axes import tick_texts, widest
from dashboard.figures.frame import read_marks
from dashboard.figures.index_marks import year
from dashboard.figures.index_panel import ROW, Panel
from dashboard.figures.style import Figure, FigureStyle, base_layout, empty_figure


def index_bars_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws a bar per year, and a panel per series where there are several.

    A provisional value is hatched with a dashed outline. A superseded value is a dashed tick
    at its height and no bar, a first published value a ring. Highest and lowest year are
    labelled at their bars; the latest year, and every year with a value that was superseded or
    changed, at the right, or on a phone in lines above the bars.

    Args:
        points: One row per year and status: series, series_label (heading of its panel,
            where there are several), x (year), value, label ("6,00%"), status; optional
            x_label, detail (word beside the label: "vervangen"), sector (gives the colour).
            A year without a value is a gap.
        style: The figure's style; `height` is that of one panel (270 wide, 230 narrow).

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "index_bars", ("series", "x", "value", "label", "status"))
    marks = [m for m in marks if m.kind == "point" and m.x is not None and m.value is not None]
    if not marks:
        return empty_figure(style)
    names = list(dict.fromkeys(mark.series for mark in marks))
    height = style.height or (230 if style.narrow else 270)
    span = (min(map(year, marks)), max(map(year, marks)))

    def panels(width: float) -> list[Panel]:
        """Makes the panels for a width of the plot."""
        found = []
        for number, name in enumerate(names, start=1):
            own = [mark for mark in marks if mark.series == name]
            heading = own[0].series_label if len(names) > 1 else ""
            found.append(Panel(own, style, number, len(names), height, width, span, heading))
        return found

    # A phone names revised years in lines above the bars, which come on top of the height.
    height += ROW * max(len(panel.in_rows()) for panel in panels(1.0))
    drafts = panels(1.0)
    left = max(widest(tick_texts(panel.ticks, style)) for panel in drafts) + 14
    side = max(panel.side_width() for panel in drafts)
    right = side + 34 if side else 12.0
    layout = base_layout(style, height=height * len(names), margin=(left, right, 0, 0))
    traces: list[dict[str, Any]] = []
    for panel in panels(style.drawing_width - left - right):
        traces += panel.bars()
        layout |= panel.axes()
        layout["shapes"] += panel.outlines()
        layout["annotations"] += panel.labels()
    return {"data": traces, "layout": layout | {"barmode": "overlay"}}
