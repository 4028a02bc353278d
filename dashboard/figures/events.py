"""Dated events on a time axis: a thin line in the plot and a lettered strip under the years.

The strip has rows of its own, so that no letter or span covers a value, a name or another
event. What a letter stands for is told in the key under the chart and in the alternative text.
An event after which years cannot be compared has a filled square for its letter, any other an
open circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures import shapes
from dashboard.figures.labels import Spot, annotate, line_of_text
from dashboard.figures.style import AXIS_SIZE, Figure, FigureStyle

_ROW: Final = 24
_RADIUS: Final = 9
_GAP: Final = 8
"""Pixels that stay free between two events of one row."""
_HALF_SPAN: Final = 2.5


@dataclass(frozen=True, kw_only=True)
class EventMark:
    """An event on the axis; `start` and `end` count years, of which a whole one is mid-year.

    Without an end it is a moment.
    """

    letter: str
    start: float
    end: float | None = None
    breaks: bool = False


@dataclass(frozen=True)
class _Placed:
    """An event with the place that it takes in the strip; numbers count years and pixels."""

    mark: EventMark
    x: float
    """The year at which its letter stands: its start, or the end of the axis."""
    shift: float
    """Pixels by which the letter is moved to stay whole at the end of the axis."""
    end: float
    height: float
    """Pixels above the axis of the middle of its row; below zero."""

    def over(self, last: float) -> bool:
        """Whether it lasts beyond the last year of the axis."""
        return self.mark.end is not None and self.mark.end > last


def with_events(figure: Figure, marks: Sequence[EventMark], style: FigureStyle) -> Figure:
    """Draws events on a figure whose x axis counts years.

    Args:
        figure: As a figure function returns it.
        marks: The events, in the order of their letters; each lies at least partly on the axis.
        style: The style of the figure.

    Returns:
        The figure, as much higher as the strip needs; itself where there is nothing to draw.
    """
    if not marks or not figure["data"]:
        return figure
    layout = figure["layout"]
    first, last = layout["xaxis"]["range"]
    margin = layout["margin"]
    pixels = style.drawing_width - margin["l"] - margin["r"]
    placed = _placed(marks, (first, last), pixels, margin["b"])
    strip = round(_RADIUS + 3 - min(one.height for one in placed) - margin["b"])
    grown = {
        "height": layout["height"] + strip,
        "margin": margin | {"b": margin["b"] + strip},
        "shapes": [
            *(part for one in placed for part in _line(one, (first, last), style)),
            *layout["shapes"],
            *(part for one in placed for part in _span(one, last, style)),
            *(_badge(one, style) for one in placed),
        ],
        "annotations": [
            *layout["annotations"],
            *(part for one in placed for part in _letter(one, style)),
        ],
    }
    return {"data": figure["data"], "layout": layout | grown}


def _placed(
    marks: Sequence[EventMark], axis: tuple[float, float], pixels: float, foot: float
) -> list[_Placed]:
    """Gives every event the first row in which it covers no other."""
    first, last = axis
    scale = pixels / (last - first)
    taken: list[float] = []
    """Of every row: the pixel up to which it is taken."""
    placed = []
    for mark in marks:
        x = min(max(mark.start, first), last)
        at = (x - first) * scale
        middle = min(max(at, _RADIUS), pixels - _RADIUS)
        end = min(max(x, x if mark.end is None else mark.end), last)
        row = next(
            (n for n, until in enumerate(taken) if middle - _RADIUS >= until + _GAP), len(taken)
        )
        taken[row : row + 1] = [max(middle + _RADIUS, (end - first) * scale)]
        height = -(foot + _RADIUS + 1 + row * _ROW)
        placed.append(_Placed(mark, x, middle - at, end, height))
    return placed


def _line(one: _Placed, axis: tuple[float, float], style: FigureStyle) -> list[dict[str, Any]]:
    """A thin line from the letter up through the plot, at the moment that the event begins.

    A break is drawn by the figure itself, so that its line only leads to the strip. What began
    before the axis has no line: it would stand at a wrong moment.
    """
    if not axis[0] <= one.mark.start <= axis[1]:
        return []
    colour = style.colour("control")
    down = shapes.pixel_path(
        f"M0,-2L0,{one.height + _RADIUS:g}",
        x=one.x,
        y=0,
        yref="paper",
        line={"color": colour, "width": 1, "dash": "1px,3px"},
        name="event:line",
    )
    parts = [down | {"layer": "below"}]
    if not one.mark.breaks:
        parts.append(
            shapes.segment(
                one.x, one.x, 0, 1, yref="paper", colour=colour, dash="1px,3px", layer="below",
                name="event:line",
            )
        )  # fmt: skip
    return parts


def _span(one: _Placed, last: float, style: FigureStyle) -> list[dict[str, Any]]:
    """A bar as long as the event lasted, with an upright end, or an arrow where it goes on."""
    if one.mark.end is None or one.end <= one.x:
        return []
    colour = style.colour("control")
    low, high = one.height - _HALF_SPAN, one.height + _HALF_SPAN
    bar = shapes.rectangle(one.x, one.end, low, high, fill=colour, name="event:span")
    cap = f"M-1,{one.height - 6:g}L-1,{one.height + 6:g}"
    if one.over(last):
        cap = f"M-7,{one.height - 6:g}L0,{one.height:g}L-7,{one.height + 6:g}"
    return [
        bar | {"yref": "paper", "ysizemode": "pixel", "yanchor": 0},
        shapes.pixel_path(
            cap, x=one.end, y=0, yref="paper", line={"color": colour, "width": 2.5},
            name="event:end",
        ),
    ]  # fmt: skip


def _badge(one: _Placed, style: FigureStyle) -> dict[str, Any]:
    ink = style.colour("ink")
    return {
        "type": "rect" if one.mark.breaks else "circle",
        "xref": "x",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": one.x,
        "yanchor": 0,
        "x0": one.shift - _RADIUS,
        "x1": one.shift + _RADIUS,
        "y0": one.height - _RADIUS,
        "y1": one.height + _RADIUS,
        "line": {"color": ink, "width": 1.5},
        "fillcolor": ink if one.mark.breaks else style.colour("page"),
        "layer": "above",
        "name": "event:breaking" if one.mark.breaks else "event",
    }


def _letter(one: _Placed, style: FigureStyle) -> list[dict[str, Any]]:
    colour = style.colour("page" if one.mark.breaks else "ink")
    text = line_of_text(one.mark.letter, colour, bold=True, size=AXIS_SIZE)
    spot = Spot(one.shift, one.height, "center", "middle")
    return annotate(text, x=one.x, y=0, yref="paper", spot=spot, name="event")
