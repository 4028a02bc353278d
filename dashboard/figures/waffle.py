"""A count as signs that can be counted: 37 of 87 contracts."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd

from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.key import key_of, marker_entry
from dashboard.figures.signs import count, sign_trace
from dashboard.figures.style import (
    Figure,
    FigureStyle,
    SeriesStyle,
    axis,
    base_layout,
    empty_figure,
    series_styles,
)

_SHAPES: Final = ("square", "circle-open", "diamond", "triangle-up-open", "cross", "square-open")


def waffle_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws every unit as a sign, category after category, with a key of the counts below.

    The first category is a filled square in the colour of its sector, the second an open
    circle in grey; further ones differ in shape.

    Args:
        points: One row per category: series, series_label, value (a whole count), label
            (words of the key: "37 contracten met een stop"); optional sector. A category
            without a count has no signs and stays out of the key.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "waffle", ("series", "series_label", "value", "label"))
    marks = [mark for mark in marks if count(mark)]
    if not marks:
        return empty_figure(style)
    signs = _signs(marks, style)
    entries = [marker_entry(m.label, sign, style) for m, sign in zip(marks, signs, strict=True)]
    key = key_of(entries, style, least=1)
    pitch = 16 if style.narrow else 19
    room = style.drawing_width - (38 if style.narrow else 16)
    total = sum(count(mark) for mark in marks)
    columns = min(30, room // pitch)
    lines = math.ceil(total / columns)
    plot = lines * pitch
    foot = round(key.height) + 12
    layout = base_layout(style, height=plot + foot + 4, margin=(8, 8, 4, foot))
    layout["xaxis"] = axis(range=[-0.2, room / pitch - 0.5], visible=False)
    layout["yaxis"] = axis(range=[lines - 0.5, -0.5], visible=False)
    layout["shapes"], layout["annotations"] = key.draw(style, left=8, top=-plot - 10)
    traces: list[dict[str, Any]] = []
    taken = 0
    for mark, sign in zip(marks, signs, strict=True):
        units = range(taken, taken + count(mark))
        places = [(float(unit % columns), float(unit // columns)) for unit in units]
        traces.append(
            sign_trace(
                mark.series, [mark.label] * len(units), places, sign, style, size=pitch * 0.68
            )
        )
        taken += len(units)
    return {"data": traces, "layout": layout}


def _signs(marks: list[Mark], style: FigureStyle) -> list[SeriesStyle]:
    sector = marks[0].sector or "all"
    colour = series_styles([sector], style)[sector].colour
    colours = [colour, style.colour("control"), style.colour("ink")]
    return [
        SeriesStyle(colours[min(n, 2)], "solid", _SHAPES[n % len(_SHAPES)])
        for n in range(len(marks))
    ]
