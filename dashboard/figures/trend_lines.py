"""The lines of a trend: thick, thin over a missing year, thin dots to a provisional value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, Final

from dashboard.figures.frame import Mark
from dashboard.figures.trend_plan import Plan

THICK: Final = 2.8
THIN: Final = 1.3
DOTS: Final = 1.8
DOTTED: Final = "2px,6px"
"""Dash of a line to a value that may still change, with less ink than any series has."""
WAITING: Final = "waiting"
"""What is added to the name of a line to a provisional value."""

Pair = tuple[Mark, Mark, bool]
"""Two points that a line joins, and whether it skips a year."""


def line_traces(pairs: Sequence[Pair], plan: Plan) -> list[dict[str, Any]]:
    """Makes one trace per series and kind of line; a None between stretches lifts the pen."""
    traces = []
    for series in dict.fromkeys(left.series for left, _, _ in pairs):
        own = [pair for pair in pairs if pair[0].series == series]
        for skips, waits in product((False, True), repeat=2):
            chosen = [one for one in own if one[2] == skips and _waits(one) == waits]
            if chosen:
                traces.append(_line(series, chosen, plan, skips=skips, waits=waits))
    return traces


def _waits(pair: Pair) -> bool:
    return "provisional" in (pair[0].status, pair[1].status)


def _line(
    series: str, pairs: Sequence[Pair], plan: Plan, *, skips: bool, waits: bool
) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for left, right, _ in pairs:
        if not x or (x[-1], y[-1]) != (left.x, left.value):
            x += [None, left.x] if x else [left.x]
            y += [None, left.value] if y else [left.value]
        x.append(right.x)
        y.append(right.value)
    own = plan.styles[series]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{series}:{WAITING}" if waits else series,
        "x": x,
        "y": y,
        "connectgaps": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "line": {
            "color": own.colour,
            "width": THIN if skips else DOTS if waits else THICK,
            "dash": DOTTED if waits else own.dash,
        },
    }
