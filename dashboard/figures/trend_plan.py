"""The sizes of a trend: margins, scales and the words above it, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.figures.axes import nice_ticks, tick_texts, widest
from dashboard.figures.frame import Mark
from dashboard.figures.key import Key, series_key
from dashboard.figures.labels import Box, Label, Spot, TextBlock, block, place_all, text_width
from dashboard.figures.shapes import ARROW
from dashboard.figures.style import AXIS_SIZE, TEXT_SIZE, FigureStyle, SeriesStyle, series_styles
from dashboard.figures.trend_marks import Break, Conflict, Note, dodged, extent, on_line, year

_FOOT = 30.0
_NARROW = 168.0


@dataclass(frozen=True)
class Scale:
    """Turns years and values into pixels of the plot; y grows upwards from its foot."""

    first: float
    last: float
    bottom: float
    top: float
    width: float
    height: float

    def x(self, value: float) -> float:
        """Pixels from the left of the plot."""
        return (value - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        """Pixels above the foot of the plot."""
        return (value - self.bottom) / (self.top - self.bottom) * self.height


@dataclass(frozen=True)
class Header:
    """Words above the plot, at a year."""

    x: float
    text: TextBlock
    spot: Spot


@dataclass(frozen=True)
class Plan:
    """Everything that is decided before a mark is drawn."""

    style: FigureStyle
    styles: dict[str, SeriesStyle]
    key: Key
    headers: tuple[Header, ...]
    margin: tuple[float, float, float, float]
    height: int
    ticks: list[float]
    tick_texts: list[str]
    scale: Scale
    shifts: dict[int, float]
    first_year: float
    last_year: float


def last_years(marks: Sequence[Mark]) -> dict[str, float]:
    """The year of the latest point of every series."""
    found: dict[str, float] = {}
    for mark in marks:
        if on_line(mark) and year(mark) >= found.get(mark.series, year(mark)):
            found[mark.series] = year(mark)
    return found


def is_end(mark: Mark, last: Mapping[str, float]) -> bool:
    """Whether a point is the latest of its series, of which `last` has the years."""
    return on_line(mark) and year(mark) == last[mark.series]


def mark_text(mark: Mark, marks: Sequence[Mark], plan_style: FigureStyle, colour: str) -> TextBlock:
    """The words beside a mark: its series, its value, and a second line if it has one.

    The series is left out where the figure has only one, and on a phone at the end of a line,
    because the key above the plot already says it.
    """
    alone = len({other.series for other in marks}) == 1
    keyed = plan_style.narrow and on_line(mark)
    name = "" if alone or keyed else mark.series_label
    own = plan_style.colour("ink") if mark.kind == "statement" else colour
    # A phone has one line for who says so; a longer name is in the table.
    fits = not plan_style.narrow or text_width(mark.detail, AXIS_SIZE) < _NARROW
    return block(
        [
            (" ".join(part for part in (name, mark.label) if part), own, True),
            (mark.detail if fits and not keyed else "", plan_style.colour("ink2"), False),
        ],
        size=AXIS_SIZE if plan_style.narrow else TEXT_SIZE,
        width=_NARROW if plan_style.narrow else min(215.0, plan_style.drawing_width * 0.27),
    )


def plan_trend(
    marks: list[Mark],
    style: FigureStyle,
    breaks: Sequence[Break],
    notes: Sequence[Note],
    conflicts: Sequence[Conflict],
) -> Plan:
    """Decides the sizes of a trend with at least one mark."""
    styles = series_styles(
        [mark.series for mark in marks], style, sectors={m.series: m.sector for m in marks}
    )
    key = Key()
    if style.narrow:
        named = {m.series: m.series_label for m in marks if on_line(m)}
        key = series_key([(name, styles[code]) for code, name in named.items()], style)
    ticks = _ticks(marks, style, conflicts)
    texts = tick_texts(ticks, style)
    years = [year(mark) for mark in marks]
    first, last = min(years), max(years)
    left = widest(texts) + 14
    right = _right_margin(marks, styles, style, last, bool(conflicts))
    width = style.drawing_width - left - right
    # Half a year label must fit on either side of the first and the last year.
    edge = 20 if style.narrow else 30
    pad = max(last - first, 1.0) * edge / max(width - 2 * edge, 100)
    flat = Scale(first - pad, last + pad, 0, 1, width, 1)
    headers, above = _headers(flat, style, breaks, notes, Box(-left + 4, 0, width + right - 4, 400))
    top = 12 + key.height + (above + 4 if headers else 0)
    # A phone has no height to spare for words, so they come on top of it.
    height = style.drawing_height + round(key.height + (above if style.narrow else 0))
    plot = height - top - _FOOT
    headroom = (ticks[-1] - ticks[0]) * 12 / plot
    scale = Scale(first - pad, last + pad, ticks[0], ticks[-1] + headroom, width, plot)
    return Plan(
        style=style,
        styles=styles,
        key=key,
        headers=headers,
        margin=(left, right, top, _FOOT),
        height=height,
        ticks=ticks,
        tick_texts=texts,
        scale=scale,
        shifts=dodged(marks, {n: reach(mark, scale) for n, mark in enumerate(marks)}),
        first_year=first,
        last_year=last,
    )


def reach(mark: Mark, scale: Scale) -> tuple[float, float]:
    """Lowest and highest pixel that a mark covers."""
    if mark.kind in ("image", "suppressed"):
        return (10.0, 36.0)
    ends = [scale.y(end) for end in extent(mark)]
    if mark.kind == "bound_low":
        return (ends[0] - 4, ends[0] + ARROW + 2)
    if mark.kind == "bound_high":
        return (ends[0] - ARROW - 2, ends[0] + 4)
    return (min(ends) - 8, max(ends) + 8)


def _ticks(marks: list[Mark], style: FigureStyle, conflicts: Sequence[Conflict]) -> list[float]:
    ends = [end for mark in marks for end in extent(mark)]
    ends += [conflict.high for conflict in conflicts]
    highest = max(ends)
    # Room for the arrow of a limit, which has no value of its own.
    ends += [extent(m)[0] * 1.15 for m in marks if m.kind == "bound_low"]
    top = max(0.0, *ends)
    if style.unit_suffix.strip() == "%" and highest <= 100:
        top = min(top, 100.0)
    lines = 5 if style.drawing_height >= 300 else 3
    return nice_ticks(min(0.0, *ends), top or 1.0, lines=lines)


def _right_margin(
    marks: list[Mark],
    styles: dict[str, SeriesStyle],
    style: FigureStyle,
    last: float,
    bracket: bool,  # noqa: FBT001
) -> float:
    ends = last_years(marks)
    texts = [
        mark_text(mark, marks, style, styles[mark.series].colour).width
        for mark in marks
        if year(mark) == last
        and mark.kind != "suppressed"
        and (not style.narrow or is_end(mark, ends))
    ]
    if not texts:
        return 22.0
    room = max(texts) + (16 if style.narrow else 30) + (14 if bracket else 0)
    return min(room, style.drawing_width * 0.36)


def _headers(
    scale: Scale, style: FigureStyle, breaks: Sequence[Break], notes: Sequence[Note], room: Box
) -> tuple[tuple[Header, ...], float]:
    """Places the words of breaks and notes above the plot, and says how high they reach."""
    ink = style.colour("ink")
    rows = (4, 42, 80)
    sides: tuple[tuple[float, Literal["left", "right"]], ...] = ((0, "left"), (0, "right"))
    near: tuple[tuple[float, Literal["left", "right"]], ...] = ((-12, "left"), (16, "right"))
    wanted: list[tuple[float, Label]] = []
    for note in notes:
        text = block([(note.words(style), ink, True)], width=96 if style.narrow else 130)
        spots = tuple(Spot(dx, row, side, "bottom") for row in rows for dx, side in near)
        wanted.append((note.x, Label(text, scale.x(note.x), 0, spots)))
    for stop in breaks:
        text = block([(stop.words(style), ink, True)], width=140 if style.narrow else 160)
        spots = tuple(Spot(dx, row, side, "bottom") for row in rows for dx, side in sides)
        wanted.append((stop.after + 0.5, Label(text, scale.x(stop.after + 0.5), 0, spots)))
    headers: list[Header] = []
    above = 0.0
    placed = place_all([label for _, label in wanted], [], room)
    for (x, label), (spot, box) in zip(wanted, placed, strict=True):
        headers.append(Header(x, label.text, spot))
        above = max(above, box.top)
    return tuple(headers), above
