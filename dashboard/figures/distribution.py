"""Where each region stands: one sign per region, stacked at its value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from dashboard.figures import shapes
from dashboard.figures.axes import nice_ticks, tick_texts
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.labels import Spot, TextBlock, annotate, line_of_text
from dashboard.figures.signs import sign_trace
from dashboard.figures.style import (
    Figure,
    FigureStyle,
    SeriesStyle,
    axis,
    base_layout,
    empty_figure,
    row_style,
)

_PITCH: Final = 14
_SIDES: Final = (14.0, 24.0)
_EDGE: Final = 12

Stacked = tuple[Mark, int]
"""A mark and how many stand below it."""


def distribution_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws one sign per region on a strip; the selected region is in ink and named.

    The sign of a provisional value is open.

    Without a selection the highest and the lowest value are named, where one region has them.

    Args:
        points: One row per region: series (a sector; gives colour and marker),
            series_label (the region, unless row_label has it), value, label; optional
            heading (each heading has a strip of its own), selected, sector. A region
            without a value is not drawn.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "distribution", ("series", "series_label", "value", "label"))
    marks = [mark for mark in marks if mark.kind == "point" and mark.value is not None]
    if not marks:
        return empty_figure(style)
    values = [_value(mark) for mark in marks]
    whole = all(value.is_integer() for value in values)
    ticks = nice_ticks(min(values), max(values), lines=5 if style.narrow else 8, whole=whole)
    strip = _Strip(ticks, sorted(set(values)), style)
    layout = base_layout(style, height=0, margin=(*_SIDES, 6, 30))
    traces: list[dict[str, Any]] = []
    y = 0.0
    for heading in dict.fromkeys(mark.heading for mark in marks):
        stacked = _stack([mark for mark in marks if mark.heading == heading])
        title = line_of_text(heading, style.colour("ink"), bold=True, size=14)
        start = Spot(-_SIDES[0], 0, "left", "top")
        layout["annotations"] += annotate(title, x=0, y=y, xref="paper", spot=start, name="heading")
        foot = y + title.height + 26 + (1 + max(level for _, level in stacked)) * strip.pitch
        for series in dict.fromkeys(mark.series for mark, _ in stacked):
            own = [pair for pair in stacked if pair[0].series == series]
            traces += strip.traces(own, foot, row_style(series, own[0][0].sector, style))
        for pair in _named(stacked):
            layout["annotations"] += strip.name(pair, stacked, foot)
            layout["shapes"] += strip.leader(pair, stacked, foot)
        colour = style.colour("control")
        line = shapes.segment(0, 1, foot, foot, xref="paper", colour=colour, name="axis")
        layout["shapes"].append(line)
        y = foot + 18
    bottom = y - 18
    layout["xaxis"] = axis(
        range=strip.span,
        tickvals=ticks,
        ticktext=tick_texts(ticks, style),
        ticklabelstandoff=4,
    )
    layout["yaxis"] = axis(range=[bottom, 0], visible=False)
    layout["height"] = round(bottom + 36)
    return {"data": traces, "layout": layout}


def _value(mark: Mark) -> float:
    return mark.value or 0.0


def _stack(marks: list[Mark]) -> list[Stacked]:
    """Counts how many stand at each value already; the selected one goes on top."""
    standing: Counter[float] = Counter()
    stacked: list[Stacked] = []
    for mark in sorted(marks, key=lambda mark: mark.selected):
        stacked.append((mark, standing[_value(mark)]))
        standing[_value(mark)] += 1
    return stacked


def _named(stacked: list[Stacked]) -> list[Stacked]:
    selected = [pair for pair in stacked if pair[0].selected]
    if selected:
        return selected
    values = Counter(_value(mark) for mark, _ in stacked)
    ends = {min(values), max(values)}
    return [pair for pair in stacked if _value(pair[0]) in ends and values[_value(pair[0])] == 1]


@dataclass(frozen=True)
class _Strip:
    """The scale that all strips share, and the size of a sign on it."""

    ticks: list[float]
    values: list[float]
    style: FigureStyle

    @property
    def scale(self) -> float:
        """Pixels per unit."""
        room = self.style.drawing_width - sum(_SIDES) - 2 * _EDGE
        return room / (self.ticks[-1] - self.ticks[0])

    @property
    def pitch(self) -> float:
        """Pixels from sign to sign: smaller where neighbouring values would touch."""
        steps = [right - left for left, right in pairwise(self.values)]
        return max(6.0, min(float(_PITCH), *(step * self.scale for step in steps), _PITCH))

    @property
    def span(self) -> list[float]:
        """First and last value of the axis, with room for half a sign at either end."""
        return [self.ticks[0] - _EDGE / self.scale, self.ticks[-1] + _EDGE / self.scale]

    def at(self, level: int, foot: float) -> float:
        """Pixels from the top at which a sign stands."""
        return foot - 3 - (level + 0.5) * self.pitch

    def traces(
        self, stacked: list[Stacked], foot: float, sign: SeriesStyle
    ) -> list[dict[str, Any]]:
        """One trace of signs, and one of the selected region."""
        traces = []
        for selected in (False, True):
            chosen = [(mark, level) for mark, level in stacked if mark.selected == selected]
            if not chosen:
                continue
            own, name, size = sign, chosen[0][0].series, self.pitch * 0.84
            if selected:
                own = SeriesStyle(self.style.colour("ink"), sign.dash, "circle")
                name, size = f"{name}:selected", self.pitch * 1.05
            for waits in (False, True):
                some = [pair for pair in chosen if (pair[0].status == "provisional") == waits]
                if some:
                    look = replace(own, symbol=f"{own.symbol}-open") if waits else own
                    traces.append(self._signs(name, some, foot, look, size))
        return traces

    def _signs(
        self, name: str, stacked: list[Stacked], foot: float, sign: SeriesStyle, size: float
    ) -> dict[str, Any]:
        places = [(_value(mark), self.at(level, foot)) for mark, level in stacked]
        hover = [mark.hover for mark, _ in stacked]
        return sign_trace(name, hover, places, sign, self.style, size=size)

    def words(self, mark: Mark) -> tuple[TextBlock, float]:
        """The name above a sign, and how far it is moved to stay within the strip."""
        text = f"{mark.row_label} {mark.label}".strip()
        words = line_of_text(text, self.style.colour("ink"), bold=True, size=14)
        left = (_value(mark) - self.ticks[0]) * self.scale + _EDGE + _SIDES[0]
        right = (self.ticks[-1] - _value(mark)) * self.scale + _EDGE + _SIDES[1]
        half = words.width / 2 + 6
        return words, max(0.0, half - left) - max(0.0, half - right)

    def raised(self, pair: Stacked, stacked: list[Stacked]) -> int:
        """The level above which the name covers no other sign."""
        mark, level = pair
        words, moved = self.words(mark)
        half = words.width / 2 + self.pitch / 2
        levels = [
            other_level
            for other, other_level in stacked
            if abs((_value(other) - _value(mark)) * self.scale - moved) < half
        ]
        return max(level, *levels, level)

    def name(self, pair: Stacked, stacked: list[Stacked], foot: float) -> list[dict[str, Any]]:
        """Names a region above its sign, and above its neighbours where they are higher."""
        words, moved = self.words(pair[0])
        y = self.at(self.raised(pair, stacked), foot)
        spot = Spot(moved, self.pitch * 0.5 + 3, "center", "bottom")
        return annotate(words, x=_value(pair[0]), y=y, spot=spot, name="name")

    def leader(self, pair: Stacked, stacked: list[Stacked], foot: float) -> list[dict[str, Any]]:
        """A thin line from a sign to its name, where others stand between."""
        mark, level = pair
        top = self.raised(pair, stacked)
        if top == level:
            return []
        return [
            shapes.segment(
                _value(mark),
                _value(mark),
                self.at(level, foot) - self.pitch / 2,
                self.at(top, foot) - self.pitch / 2,
                colour=self.style.colour("control"),
                name="leader",
            )
        ]
