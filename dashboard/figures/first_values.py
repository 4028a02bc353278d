"""The value that was first published, beside the one that replaced it.

A small open ring stands at the first value, a little off the mark of the present one, with a
thin line between them: however small the revision, both can be seen, in print and without colour.
On a bar the ring stands in its middle: beside it stands another year.
"""

from __future__ import annotations

from typing import Final

from dashboard.figures.frame import Mark
from dashboard.figures.shapes import Shape, moved, pixel_path, symbol_path

ASIDE: Final = 13
"""Pixels from a mark to the ring of its first value, across the scale."""
RADIUS: Final = 3.6
_NAME: Final = "first"
_STEP: Final = 9


def upright(
    mark: Mark,
    colour: str,
    page: str,
    *,
    refs: dict[str, str] | None = None,
    on_bar: bool = False,
    step: int = 0,
) -> list[Shape]:
    """Draws the first value of a mark on a vertical scale, to the left of it.

    Args:
        mark: The mark; without a first value nothing is drawn.
        colour: Colour of ring and line.
        page: Colour of the page, which fills the ring.
        refs: The axes, where a figure has several.
        on_bar: Whether the mark is a bar: ring and line then stand on it, with a rim.
        step: How many rings stand between this one and its mark.
    """
    if mark.first is None or mark.value is None or mark.x is None:
        return []
    aside = 0 if on_bar else -(ASIDE + step * _STEP)
    where = refs or {"xref": "x", "yref": "y"}
    joint = {
        "type": "path",
        # Across in pixels from the year, along in values of the scale.
        "path": f"M{aside},{mark.first!r}L0,{mark.value!r}",
        "xsizemode": "pixel",
        "xanchor": mark.x,
        "ysizemode": "scaled",
        "layer": "above",
        "name": f"{_NAME}:line",
        **where,
    }
    ring = moved(symbol_path("circle", RADIUS), aside, 0)
    drawn: list[Shape] = []
    if on_bar:
        rim = {"color": page, "width": 4.5}
        drawn += [
            joint | {"line": rim},
            pixel_path(ring, x=mark.x, y=mark.first, line=rim, fill=page, name=_NAME, **where),
        ]
    line = {"color": colour, "width": 1.4}
    return [
        *drawn,
        joint | {"line": line},
        pixel_path(
            ring,
            x=mark.x,
            y=mark.first,
            line={"color": colour, "width": 1.8},
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
