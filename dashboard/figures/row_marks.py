"""Marks on a horizontal scale: points with their interval, limits, ranges and statements."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from dashboard.figures import shapes
from dashboard.figures.first_values import lying
from dashboard.figures.frame import Mark, waiting_meta
from dashboard.figures.style import FigureStyle, row_style

Placed = tuple[float, Mark]
"""A mark and the pixels from the top of the plot at which it stands."""


def point_traces(placed: Sequence[Placed], style: FigureStyle) -> list[dict[str, Any]]:
    """One trace of markers per series and sector, with error bars where an interval is known."""
    traces: list[dict[str, Any]] = []
    page = style.colour("page")
    points = [(y, m) for y, m in placed if m.kind == "point" and m.value is not None]
    for series, sector in dict.fromkeys((mark.series, mark.sector) for _, mark in points):
        own = row_style(series, sector, style)
        chosen = [(y, m) for y, m in points if (m.series, m.sector) == (series, sector)]
        hollow = [own.hollow or mark.status == "provisional" for _, mark in chosen]
        trace: dict[str, Any] = {
            "type": "scatter",
            "mode": "markers",
            "name": series,
            "meta": waiting_meta(mark for _, mark in chosen),
            "x": [mark.value for _, mark in chosen],
            "y": [y for y, _ in chosen],
            "hovertext": [html.escape(mark.hover, quote=False) for _, mark in chosen],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "symbol": own.symbol.removesuffix("-open"),
                "size": 15,
                "color": [page if empty else own.colour for empty in hollow],
                "line": {
                    "color": [own.colour if empty else page for empty in hollow],
                    "width": [2.6 if empty else 1.2 for empty in hollow],
                },
            },
        }
        if any(mark.ci_low is not None and mark.ci_high is not None for _, mark in chosen):
            trace["error_x"] = {
                "type": "data",
                "symmetric": False,
                "array": [_distance(mark.ci_high, mark.value) for _, mark in chosen],
                "arrayminus": [_distance(mark.ci_low, mark.value) for _, mark in chosen],
                "color": own.colour,
                "thickness": 3,
                "width": 7,
            }
        traces.append(trace)
    return [*traces, *_statements(placed, style)]


def limit_shapes(placed: Sequence[Placed], style: FigureStyle) -> list[dict[str, Any]]:
    """Limits as a flat bar with an arrow, ranges as a block, pictures as a glyph."""
    found: list[dict[str, Any]] = []
    for y, mark in placed:
        own = row_style(mark.series, mark.sector, style)
        if mark.kind.startswith("bound") and mark.limit is not None:
            found += shapes.bound(
                "right" if mark.kind == "bound_low" else "left",
                x=mark.limit,
                y=y,
                colour=own.colour,
                name=f"bound:{mark.series}",
            )
        elif mark.kind == "range" and mark.low is not None and mark.high is not None:
            found.append(
                shapes.rectangle(
                    mark.low,
                    mark.high,
                    y - 7,
                    y + 7,
                    fill=own.colour,
                    name=f"range:{mark.series}",
                )
            )
        elif mark.kind == "suppressed":
            found += shapes.tag(0, y, style.colour("ink2"), shift=22)
        elif mark.kind == "image":
            found += shapes.picture(0, y, style.colour("ink"), shift=22)
        elif mark.kind == "point" and mark.status == "superseded" and mark.value is not None:
            line = {"color": own.colour, "width": 2.5, "dash": "4px,3px"}
            found.append(
                shapes.pixel_path("M0,-12L0,12", x=mark.value, y=y, line=line, name="replaced")
            )
        if mark.kind == "point":
            found += lying(mark, y, own.colour, style.colour("page"))
    return found


def _statements(placed: Sequence[Placed], style: FigureStyle) -> list[dict[str, Any]]:
    said = [(y, m) for y, m in placed if m.kind == "statement" and m.value is not None]
    if not said:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "statement",
            "x": [mark.value for _, mark in said],
            "y": [y for y, _ in said],
            "hovertext": [html.escape(mark.hover, quote=False) for _, mark in said],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "symbol": "diamond",
                "size": 14,
                "color": style.colour("page"),
                "line": {"color": style.colour("ink"), "width": 2.2},
            },
        }
    ]


def _distance(end: float | None, value: float | None) -> float | None:
    return None if end is None or value is None else abs(end - value)
