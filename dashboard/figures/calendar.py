"""The days of a contracting year on one line of months, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import shapes
from dashboard.figures.labels import Spot, annotate, line_of_text
from dashboard.figures.style import AXIS_SIZE, Figure, FigureStyle, axis, base_layout

_HEIGHT = 78
_MARGIN = (14.0, 14.0, 8.0, 30.0)
_RADIUS = 9
_STEM = 14
_EDGE = 0.4
"""Months before the first one, so that a letter on its first day stays whole."""


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """A day that comes back every year: its letter and the months since the first month."""

    letter: str
    months: float


def calendar_figure(
    days: Sequence[CalendarDay], months: Sequence[str], *, style: FigureStyle
) -> Figure:
    """Draws days on a line of months.

    Args:
        days: In the order of the year, at least a month apart.
        months: The names of the months on the axis, from the first.
        style: The style of the figure.

    Returns:
        A Plotly figure as a dict, without values: a day is no measurement.
    """
    ink = style.colour("ink")
    every = 2 if style.narrow else 1
    layout = base_layout(style, height=_HEIGHT, margin=_MARGIN) | {
        "xaxis": axis(
            range=[-_EDGE, len(months)],
            tickvals=[place + 0.5 for place in range(0, len(months), every)],
            ticktext=list(months[::every]),
            tickfont={"size": AXIS_SIZE},
        ),
        "yaxis": axis(range=[0, 1], showticklabels=False, tickvals=[]),
        "shapes": [
            shapes.segment(0, 1, 0, 0, xref="paper", colour=style.colour("control"), name="axis"),
            *(part for day in days for part in _day(day, ink, style.colour("page"))),
        ],
        "annotations": [part for day in days for part in _letter(day, ink)],
    }
    # A trace without a point: Plotly draws no axis for a figure without any.
    trace = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}
    return {"data": [trace], "layout": layout}


def _day(day: CalendarDay, ink: str, page: str) -> list[dict[str, Any]]:
    line = {"color": ink, "width": 1.5}
    badge = {
        "type": "circle", "xref": "x", "yref": "paper", "xsizemode": "pixel",
        "ysizemode": "pixel", "xanchor": day.months, "yanchor": 0, "x0": -_RADIUS,
        "x1": _RADIUS, "y0": _STEM, "y1": _STEM + 2 * _RADIUS, "line": line, "fillcolor": page,
        "layer": "above", "name": "event",
    }  # fmt: skip
    stem = shapes.pixel_path(
        f"M0,0L0,{_STEM}", x=day.months, y=0, yref="paper", line=line, name="event:line"
    )
    return [stem, badge]


def _letter(day: CalendarDay, ink: str) -> list[dict[str, Any]]:
    text = line_of_text(day.letter, ink, bold=True)
    spot = Spot(0, _STEM + _RADIUS, "center", "middle")
    return annotate(text, x=day.months, y=0, yref="paper", spot=spot, name="event")
