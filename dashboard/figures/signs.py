"""Signs that stand for one unit each."""

from __future__ import annotations

import html
from typing import Any

from dashboard.figures.frame import Mark
from dashboard.figures.style import FigureStyle, SeriesStyle


def count(mark: Mark) -> int:
    """How many whole units a mark stands for; none where it is not a measured count."""
    return round(mark.value) if mark.kind == "point" and mark.value is not None else 0


def sign_trace(
    name: str,
    hover: list[str],
    places: list[tuple[float, float]],
    sign: SeriesStyle,
    style: FigureStyle,
    *,
    size: float = 13,
) -> dict[str, Any]:
    """Draws one sign per place.

    Args:
        name: Name of the trace.
        hover: What a pointer reads at each place.
        places: Where the signs stand.
        sign: Colour and shape.
        style: The figure's style.
        size: Pixels across.
    """
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "hovertext": [html.escape(text, quote=False) for text in hover],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": sign.symbol.removesuffix("-open"),
            "size": size - 1 if sign.hollow else size,
            "color": style.colour("page") if sign.hollow else sign.colour,
            "line": {"color": sign.colour, "width": 1.4 if sign.hollow else 0},
        },
    }
