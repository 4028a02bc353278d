"""The mark of invented data in a figure: frame, hatch, words, and no line or fill left whole.

It is part of the figure itself, so that a saved picture carries it too.
"""

from __future__ import annotations

from typing import Any, Final

from dashboard.figures import shapes
from dashboard.figures.labels import text_width
from dashboard.figures.style import BOLD, FONT, Figure, FigureStyle

_BAND: Final = 32
"""Pixels above the figure for the words."""
_LINES: Final = 26
"""Strokes of the hatch over the width of the plot."""
_SIZE: Final = 13
_DASH: Final = "5px,4px"
"""What stands for a whole line."""


def marked_example(figure: Figure, style: FigureStyle) -> Figure:
    """Marks a figure as invented; one of other data is returned as it is."""
    if not style.example or not (figure["data"] or figure["layout"]["shapes"]):
        return figure
    layout = figure["layout"]
    margin = layout["margin"]
    raised = {
        "height": layout["height"] + _BAND,
        "margin": margin | {"t": margin["t"] + _BAND},
        "shapes": [*_ground(style), *map(_keyed, layout["shapes"]), *_tag_box(style, margin)],
        "annotations": [*layout["annotations"], _words(style, margin)],
    }
    return {"data": [_broken(trace) for trace in figure["data"]], "layout": layout | raised}


def _ground(style: FigureStyle) -> list[dict[str, Any]]:
    """A dashed frame around the plot and a hatch behind it."""
    paper = {"xref": "paper", "yref": "paper"}
    # Open at the right, where the words of a line stand half over the edge of the plot.
    frame = {
        "type": "path",
        "path": "M1,1L0,1L0,0L1,0",
        **paper,
        "line": {"color": style.colour("example"), "width": 1.2, "dash": "4px,4px"},
        "layer": "below",
        "name": "example:frame",
    }
    return [
        {
            "type": "path",
            "path": _hatch(),
            **paper,
            "line": {"color": style.colour("example_hatch"), "width": 1},
            "layer": "below",
            "name": "example:hatch",
        },
        frame,
    ]


def _hatch() -> str:
    """Slanting strokes over the whole plot, as one path."""
    strokes = []
    for step in range(1, 2 * _LINES):
        start = step / _LINES
        low, left = max(0.0, start - 1), min(1.0, start)
        strokes.append(f"M{low:.3f},{left:.3f}L{left:.3f},{low:.3f}")
    return "".join(strokes)


def _words(style: FigureStyle, margin: dict[str, float]) -> dict[str, Any]:
    return {
        "name": "example",
        "text": f"<b>{style.example}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -margin["l"] + 9,
        "y": 1,
        "yref": "paper",
        "yanchor": "middle",
        "yshift": margin["t"] + _BAND / 2,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {
            "family": FONT, "size": _SIZE, "color": style.colour("example"), "weight": BOLD,
        },
    }  # fmt: skip


def _tag_box(style: FigureStyle, margin: dict[str, float]) -> list[dict[str, Any]]:
    left = 1 - margin["l"]
    right = left + text_width(style.example, _SIZE, bold=True) + 16
    foot, top = margin["t"] + 5, margin["t"] + _BAND - 5
    path = f"M{left:.0f},{foot}L{right:.0f},{foot}L{right:.0f},{top}L{left:.0f},{top}Z"
    line = {"color": style.colour("example"), "width": 1.2, "dash": "4px,3px"}
    return [
        shapes.pixel_path(path, x=0, y=1, line=line, xref="paper", yref="paper", name="example:tag")
    ]


def _broken(trace: dict[str, Any]) -> dict[str, Any]:
    """Breaks every whole line and hatches every whole bar of a trace."""
    line = trace.get("line")
    if line and line.get("dash") == "solid":
        return trace | {"line": line | {"dash": _DASH}}
    marker = trace.get("marker", {})
    if trace["type"] == "bar" and "pattern" not in marker:
        pattern = {"shape": "/", "fillmode": "overlay", "size": 9, "solidity": 0.2}
        return trace | {"marker": marker | {"pattern": pattern}}
    return trace


def _keyed(shape: dict[str, Any]) -> dict[str, Any]:
    """Gives a whole line in the key the dash that it has in the plot."""
    if shape.get("name") == "key" and shape["line"].get("dash") == "solid":
        return shape | {"line": shape["line"] | {"dash": _DASH}}
    return shape
