"""The frame of charts with a row per mark: headings, row labels, grid and scale.

The vertical axis counts pixels from the top of the plot, so a row stands where it is put,
whatever the width of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures import shapes
from dashboard.figures.axes import tick_texts, widest
from dashboard.figures.labels import Spot, TextBlock, annotate, block, line_of_text
from dashboard.figures.style import AXIS_SIZE, TEXT_SIZE, FigureStyle, axis, base_layout

_HEADING: Final = 34
_FOOT: Final = 30
_GAP: Final = 22


@dataclass(frozen=True)
class RowText:
    """What a row says: its heading, its name, and the value at its end."""

    heading: str
    label: str
    detail: str = ""
    value: str = ""
    count: str = ""


@dataclass(frozen=True)
class Row:
    """Where a row stands, in pixels from the top of the plot."""

    middle: float
    label_at: float
    label: TextBlock


@dataclass(frozen=True)
class Rows:
    """All rows of a figure, and the room around them."""

    style: FigureStyle
    texts: tuple[RowText, ...]
    rows: tuple[Row, ...]
    headings: tuple[tuple[float, TextBlock], ...]
    blocks: tuple[tuple[float, float], ...]
    """Top and foot of every stretch of rows without a heading between."""
    bottom: float
    left: float
    right: float


def plan_rows(
    texts: Sequence[RowText],
    style: FigureStyle,
    *,
    pitch: float,
    mark: float = 26,
    bold: bool = False,
    right: float | None = None,
) -> Rows:
    """Stacks rows from the top: beside their label when wide, below it on a phone.

    Args:
        texts: The rows, in order; a heading is printed where it changes.
        style: The figure's style.
        pitch: Pixels from row to row when wide; more where a label has several lines.
        mark: Pixels that the mark of a row needs.
        bold: Whether row labels are bold.
        right: Pixels right of the plot when wide; None makes room for the values.
    """
    size = 14 if style.narrow else TEXT_SIZE
    limit = style.drawing_width - 20 if style.narrow else style.drawing_width * 0.32
    labels = [_label(text, style, size, limit, bold=bold) for text in texts]
    values = 0.0
    if any(text.value or text.count for text in texts):
        values = _value_width(texts)
    y = 0.0
    rows: list[Row] = []
    headings: list[tuple[float, TextBlock]] = []
    blocks: list[tuple[float, float]] = []
    start, heading = 0.0, ""
    for text, label in zip(texts, labels, strict=True):
        if text.heading != heading:
            if rows:
                blocks.append((start, y))
                y += _GAP
            heading = text.heading
            title = block([(heading, style.colour("ink"), True)], size=size, width=limit_of(style))
            headings.append((y, title))
            y += title.height + _HEADING - 1.3 * size
            start = y
        if style.narrow:
            rows.append(Row(y + label.height + mark / 2 + 4, y, label))
            y += label.height + mark + 16
        else:
            high = max(pitch, label.height + 10)
            rows.append(Row(y + high / 2, y + high / 2 - label.height / 2, label))
            y += high
    blocks.append((start, y))
    if style.narrow:
        left, own_right = 14.0, 22.0
    else:
        left = max((label.width for label in labels), default=0.0) + 22
        own_right = values + 34 if right is None else right
    return Rows(
        style, tuple(texts), tuple(rows), tuple(headings), tuple(blocks), y, left, own_right
    )


def limit_of(style: FigureStyle) -> float:
    """The widest that a line of text may be."""
    return style.drawing_width - 20


def _label(
    text: RowText, style: FigureStyle, size: float, limit: float, *, bold: bool
) -> TextBlock:
    room = limit
    if style.narrow and (text.value or text.count):
        room -= _value_width([text]) + 12
    parts = [(text.label, style.colour("ink"), bold), (text.detail, style.colour("ink2"), False)]
    return block(parts, size=size, width=room)


def _value_width(texts: Sequence[RowText]) -> float:
    """Counts line up behind the values that have one; a value alone may be longer."""
    counts = widest([text.count for text in texts], size=TEXT_SIZE)
    alone = widest([text.value for text in texts], size=TEXT_SIZE, bold=True)
    return max(_count_at(texts) + counts, alone)


def _count_at(texts: Sequence[RowText]) -> float:
    """Pixels from the start of a value to the start of its count."""
    values = widest([text.value for text in texts if text.count], size=TEXT_SIZE, bold=True)
    return values + 10 if values else 0.0


def rows_layout(
    rows: Rows,
    *,
    ticks: Sequence[float],
    texts: Sequence[str],
    side: str = "bottom",
    top: float = 8,
    span: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Returns the layout of a row chart with its words, grid and scale.

    Args:
        rows: The rows.
        ticks: Places of the grid lines.
        texts: What stands at them.
        side: Where the tick labels stand, "bottom" or "top".
        top: Pixels above the rows for a key.
        span: First and last value of the scale; None takes the outer ticks.
    """
    style = rows.style
    head, foot = (top + _FOOT, 8.0) if side == "top" else (top, float(_FOOT))
    height = round(head + rows.bottom + foot)
    first, last = span or (ticks[0], ticks[-1])
    layout = base_layout(style, height=height, margin=(rows.left, rows.right, head, foot))
    layout["xaxis"] = axis(
        range=[first, last],
        tickvals=list(ticks),
        ticktext=list(texts),
        tickfont={"size": AXIS_SIZE},
        side=side,
        ticklabelstandoff=4,
    )
    layout["yaxis"] = axis(range=[rows.bottom, 0], visible=False)
    layout["shapes"] = _grid(rows, ticks)
    layout["annotations"] = row_words(rows)
    return layout


