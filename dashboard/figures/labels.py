"""Places labels beside their marks so that none covers another.

The browser knows how wide a text is; we do not, so widths are estimated from the advance
widths of Inter, a little on the wide side.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from dashboard.figures.style import AXIS_SIZE, BOLD

LINE: Final = 1.3
"""Height of a line of text, as a multiple of its size."""

_WIDTHS: Final = {
    # Thousandths of the type size, measured on Inter regular; digits are tabular.
    230: "ijl.,:;!'|ïí’‘",
    270: "I `",
    330: "ft/r\\()[]",
    400: '1*"-',
    560: "abcdeghknopqsuvxyzéëèöüáóFJLEˆ_",
    640: "0123456789$€+<>=~#?TSPZYKBXRA≠&",
    740: "CDGHNOQUV–→",
    900: "mwM%",
    1000: "W@—",
}
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimates how many pixels a line of Inter takes."""
    thousandths = sum(_WIDTH_OF.get(letter, 640) for letter in text)
    return thousandths / 1000 * size * (1.07 if bold else 1.02)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Breaks a text into lines no wider than `width`; a single long word may stick out."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True)
class Paragraph:
    """Lines of one colour and weight."""

    lines: tuple[str, ...]
    colour: str
    bold: bool = False
    size: float = AXIS_SIZE

    @property
    def width(self) -> float:
        """Pixels of the longest line."""
        return max(text_width(line, self.size, bold=self.bold) for line in self.lines)

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LINE


@dataclass(frozen=True)
class TextBlock:
    """Paragraphs that are placed as one, under each other.

    Each becomes an annotation of its own: mixing styles within one would need style
    attributes in the markup, which a strict content security policy forbids.
    """

    paragraphs: tuple[Paragraph, ...]

    @property
    def width(self) -> float:
        """Pixels of the longest line."""
        return max((paragraph.width for paragraph in self.paragraphs), default=0.0)

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the bottom of the last."""
        return sum(paragraph.height for paragraph in self.paragraphs)


def block(
    parts: Iterable[tuple[str, str, bool]], *, size: float = AXIS_SIZE, width: float = 1e6
) -> TextBlock:
    """Makes a text block of paragraphs (text, colour, bold), each wrapped to `width`.

    The first paragraph has the size given; the ones below it have the size of the axis.
    """
    paragraphs: list[Paragraph] = []
    for text, colour, bold in parts:
        if text:
            own = AXIS_SIZE if paragraphs else size
            lines = wrap(text, width, own, bold=bold)
            paragraphs.append(Paragraph(tuple(lines), colour, bold, own))
    return TextBlock(tuple(paragraphs))


class Box(NamedTuple):
    """A rectangle in pixels; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Square pixels that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide * high if wide > 0 and high > 0 else 0.0

    def grown(self, pixels: float) -> Box:
        """The same rectangle with a rim, so that neighbours keep a distance."""
        return Box(self.left - pixels, self.bottom - pixels, self.right + pixels, self.top + pixels)

    def outside(self, frame: Box) -> float:
        """Pixels by which this box sticks out of a frame."""
        left, bottom, right, top = frame
        if left <= self.left and bottom <= self.bottom and self.right <= right and self.top <= top:
            return 0.0
        return (
            max(0.0, frame.left - self.left)
            + max(0.0, self.right - frame.right)
            + max(0.0, frame.bottom - self.bottom)
            + max(0.0, self.top - frame.top)
        )


_SHARE_LEFT: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
_SHARE_BELOW: Final = {"bottom": 0.0, "middle": 0.5, "top": 1.0}


@dataclass(frozen=True)
class Spot:
    """Where a label may stand: a shift from its point, and the side that holds on to it."""

    dx: float
    dy: float
    xanchor: Literal["left", "center", "right"] = "center"
    yanchor: Literal["bottom", "middle", "top"] = "middle"

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """The rectangle that a text of this size covers when it stands here."""
        left = x + self.dx - width * _SHARE_LEFT[self.xanchor]
        low = y + self.dy - height * _SHARE_BELOW[self.yanchor]
        return Box(left, low, left + width, low + height)


@dataclass(frozen=True)
class Label:
    """A text, the point it belongs to in pixels, and the spots to try, best first."""

    text: TextBlock
    x: float
    y: float
    spots: tuple[Spot, ...]
    required: bool = True
    """A label that is not required is left out where it would cover something."""


