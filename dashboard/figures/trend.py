"""Points over the years, with lines only where years may be compared."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from dashboard.figures import shapes
from dashboard.figures.axes import year_ticks
from dashboard.figures.first_values import upright
from dashboard.figures.frame import Mark, Points, waiting_meta
from dashboard.figures.style import AXIS_SIZE, Figure, FigureStyle, axis, base_layout, empty_figure
from dashboard.figures.trend_firsts import placed_firsts
from dashboard.figures.trend_labels import trend_labels
from dashboard.figures.trend_lines import line_traces
from dashboard.figures.trend_marks import (
    Break,
    Conflict,
    Gap,
    Note,
    drawn_marks,
    line_pairs,
    on_line,
    year,
)
from dashboard.figures.trend_plan import Plan, plan_trend

_HALF_TAG = 16.0
"""Pixels from the middle of a tag to its edge, and some for a picture drawn narrower."""


def trend_figure(
    points: Points,
    *,
    style: FigureStyle,
    gaps: Sequence[Gap] = (),
    breaks: Sequence[Break] = (),
    notes: Sequence[Note] = (),
    conflicts: Sequence[Conflict] = (),
) -> Figure:
    """Draws values over the years, one marker and dash per series.

    A line joins two points only inside one `group`, over at most one missing year, and not
    across a break; over a missing year it is thin, and to a provisional value dotted. A bound
    is a flat bar with an arrow, a range a block, a party's statement an open diamond in ink, a
    superseded value a dashed tick, a picture a glyph, a first published value a ring. Start,
    peak and end of a series carry their value, the end its name too; on a phone a key above
    the plot has the names.

    Args:
        points: Columns series, series_label, x (a year), kind, label; value for points and
            statements, low or high for bounds, low and high for ranges; optional detail,
            group, status, ci_low, ci_high, n_label, sector. A missing value leaves a gap.
        style: The figure's style.
        gaps: Bands for years without any figure; `missing_spans` finds them.
        breaks: Breaks in comparability.
        notes: Words above a year.
        conflicts: Values that contradict each other.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = drawn_marks(points)
    if not marks:
        return empty_figure(style)
    plan = plan_trend(marks, style, breaks, notes, conflicts)
    pairs = line_pairs(marks, breaks)
    key_shapes, key_texts = plan.key.draw(style, left=plan.margin[0], top=plan.margin[2] - 2)
    layout = base_layout(style, height=plan.height, margin=plan.margin) | {
        "xaxis": _year_axis(plan),
        "yaxis": _value_axis(plan),
        "shapes": [
            *_bands(gaps, plan),
            *_base_line(plan),
            *(part for stop in breaks for part in _break(stop, plan)),
            *(part for position, mark in enumerate(marks) for part in _limit(position, mark, plan)),
            *_firsts(marks, plan),
            *(_bracket(conflict, plan) for conflict in conflicts),
            *key_shapes,
        ],
        "annotations": [*trend_labels(marks, plan, pairs, gaps, conflicts), *key_texts],
    }
    traces = [
        *line_traces(pairs, plan),
        *_point_traces(marks, plan),
        *_statement_trace(marks, plan),
    ]
    return {"data": traces, "layout": layout}


def _year_axis(plan: Plan) -> dict[str, Any]:
    pixels = plan.scale.x(plan.last_year) - plan.scale.x(plan.first_year)
    years = year_ticks(int(plan.first_year), int(plan.last_year), pixels)
    return axis(
        range=[plan.scale.first, plan.scale.last],
        tickvals=years,
        ticktext=[str(each) for each in years],
        tickfont={"size": AXIS_SIZE},
        ticklabelstandoff=6,
    )


def _value_axis(plan: Plan) -> dict[str, Any]:
    return axis(
        range=[plan.scale.bottom, plan.scale.top],
        tickvals=plan.ticks,
        ticktext=plan.tick_texts,
        tickfont={"size": AXIS_SIZE},
        ticklabelstandoff=8,
        showgrid=True,
        gridcolor=plan.style.colour("grid"),
        gridwidth=1,
    )


def _bands(gaps: Sequence[Gap], plan: Plan) -> list[dict[str, Any]]:
    return [
        shapes.rectangle(
            gap.first - 0.5,
            gap.last + 0.5,
            plan.scale.bottom,
            plan.ticks[-1],
            fill=plan.style.colour("band"),
            layer="below",
            name="gap",
        )
        for gap in gaps
    ]


def _base_line(plan: Plan) -> list[dict[str, Any]]:
    colour = plan.style.colour("control")
    return [shapes.segment(0, 1, 0, 0, xref="paper", colour=colour, layer="below", name="axis")]


def _break(stop: Break, plan: Plan) -> list[dict[str, Any]]:
    return shapes.break_mark(stop.after + 0.5, plan.style.colour("ink"))


