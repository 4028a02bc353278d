"""What a trend may draw: which marks have an extent, and which points a line may join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dashboard.figures.frame import Mark, Points, read_marks
from dashboard.figures.labels import runs_of
from dashboard.figures.style import FigureStyle

DODGE: Final = 24
"""Pixels between two marks that would cover each other."""


@dataclass(frozen=True, kw_only=True)
class _Words:
    """Words for a place in the figure, and fewer words for a phone if there are."""

    label: str
    short: str = ""

    def words(self, style: FigureStyle) -> str:
        """The words that fit the width."""
        return self.short if style.narrow and self.short else self.label


@dataclass(frozen=True, kw_only=True)
class Gap(_Words):
    """Years in which nobody has a figure, e.g. 2020 to 2023, and what to say there."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Break(_Words):
    """A break in comparability between `after` and the next year.

    Lines of `series` never cross it; without series, no line does.
    """

    after: int
    series: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Note(_Words):
    """Words above a year, e.g. that its denominator is not known."""

    x: float


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two values for one year that contradict each other, tied by a bracket."""

    x: float
    low: float
    high: float
    label: str


def drawn_marks(points: Points) -> list[Mark]:
    """Reads the marks that can be drawn: those with a year and a value, limit or picture."""
    marks = read_marks(points, "trend", ("series", "series_label", "x", "label"))
    return [mark for mark in marks if mark.x is not None and extent(mark)]


def year(mark: Mark) -> float:
    """The year of a mark that is drawn."""
    return mark.x or 0.0


def extent(mark: Mark) -> tuple[float, ...]:
    """The values that a mark covers; none where it cannot be drawn."""
    kind = mark.kind
    if kind in ("image", "suppressed"):
        return (0.0,)
    if kind in ("bound_low", "bound_high"):
        return () if mark.limit is None else (mark.limit,)
    if kind == "range":
        return () if mark.low is None or mark.high is None else (mark.low, mark.high)
    if kind == "none" or mark.value is None:
        return ()
    ends = (mark.value, mark.ci_low, mark.ci_high, mark.first)
    return tuple([end for end in ends if end is not None])


def on_line(mark: Mark) -> bool:
    """Whether a mark is a measured point, which a line may pass through."""
    return mark.kind == "point" and mark.status != "superseded"


def line_pairs(marks: Sequence[Mark], breaks: Sequence[Break]) -> list[tuple[Mark, Mark, bool]]:
    """Pairs of points that a line may join, and whether it skips a year.

    A pair lies in one series and one group, at most one year is missing between them, and no
    break of that series stands there.
    """
    pairs: list[tuple[Mark, Mark, bool]] = []
    for key in dict.fromkeys((mark.series, mark.group) for mark in marks):
        own = [m for m in marks if (m.series, m.group) == key and on_line(m)]
        own.sort(key=year)
        for left, right in pairwise(own):
            start, end = year(left), year(right)
            broken = any(
                start <= stop.after < end and (not stop.series or key[0] in stop.series)
                for stop in breaks
            )
            # Two values of one year are two answers, not a development.
            if not broken and 0 < end - start <= 2:
                pairs.append((left, right, end - start > 1))
    return pairs


def missing_spans(points: Points) -> list[tuple[int, int]]:
    """Finds the years between the first and the last mark for which no mark stands.

    Returns:
        First and last year of every such span of at least two years: one missing year is
        bridged by a thin line and needs no words.
    """
    years = {int(year(mark)) for mark in drawn_marks(points)}
    if not years:
        return []
    spans = runs_of(set(range(min(years), max(years) + 1)) - years)
    return [span for span in spans if span[1] > span[0]]


def dodged(marks: Sequence[Mark], reach: dict[int, tuple[float, float]]) -> dict[int, float]:
    """Sets limits, ranges and statements of one year side by side where they would meet.

    Args:
        marks: All marks of the figure.
        reach: Lowest and highest pixel of each mark, by its position in `marks`.

    Returns:
        Pixels to the left (negative) per position; a point always stands on its year.
    """
    shifts: dict[int, float] = {}
    # The last of a year stands on the year itself, so labels at its right have room.
    for position in reversed(range(len(marks))):
        mark = marks[position]
        shifts[position] = 0.0
        if on_line(mark):
            continue
        low, high = reach[position]
        others = [
            other
            for other in range(len(marks))
            if other != position and year(marks[other]) == year(mark)
        ]
        while any(
            shifts.get(other, 1.0 if not on_line(marks[other]) else 0.0) == shifts[position]
            and reach[other][0] < high
            and low < reach[other][1]
            for other in others
        ):
            shifts[position] -= DODGE
    return shifts