@lru_cache(maxsize=256)
def beside(
    dx: float, *, side: Literal["left", "right"] = "right", reach: int = 90
) -> tuple[Spot, ...]:
    """Spots at one side of a point, pushed up and down in small steps."""
    steps = [0] + [way * step for step in range(2, reach + 1, 2) for way in (-1, 1)]
    if side == "right":
        return tuple(Spot(dx, step, "left") for step in steps)
    return tuple(Spot(-dx, step, "right") for step in steps)


def place(
    labels: Sequence[Label], obstacles: Sequence[Box], frame: Box
) -> list[tuple[Spot, Box] | None]:
    """Chooses a spot for every label, the first labels first.

    A label takes its first spot that lies in the frame and covers nothing. A required label
    without such a spot takes the one that covers least; another is left out (None).
    """
    # Sorted, so that only the obstacles in the column of a spot need to be looked at.
    known = sorted(obstacles)
    lefts = [box.left for box in known]
    widest = max((box.right - box.left for box in known), default=0.0)
    placed: list[Box] = []
    chosen: list[tuple[Spot, Box] | None] = []
    for label in labels:
        best: tuple[float, Spot, Box] | None = None
        width, height = label.text.width, label.text.height
        for spot in label.spots:
            box = spot.box(label.x, label.y, width, height)
            first, last = bisect_left(lefts, box.left - widest), bisect_left(lefts, box.right)
            column = known[first:last] + placed
            worst = None if best is None else best[0]
            cost = _cost(box, column, 50 * box.outside(frame), worst)
            if worst is None or cost < worst:
                best = (cost, spot, box)
            if cost == 0:
                break
        if best is None or (best[0] > 0 and not label.required):
            chosen.append(None)
            continue
        chosen.append((best[1], best[2]))
        placed.append(best[2].grown(2))
    return chosen


def _cost(box: Box, taken: Sequence[Box], cost: float, worst: float | None) -> float:
    """Adds to a cost the pixels that a box covers; stops once another spot is known as better."""
    left, low, right, high = box
    for other_left, other_low, other_right, other_high in taken:
        # Written out, because a figure asks this thousands of times.
        if other_left < right and other_right > left and other_low < high and other_high > low:
            wide = min(right, other_right) - max(left, other_left)
            cost += wide * (min(high, other_high) - max(low, other_low))
            if worst is not None and cost >= worst:
                return cost
    return cost


def place_all(
    labels: Sequence[Label], obstacles: Sequence[Box], frame: Box
) -> list[tuple[Spot, Box]]:
    """Chooses a spot for labels that are all required and all have spots."""
    return [found for found in place(labels, obstacles, frame) if found is not None]


def annotate(
    text: TextBlock,
    *,
    x: float,
    y: float,
    spot: Spot,
    xref: str = "x",
    yref: str = "y",
    name: str = "",
    ground: str = "",
) -> list[dict[str, Any]]:
    """Returns Plotly annotations without arrows, shifted from their point by pixels.

    `ground` is a colour behind the text, where it would stand on a hatch.
    """
    top = spot.dy + text.height * {"bottom": 1, "middle": 0.5, "top": 0}[spot.yanchor]
    found: list[dict[str, Any]] = []
    for paragraph in text.paragraphs:
        found.append(
            {
                # Marks of the data may not be read as tags: "< 5" stays "< 5".
                "text": "<br>".join(html.escape(line, quote=False) for line in paragraph.lines),
                "x": x,
                "y": y,
                "xref": xref,
                "yref": yref,
                "xshift": round(spot.dx, 1),
                "yshift": round(top, 1),
                "xanchor": spot.xanchor,
                "yanchor": "top",
                "align": spot.xanchor,
                "showarrow": False,
                "borderpad": 0,
                "font": {
                    "size": paragraph.size,
                    "color": paragraph.colour,
                    "weight": BOLD if paragraph.bold else 400,
                },
            }
            | ({"name": name} if name else {})
            | ({"bgcolor": ground} if ground else {})
        )
        top -= paragraph.height
    return found


def line_of_text(
    text: str, colour: str, *, bold: bool = False, size: float = AXIS_SIZE
) -> TextBlock:
    """Makes a block of one line."""
    return TextBlock((Paragraph((text,), colour, bold, size),)) if text else TextBlock(())


def runs_of(values: Iterable[int]) -> list[tuple[int, int]]:
    """Groups whole numbers into runs, e.g. 2020, 2021, 2023 into 2020–2021 and 2023–2023."""
    ordered = sorted(set(values))
    keyed = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    spans = ([value for _, value in group] for _, group in keyed)
    return [(span[0], span[-1]) for span in spans]
