"""Scales with round steps, and tick labels with the unit on one of them only."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.figures.labels import text_width
from dashboard.figures.style import AXIS_SIZE, FigureStyle
from dashboard.text import number

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice_ticks(
    low: float, high: float, *, lines: int = 5, whole: bool = False, inside: bool = False
) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, about `lines` steps.

    Args:
        low: Lowest value.
        high: Highest value.
        lines: Steps wanted.
        whole: Whether steps must be whole numbers.
        inside: Whether ticks beyond the values are left out; zero always stays.
    """
    if high == low:
        high = low + (abs(low) or 1.0)
    span = high - low
    rough = span / lines
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [power * nice for nice in _STEPS if power * nice >= rough * 0.999]
    step = next((each for each in steps if not whole or each.is_integer()), 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [round(position * step, 10) for position in range(first, last + 1)]
    return [tick for tick in ticks if not inside or low <= tick <= high or tick == 0]


def tick_texts(ticks: Sequence[float], style: FigureStyle, *, unit: str = "last") -> list[str]:
    """Prints tick labels in the reader's notation.

    Args:
        ticks: The numbers.
        style: The figure's style, with the unit.
        unit: "last" prints the unit at the last tick only, "all" at each.
    """
    texts = [number(tick, style.locale) for tick in ticks]
    short = style.unit_suffix.strip() == "%"
    return [
        style.suffixed(text) if short and (unit == "all" or position == len(texts) - 1) else text
        for position, text in enumerate(texts)
    ]


def widest(texts: Sequence[str], *, size: float = AXIS_SIZE, bold: bool = False) -> float:
    """Pixels of the longest of some texts."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0.0)


def year_ticks(first: int, last: int, pixels: float) -> list[int]:
    """Years to print under an axis: always the last one, the others as there is room."""
    if first == last:
        return [first]
    room = max(1.0, pixels / (last - first))
    step = next((n for n in (1, 2, 5, 10, 20) if n * room >= 44), 50)
    if step in (1, 2):
        return list(range(last, first - 1, -step))[::-1]
    return [year for year in range(first, last + 1) if year % step == 0]
