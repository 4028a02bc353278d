"""The words in a trend: every label beside its mark, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures.frame import Mark
from dashboard.figures.labels import (
    Box,
    Label,
    Spot,
    TextBlock,
    annotate,
    beside,
    block,
    line_of_text,
    place,
)
from dashboard.figures.shapes import ARROW, HALF_BAR
from dashboard.figures.trend_firsts import firsts_cover
from dashboard.figures.trend_marks import Conflict, Gap, on_line, year
from dashboard.figures.trend_plan import Plan, is_end, last_years, mark_text, reach

_MARKER = 8.0


def trend_labels(
    marks: list[Mark],
    plan: Plan,
    pairs: Sequence[tuple[Mark, Mark, bool]],
    gaps: Sequence[Gap],
    conflicts: Sequence[Conflict],
) -> list[dict[str, Any]]:
    """Returns the annotations of a trend: names, values, gaps, conflicts and headers."""
    anchored = [
        *_conflicts(conflicts, plan),
        *_ends(marks, plan),
        *_limits(marks, plan, conflicts),
        *_gaps(gaps, plan),
        *_starts_and_peaks(marks, plan),
    ]
    room = Box(-4, -8, plan.scale.width + plan.margin[1] - 4, plan.scale.height + 6)
    placed = place([label for _, _, label in anchored], _obstacles(marks, plan, pairs), room)
    found: list[dict[str, Any]] = []
    for (x, y, label), chosen in zip(anchored, placed, strict=True):
        if chosen is not None:
            found += annotate(label.text, x=x, y=y, spot=chosen[0], name="label")
    for header in plan.headers:
        found += annotate(
            header.text, x=header.x, y=1, yref="paper", spot=header.spot, name="header"
        )
    return found


Anchored = tuple[float, float, Label]
"""A year, a value, and the label that belongs there."""


def _at(plan: Plan, x: float, y: float, text: TextBlock, spots: Sequence[Spot]) -> Anchored:
    return x, y, Label(text, plan.scale.x(x), plan.scale.y(y), tuple(spots))


def _colour(mark: Mark, plan: Plan) -> str:
    return plan.styles[mark.series].colour


def _conflicts(conflicts: Sequence[Conflict], plan: Plan) -> list[Anchored]:
    ink = plan.style.colour("ink")
    found = []
    for conflict in conflicts:
        middle = (conflict.low + conflict.high) / 2
        # A phone has room for the sign at the head of the words only.
        label = conflict.label[:1] if plan.style.narrow else conflict.label
        text = line_of_text(label, ink, bold=True)
        found.append(_at(plan, conflict.x, middle, text, beside(23 if plan.style.narrow else 26)))
    return found


def _limits(marks: list[Mark], plan: Plan, conflicts: Sequence[Conflict]) -> list[Anchored]:
    """Limits, ranges, statements and pictures: always labelled, because no axis reads them."""
    found = []
    for position, mark in enumerate(marks):
        # The key says what the tag of a hidden value means; a word at each would bury the rest.
        if on_line(mark) or mark.kind == "suppressed":
            continue
        shift = plan.shifts[position]
        ends = reach(mark, plan.scale)
        foot = (ends[0] + ends[1]) / 2
        base = plan.scale.bottom + foot / plan.scale.height * (plan.scale.top - plan.scale.bottom)
        tied = any(c.x == mark.x for c in conflicts)
        half = (ends[1] - ends[0]) / 2
        text = mark_text(mark, marks, plan.style, _colour(mark, plan))
        right = beside(shift + HALF_BAR + 6 + (10 if tied and shift == 0 else 0))
        left = [
            Spot(shift - HALF_BAR - 6, dy, "right")
            for dy in (0, *(way * step for step in range(4, 120, 4) for way in (-1, 1)))
        ]
        below = [Spot(shift - HALF_BAR, -half - gap, "left", "top") for gap in range(6, 120, 6)] + [
            Spot(shift - HALF_BAR, half + 6, "left", "bottom")
        ]
        under = [Spot(shift + HALF_BAR, -half - gap, "right", "top") for gap in range(4, 100, 4)]
        at_edge = year(mark) == plan.last_year
        if plan.style.narrow and at_edge:
            over = Spot(shift + HALF_BAR, half + 4, "right", "bottom")
            said = mark.kind == "statement"
            spots = [*left[:9], over, *under, *left] if said else [*under, over, *left]
        elif plan.style.narrow:
            spots = [*right, *left]
        else:
            spots = [*right[:17], *below, *right, *left]
        found.append((shift, _at(plan, year(mark), base, text, spots)))
    # From the top, and of one height the mark that stands on the year itself first.
    found.sort(key=lambda pair: (-pair[1][1], -pair[0]))
    return [anchored for _, anchored in found]


def _ends(marks: list[Mark], plan: Plan) -> list[Anchored]:
    found = []
    last = last_years(marks)
    for mark in marks:
        if is_end(mark, last) and mark.value is not None:
            text = mark_text(mark, marks, plan.style, _colour(mark, plan))
            spots = [*beside(13, reach=60), Spot(0, 10, "center", "bottom")]
            spots += [Spot(0, -10, "center", "top"), *beside(13, side="left")]
            found.append(_at(plan, year(mark), mark.value, text, spots))
    return sorted(found, key=lambda anchored: -anchored[1])


def _starts_and_peaks(marks: list[Mark], plan: Plan) -> list[Anchored]:
    """First and highest value of every line, where there is room; the rest is in the table."""
    found = []
    last = last_years(marks)
    for key in dict.fromkeys((m.series, m.group) for m in marks if on_line(m)):
        own = [m for m in marks if (m.series, m.group) == key and on_line(m)]
        start = min(own, key=year)
        peak = max(own, key=lambda mark: mark.value or 0.0)
        for mark in dict.fromkeys((peak, start)):
            if is_end(mark, last) or mark.value is None:
                continue
            text = line_of_text(mark.label, _colour(mark, plan), bold=True, size=14)
            spots = [
                Spot(0, 10, "center", "bottom"),
                Spot(8, 9, "right", "bottom"),
                Spot(0, -10, "center", "top"),
                Spot(8, -9, "right", "top"),
                Spot(8, -9, "left", "top"),
                Spot(11, 0, "left"),
                Spot(-11, 0, "right"),
            ]
            x, y, label = _at(plan, year(mark), mark.value, text, spots)
            found.append((x, y, replace(label, required=False)))
    return found


def _gaps(gaps: Sequence[Gap], plan: Plan) -> list[Anchored]:
    found = []
    for gap in gaps:
        middle = (gap.first + gap.last) / 2
        width = plan.scale.x(gap.last + 0.5) - plan.scale.x(gap.first - 0.5) - 12
        text = block(
            [(gap.words(plan.style), plan.style.colour("ink2"), False)], width=min(width, 170)
        )
        heights = (0.22, 0.12, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
        spots = [Spot(0, share * plan.scale.height, "center", "middle") for share in heights]
        x, y, label = _at(plan, middle, plan.scale.bottom, text, spots)
        # A full phone leaves the band without words; the table says which years are missing.
        found.append((x, y, replace(label, required=not plan.style.narrow)))
    return found


def _obstacles(
    marks: list[Mark], plan: Plan, pairs: Sequence[tuple[Mark, Mark, bool]]
) -> list[Box]:
    scale = plan.scale
    boxes = firsts_cover(marks, plan)
    for position, mark in enumerate(marks):
        x = scale.x(year(mark)) + plan.shifts[position]
        low, high = reach(mark, scale)
        half = _MARKER if on_line(mark) else HALF_BAR
        boxes.append(Box(x - half, low, x + half, high))
    for left, right, _ in pairs:
        boxes += _along(left, right, plan)
    for header in plan.headers:
        x = scale.x(header.x)
        # The dashed line of a break hangs from the top of the plot.
        boxes.append(Box(x - 2, scale.height - ARROW - 10, x + 2, scale.height))
        boxes.append(Box(x - 6, 0, x + 6, ARROW))
    return boxes


def _along(left: Mark, right: Mark, plan: Plan) -> list[Box]:
    """Small boxes along a line, because a label may stand in its corner but not on it."""
    x0, x1 = plan.scale.x(year(left)), plan.scale.x(year(right))
    y0, y1 = plan.scale.y(left.value or 0), plan.scale.y(right.value or 0)
    steps = max(2, int(abs(x1 - x0) + abs(y1 - y0)) // 6)
    boxes = []
    for step in range(steps + 1):
        x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
        boxes.append(Box(x - 2, y - 2, x + 2, y + 2))
    return boxes
