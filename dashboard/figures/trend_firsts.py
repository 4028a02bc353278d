"""Where the rings of first published values stand in a trend: near their year, none on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.figures.first_values import ASIDE, RADIUS
from dashboard.figures.frame import Mark
from dashboard.figures.labels import Box
from dashboard.figures.trend_marks import on_line, year
from dashboard.figures.trend_plan import Plan

MOST_ASIDE: Final = 0.15
"""Years that a ring may stand off its own; more would put it at another on a phone."""
_RING: Final = 10.0
"""Pixels between two first values that can be told apart."""
_SIDES: Final = (-1.0, 1.0, -0.5, 0.5, 0.0)

Placed = tuple[Mark, float]
"""A mark, and how many years aside the ring of its first value stands."""


def placed_firsts(marks: Sequence[Mark], plan: Plan) -> list[Placed]:
    """Places the rings; two of one year that would cover each other stand at two sides."""
    scale = plan.scale
    aside = min(MOST_ASIDE, ASIDE / scale.width * (scale.last - scale.first))
    found: list[Placed] = []
    taken: list[tuple[float, float, int]] = []
    for mark in marks:
        if not on_line(mark) or mark.first is None:
            continue
        x, y, step = year(mark), scale.y(mark.first), 0
        while step < len(_SIDES) - 1 and any(
            (x, step) == (other, side) and abs(y - at) < _RING for other, at, side in taken
        ):
            step += 1
        taken.append((x, y, step))
        found.append((mark, aside * _SIDES[step]))
    return found


def firsts_cover(marks: Sequence[Mark], plan: Plan) -> list[Box]:
    """Returns what the rings and their lines cover, so that no label stands there."""
    boxes: list[Box] = []
    scale, half = plan.scale, RADIUS + 3
    for mark, aside in placed_firsts(marks, plan):
        x, y = scale.x(year(mark) + aside), scale.y(mark.first or 0)
        low, high = sorted((y, scale.y(mark.value or 0)))
        left, right = sorted((x, scale.x(year(mark))))
        boxes += [Box(x - half, y - half, x + half, y + half), Box(left - 2, low, right + 2, high)]
    return boxes
