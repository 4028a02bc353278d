"""Fills of bars by category: shade and hatch together, so a grey print still tells them apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures.key import Entry, Path
from dashboard.figures.style import FigureStyle


@dataclass(frozen=True)
class Fill:
    """How a category fills its bar."""

    colour: str
    pattern: str
    line: str
    outline: str
    ink: str
    """Colour of text on the bar."""

    @property
    def marker(self) -> dict[str, Any]:
        """The marker of a Plotly bar."""
        marker: dict[str, Any] = {
            "color": self.colour,
            "line": {"color": self.outline, "width": 1.2},
        }
        if self.pattern:
            marker["pattern"] = {
                "shape": self.pattern,
                "fgcolor": self.line,
                "bgcolor": self.colour,
                "size": 8,
                "solidity": 0.07 if self.pattern == "." else 0.16,
            }
        return marker

    def entry(self, name: str) -> Entry:
        """A swatch with its name, for a key."""
        box = "M2,-7L22,-7L22,7L2,7Z"
        strokes = {
            "/": "M6,-7L14,7M12,-7L20,7",
            "\\": "M6,7L14,-7M12,7L20,-7",
            "x": "M6,-7L18,7M6,7L18,-7",
            "-": "M2,-2L22,-2M2,3L22,3",
            "|": "M8,-7L8,7M15,-7L15,7",
            ".": "M7,0L9,0M12,3L14,3M12,-3L14,-3M17,0L19,0",
        }
        paths = [Path(box, {"color": self.outline, "width": 1.2}, self.colour)]
        if self.pattern:
            paths.append(Path(strokes[self.pattern], {"color": self.line, "width": 1.2}))
        return Entry(name, tuple(paths))


_HATCHES: Final = ("\\", ".", "x", "-", "|")


def category_fills(
    codes: Sequence[str], style: FigureStyle, *, colour: str, unknown: Collection[str]
) -> dict[str, Fill]:
    """Gives every category its fill: solid, tint, then hatches; "does not know" a light hatch.

    Args:
        codes: Categories in their order.
        style: The figure's style.
        colour: Colour of the sector.
        unknown: Codes that mean that the respondent does not know.
    """
    page, ink, grey = style.colour("page"), style.colour("ink"), style.colour("control")
    known = [code for code in dict.fromkeys(codes) if code not in unknown]
    fills: dict[str, Fill] = {}
    for position, code in enumerate(known):
        if position == 0:
            fills[code] = Fill(colour, "", colour, colour, page)
        elif position == 1:
            fills[code] = Fill(style.colour("tint"), "", ink, grey, ink)
        else:
            hatch = _HATCHES[(position - 2) % len(_HATCHES)]
            # Beyond seven categories the hatches return on the tint instead of the page.
            ground = page if position - 2 < len(_HATCHES) else style.colour("tint")
            fills[code] = Fill(ground, hatch, colour, colour, ink)
    for code in dict.fromkeys(codes):
        if code in unknown:
            fills[code] = Fill(page, "/", style.colour("rule"), grey, ink)
    return fills