def _limit(position: int, mark: Mark, plan: Plan) -> list[dict[str, Any]]:
    """Draws a mark that is not a measured point: limit, range, picture, replaced value."""
    colour = plan.styles[mark.series].colour
    x, shift = year(mark), plan.shifts[position]
    if mark.kind.startswith("bound") and mark.limit is not None:
        return shapes.bound(
            "up" if mark.kind == "bound_low" else "down",
            x=x,
            y=mark.limit,
            colour=colour,
            shift=shift,
            name=f"bound:{mark.series}",
        )
    if mark.kind == "range" and mark.low is not None and mark.high is not None:
        block = shapes.rectangle(
            shift - 7, shift + 7, mark.low, mark.high, fill=colour, name=f"range:{mark.series}"
        )
        return [block | {"xsizemode": "pixel", "xanchor": x}]
    if mark.kind == "image":
        foot = plan.scale.bottom + 23 / plan.scale.height * (plan.scale.top - plan.scale.bottom)
        return shapes.picture(x, foot, plan.style.colour("ink"), shift=shift)
    if mark.kind == "suppressed":
        foot = plan.scale.bottom + 23 / plan.scale.height * (plan.scale.top - plan.scale.bottom)
        # Tags beside each other in the first or the last year stay whole within the picture.
        left = plan.scale.x(plan.scale.first) - plan.scale.x(x) + _HALF_TAG
        right = plan.scale.x(plan.scale.last) - plan.scale.x(x) - _HALF_TAG
        return shapes.tag(x, foot, colour, shift=min(max(shift, left), right))
    if mark.kind == "point" and mark.status == "superseded" and mark.value is not None:
        line = {"color": colour, "width": 2.5, "dash": "4px,3px"}
        return [
            shapes.pixel_path(
                f"M{shift - 12:g},0L{shift + 12:g},0", x=x, y=mark.value, line=line, name="replaced"
            )
        ]
    return []


def _firsts(marks: Sequence[Mark], plan: Plan) -> list[dict[str, Any]]:
    """Draws the first published values in the colour of their series."""
    page = plan.style.colour("page")
    found: list[dict[str, Any]] = []
    for mark, aside in placed_firsts(marks, plan):
        found += upright(mark, plan.styles[mark.series].colour, page, aside=aside)
    return found


def _bracket(conflict: Conflict, plan: Plan) -> dict[str, Any]:
    """Ties two values of one year; its ends turn to the marks."""
    height = plan.scale.y(conflict.high) - plan.scale.y(conflict.low)
    return shapes.pixel_path(
        f"M12,0L19,0L19,{height:.1f}L12,{height:.1f}",
        x=conflict.x,
        y=conflict.low,
        line={"color": plan.style.colour("ink"), "width": 1.3},
        name="conflict",
    )


def _point_traces(marks: list[Mark], plan: Plan) -> list[dict[str, Any]]:
    traces = []
    page = plan.style.colour("page")
    for series in dict.fromkeys(mark.series for mark in marks if on_line(mark)):
        own = plan.styles[series]
        points = sorted((m for m in marks if m.series == series and on_line(m)), key=year)
        hollow = [own.hollow or point.status == "provisional" for point in points]
        trace: dict[str, Any] = {
            "type": "scatter",
            "mode": "markers",
            "name": series,
            "meta": waiting_meta(points),
            "x": [point.x for point in points],
            "y": [point.value for point in points],
            "hovertext": [html.escape(point.hover, quote=False) for point in points],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "symbol": own.symbol.removesuffix("-open"),
                "size": 10 if plan.style.narrow else 12,
                "color": [page if empty else own.colour for empty in hollow],
                # A rim in the colour of the page keeps crossing lines apart from the marker.
                "line": {
                    "color": [own.colour if empty else page for empty in hollow],
                    "width": [2.2 if empty else 1.2 for empty in hollow],
                },
            },
        }
        if any(point.ci_low is not None for point in points):
            trace["error_y"] = _interval(points, own.colour)
        traces.append(trace)
    return traces


def _interval(points: list[Mark], colour: str) -> dict[str, Any]:
    def distance(end: float | None, value: float | None) -> float | None:
        return None if end is None or value is None else abs(end - value)

    return {
        "type": "data",
        "symmetric": False,
        "array": [distance(point.ci_high, point.value) for point in points],
        "arrayminus": [distance(point.ci_low, point.value) for point in points],
        "color": colour,
        "thickness": 1.6,
        "width": 5,
    }


def _statement_trace(marks: list[Mark], plan: Plan) -> list[dict[str, Any]]:
    said = [mark for mark in marks if mark.kind == "statement"]
    if not said:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "statement",
            "x": [mark.x for mark in said],
            "y": [mark.value for mark in said],
            "hovertext": [html.escape(mark.hover, quote=False) for mark in said],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": {
                "symbol": "diamond",
                "size": 14,
                "color": plan.style.colour("page"),
                "line": {"color": plan.style.colour("ink"), "width": 2.2},
            },
        }
    ]
