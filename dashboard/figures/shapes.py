"""Marks that are not markers: limits, ranges, breaks and pictures, sized in pixels.

They are layout shapes rather than traces on purpose. A limit is not a measurement, so it
must not look like one, nor be read as one by whoever takes the values from the traces.
"""

from __future__ import annotations

from typing import Any, Literal

ARROW: int = 30
"""Pixels from a limit to the point of its arrow."""
HALF_BAR: int = 10
"""Pixels from the middle of a limit's flat bar to its end."""

Shape = dict[str, Any]


def pixel_path(
    path: str,
    *,
    x: float | str,
    y: float,
    line: dict[str, Any],
    xref: str = "x",
    yref: str = "y",
    fill: str | None = None,
    name: str = "",
) -> Shape:
    """A path in pixels around an anchor; y grows upwards."""
    shape: Shape = {
        "type": "path",
        "path": path,
        "xref": xref,
        "yref": yref,
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": x,
        "yanchor": y,
        "line": line,
        "layer": "above",
    }
    return shape | ({"fillcolor": fill} if fill else {}) | ({"name": name} if name else {})


def bound(
    direction: Literal["up", "down", "right", "left"],
    *,
    x: float,
    y: float,
    colour: str,
    shift: float = 0,
    name: str = "bound",
    xref: str = "x",
    yref: str = "y",
) -> list[Shape]:
    """A flat bar at the limit and an arrow to the open side; neither dot nor end of a bar.

    Args:
        direction: The open side: "up" for "more than" on a vertical scale.
        x: Place of the limit.
        y: Place of the limit.
        colour: Colour of both.
        shift: Pixels across the scale, to set two limits side by side.
        name: Name of the shapes, for tests and for whoever reads the figure.
        xref: Axis that x belongs to.
        yref: Axis that y belongs to.
    """
    sign = 1 if direction in ("up", "right") else -1

    def point(across: float, along: float) -> str:
        """Turns the upright mark towards its open side."""
        if direction in ("up", "down"):
            return f"{across + shift:g},{sign * along:g}"
        return f"{sign * along:g},{across + shift:g}"

    bar = f"M{point(-HALF_BAR, 0)}L{point(HALF_BAR, 0)}"
    shaft = f"M{point(0, 0)}L{point(0, ARROW)}"
    head = f"M{point(-5, ARROW - 7)}L{point(0, ARROW)}L{point(5, ARROW - 7)}"
    place: dict[str, Any] = {"x": x, "y": y, "xref": xref, "yref": yref}
    return [
        pixel_path(bar, line={"color": colour, "width": 3}, name=name, **place),
        pixel_path(shaft + head, line={"color": colour, "width": 2}, name=f"{name}:arrow", **place),
    ]


def picture(x: float, y: float, colour: str, *, shift: float = 0) -> list[Shape]:
    """The glyph for "only as an image in the source": a frame with a hill and a sun."""
    frame = "M-10,-8L10,-8L10,8L-10,8Z"
    hill = "M-8,-5L-3,2L1,-3L4,0L8,-5"
    sun = "M3,5L6,5L6,2L3,2Z"
    line = {"color": colour, "width": 1.5}
    return [
        pixel_path(moved(part, shift, 0), x=x, y=y, line=line, name="image")
        for part in (frame, hill, sun)
    ]


def tag(x: float, y: float, colour: str, *, shift: float = 0) -> list[Shape]:
    """The sign for a hidden value: an empty outlined tag with a dash, away from any value."""
    line = {"color": colour, "width": 1.5}
    outline, dash = "M-11,-8L11,-8L11,8L-11,8Z", "M-5,0L5,0"
    return [
        pixel_path(moved(part, shift, 0), x=x, y=y, line=line, name="suppressed")
        for part in (outline, dash)
    ]


def moved(path: str, dx: float, dy: float) -> str:
    """Moves a path of straight lines by pixels."""
    pieces: list[str] = []
    for piece in path.replace("M", " M").replace("L", " L").replace("Z", " Z").split():
        if piece == "Z":
            pieces.append(piece)
            continue
        x, y = piece[1:].split(",")
        pieces.append(f"{piece[0]}{float(x) + dx:g},{float(y) + dy:g}")
    return "".join(pieces)


def break_mark(x: float, colour: str) -> list[Shape]:
    """A break in a series: a dashed line from the top, and // where it meets the axis."""
    dotted = {"color": colour, "width": 1.5, "dash": "2px,3px"}
    return [
        pixel_path("M0,0L0,-40", x=x, y=1, yref="paper", line=dotted, name="break"),
        pixel_path("M0,6L0,26", x=x, y=0, yref="paper", line=dotted, name="break"),
        pixel_path(
            "M-5,-6L-1,6M1,-6L5,6",
            x=x,
            y=0,
            yref="paper",
            line={"color": colour, "width": 1.5},
            name="break",
        ),
    ]


def rectangle(
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    *,
    fill: str | None = None,
    line: dict[str, Any] | None = None,
    xref: str = "x",
    yref: str = "y",
    layer: Literal["below", "above"] = "above",
    name: str = "",
) -> Shape:
    """A rectangle from data to data."""
    shape: Shape = {
        "type": "rect",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "xref": xref,
        "yref": yref,
        "line": line or {"width": 0},
        "layer": layer,
    }
    return shape | ({"fillcolor": fill} if fill else {}) | ({"name": name} if name else {})


def segment(
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    *,
    colour: str,
    width: float = 1,
    dash: str = "solid",
    xref: str = "x",
    yref: str = "y",
    layer: Literal["below", "above"] = "above",
    name: str = "",
) -> Shape:
    """A straight line from data to data."""
    shape: Shape = {
        "type": "line",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "xref": xref,
        "yref": yref,
        "line": {"color": colour, "width": width, "dash": dash},
        "layer": layer,
    }
    return shape | ({"name": name} if name else {})


def symbol_path(symbol: str, radius: float = 4.5) -> str:
    """Draws a marker as a path, for a key; y grows upwards."""
    r = radius
    corners: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, 1.3), (1.3, 0), (0, -1.3), (-1.3, 0)],
        "triangle-up": [(0, 1.2), (1.2, -0.9), (-1.2, -0.9)],
        "triangle-down": [(0, -1.2), (1.2, 0.9), (-1.2, 0.9)],
        "cross": [
            *((0.4, 1.2), (0.4, 0.4), (1.2, 0.4), (1.2, -0.4), (0.4, -0.4), (0.4, -1.2)),
            *((-0.4, -1.2), (-0.4, -0.4), (-1.2, -0.4), (-1.2, 0.4), (-0.4, 0.4), (-0.4, 1.2)),
        ],
        "x": [
            *((0, 0.5), (0.8, 1.2), (1.2, 0.8), (0.5, 0), (1.2, -0.8), (0.8, -1.2)),
            *((0, -0.5), (-0.8, -1.2), (-1.2, -0.8), (-0.5, 0), (-1.2, 0.8), (-0.8, 1.2)),
        ],
        # Twelve corners make a circle at this size.
        "circle": [
            *((1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1), (-0.5, 0.87), (-0.87, 0.5)),
            *((-1, 0), (-0.87, -0.5), (-0.5, -0.87), (0, -1), (0.5, -0.87), (0.87, -0.5)),
        ],
    }
    points = corners[symbol.removesuffix("-open")]
    return "M" + "L".join(f"{x * r:g},{y * r:g}" for x, y in points) + "Z"
