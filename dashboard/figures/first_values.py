"""The value that was first published, beside the one that replaced it.

A small open ring stands at the first value, a little off the mark of the present one, with a
thin line between them: however small the revision, both can be seen, in print and without colour.
In a trend it stays near its own year however narrow the picture is. On a bar the ring stands in
its middle, in a rim of the page: beside it stands another year.
"""

from __future__ import annotations

from typing import Final

from dashboard.figures.frame import Mark
from dashboard.figures.shapes import Shape, moved, pixel_path, symbol_path

ASIDE: Final = 13
"""Pixels from a mark to the ring of its first value, across the scale."""
RADIUS: Final = 3.6
_ON_BAR: Final = 4.4
_RIM: Final = 8.5
_NAME: Final = "first"


def upright(
    mark: Mark,
    colour: str,
    page: str,
    *,
    refs: dict[str, str] | None = None,
    on_bar: bool = False,
    aside: float = 0,
) -> list[Shape]:
    """Draws the first value of a mark on a vertical scale.

    Args:
        mark: The mark; without a first value nothing is drawn.
        colour: Colour of ring and line.
        page: Colour of the page, which fills the ring.
        refs: The axes, where a figure has several.
        on_bar: Whether the mark is a bar: ring and line then stand on it, with a rim.
        aside: Years from the mark to the ring; below zero to the left.
    """
    if mark.first is None or mark.value is None or mark.x is None:
        return []
    x, radius = mark.x + aside, _ON_BAR if on_bar else RADIUS
    where = refs or {"xref": "x", "yref": "y"}
    joint = {
        "type": "path",
        "path": f"M{x!r},{mark.first!r}L{mark.x!r},{mark.value!r}",
        "layer": "above",
        "name": f"{_NAME}:line",
        **where,
    }
    ring = symbol_path("circle", radius)
    drawn: list[Shape] = []
    if on_bar:
        rim = {"color": page, "width": _RIM}
        drawn += [
            joint | {"line": rim},
            pixel_path(ring, x=x, y=mark.first, line=rim, fill=page, name=_NAME, **where),
        ]
    line = {"color": colour, "width": 2 if on_bar else 1.4}
    return [
        *drawn,
        joint | {"line": line},
        pixel_path(
            ring,
            x=x,
            y=mark.first,
            line={"color": colour, "width": 2.2 if on_bar else 1.8},
            fill=page,
            name=_NAME,
            **where,
        ),
    ]


def lying(mark: Mark, y: float, colour: str, page: str) -> list[Shape]:
    """Draws the first value of a mark on a horizontal scale, a little above it.

    Args:
        mark: The mark; without a first value nothing is drawn.
        y: Where the row of the mark stands on the vertical axis.
        colour: Colour of ring and line.
        page: Colour of the page, which fills the ring.
    """
    if mark.first is None or mark.value is None:
        return []
    ring = moved(symbol_path("circle", RADIUS), 0, ASIDE)
    return [
        {
            "type": "path",
            "path": f"M{mark.first!r},{ASIDE}L{mark.value!r},0",
            "xref": "x",
            "yref": "y",
            "xsizemode": "scaled",
            "ysizemode": "pixel",
            "yanchor": y,
            "line": {"color": colour, "width": 1.4},
            "layer": "above",
            "name": f"{_NAME}:line",
        },
        pixel_path(
            ring, x=mark.first, y=y, line={"color": colour, "width": 1.8}, fill=page, name=_NAME
        ),
    ]