def _grid(rows: Rows, ticks: Sequence[float]) -> list[dict[str, Any]]:
    """Vertical lines that stop at headings; on a phone only a tick behind each mark."""
    style = rows.style
    stretches = rows.blocks
    if style.narrow:
        stretches = tuple((row.middle - 10, row.middle + 10) for row in rows.rows)
    return [
        shapes.segment(
            tick,
            tick,
            start,
            end,
            colour=style.colour("control" if tick == 0 else "grid"),
            layer="below",
            name="grid",
        )
        for start, end in stretches
        for tick in ticks
    ]


def row_words(rows: Rows) -> list[dict[str, Any]]:
    """Returns the annotations of headings, row labels and the values at the end."""
    style = rows.style
    found: list[dict[str, Any]] = []
    edge: dict[str, Any] = {"x": 0, "xref": "paper"}
    for y, title in rows.headings:
        found += annotate(title, y=y, spot=Spot(-rows.left, 0, "left", "top"), **edge)
    for text, row in zip(rows.texts, rows.rows, strict=True):
        start = Spot(-rows.left, 0, "left", "top")
        found += annotate(row.label, y=row.label_at, spot=start, name="row", **edge)
        value = line_of_text(text.value, style.colour("ink"), bold=True, size=TEXT_SIZE)
        count = line_of_text(text.count, style.colour("ink2"), size=TEXT_SIZE)
        end: dict[str, Any] = {"x": 1, "xref": "paper", "name": "value"}
        if style.narrow:
            # Held at the right edge, so that they stay in view on the smallest phone.
            back = rows.right - 4
            gap = count.width + 10 if text.count else 0
            found += annotate(count, y=row.label_at, spot=Spot(back, 0, "right", "top"), **end)
            found += annotate(
                value, y=row.label_at, spot=Spot(back - gap, 0, "right", "top"), **end
            )
        else:
            second = 24 + _count_at(rows.texts)
            found += annotate(value, y=row.middle, spot=Spot(24, 0, "left"), **end)
            found += annotate(count, y=row.middle, spot=Spot(second, 0, "left"), **end)
    return found


def percent_ticks(style: FigureStyle) -> tuple[list[float], list[str]]:
    """The scale of a share: 0 to 100%, the unit at every step."""
    ticks = [0.0, 25.0, 50.0, 75.0, 100.0] if style.narrow else [20.0 * n for n in range(6)]
    return ticks, tick_texts(ticks, style, unit="all")
