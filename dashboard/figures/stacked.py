"""Shares by category that add up to a whole, "does not know" among them."""

from __future__ import annotations

import html
from collections.abc import Collection
from typing import Any, Final, Literal

import pandas as pd

from dashboard.figures.axes import tick_texts
from dashboard.figures.fills import Fill, category_fills
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.key import key_of
from dashboard.figures.labels import (
    Box,
    Label,
    Spot,
    TextBlock,
    annotate,
    block,
    line_of_text,
    place_all,
    text_width,
)
from dashboard.figures.rows import Rows, RowText, percent_ticks, plan_rows, rows_layout
from dashboard.figures.style import (
    TEXT_SIZE,
    Figure,
    FigureStyle,
    axis,
    base_layout,
    empty_figure,
    series_styles,
)

UNKNOWN: Final = frozenset(
    {"unknown", "does_not_know", "dont_know", "do_not_know", "not_known", "weet_niet"}
)
"""Categories that are drawn as a light hatch unless told otherwise."""

_BAR: Final = 52


def stacked_figure(
    points: pd.DataFrame, *, style: FigureStyle, unknown: Collection[str] = UNKNOWN
) -> Figure:
    """Draws one bar per row, divided by category; on a phone a bar per category.

    Only points are drawn. A limit or a picture has no length: it is printed in words at its
    category, so the parts drawn may add up to less than the whole.

    Args:
        points: One row per row and category: series (category), series_label, x_label (the
            row's name), value (percentage of the row), label; optional detail (second line
            of the row's name), heading, sector (gives the colour), kind.
        style: The figure's style.
        unknown: Categories that mean "does not know".

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "stacked", ("series", "series_label", "x_label", "value", "label"))
    if not marks:
        return empty_figure(style)
    sector = marks[0].sector or "all"
    colour = series_styles([sector], style)[sector].colour
    fills = category_fills([mark.series for mark in marks], style, colour=colour, unknown=unknown)
    if style.narrow:
        return _separate(marks, fills, style)
    if len({(mark.heading, mark.x_label) for mark in marks}) == 1:
        return _single(marks, fills, style)
    return _several(marks, fills, style)


def _length(mark: Mark) -> float | None:
    return mark.value if mark.kind == "point" else None


def _bars(
    marks: list[Mark], places: list[float], fill: Fill, width: float, *, base: list[float] | None
) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "name": marks[0].series,
        "x": [_length(mark) for mark in marks],
        "y": places,
        "width": [width] * len(marks),
        "hovertext": [
            html.escape(f"{m.x_label}, {m.series_label}: {m.label}", quote=False) for m in marks
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": fill.marker,
    }
    return trace | ({"base": base} if base else {})


def _single(marks: list[Mark], fills: dict[str, Fill], style: FigureStyle) -> Figure:
    """One bar over the whole width, its categories named below their part."""
    width = style.drawing_width - 2.0
    whole = max(100.0, sum(_length(mark) or 0 for mark in marks))
    start = 0.0
    traces: list[dict[str, Any]] = []
    inside: list[tuple[float, TextBlock, str]] = []
    below: list[tuple[float, Label]] = []
    for mark in marks:
        length = _length(mark) or 0.0
        fill = fills[mark.series]
        traces.append(_bars([mark], [_BAR / 2], fill, _BAR, base=None))
        pixels = length / whole * width
        fits = pixels > text_width(mark.label, 17, bold=True) + 16
        words = mark.series_label if fits else f"{mark.series_label} {mark.label}"
        if fits:
            value = line_of_text(mark.label, fill.ink, bold=True, size=17)
            inside.append((start, value, fill.colour if fill.pattern else ""))
        name = block(
            [(words, style.colour("ink"), False)],
            size=14,
            width=max(pixels - 18, 86 if fits else 210),
        )
        sides: tuple[tuple[float, Literal["left", "right"]], ...]
        sides = ((2, "left"), (max(pixels, 4), "right"))
        spots = [Spot(dx, -dy, side, "top") for dy in (10, 50, 90, 130) for dx, side in sides]
        below.append((start, Label(name, start / whole * width, 0, tuple(spots))))
        start += length
    placed = place_all([label for _, label in below], [], Box(0, -400, width, 0))
    layout = base_layout(style, height=0, margin=(1, 1, 2, 0))
    deepest = 0.0
    for x, value, ground in inside:
        spot = Spot(10, 0, "left")
        layout["annotations"] += annotate(value, x=x, y=_BAR / 2, spot=spot, ground=ground)
    for (x, label), (spot, box) in zip(below, placed, strict=True):
        layout["annotations"] += annotate(label.text, x=x, y=_BAR, spot=spot)
        deepest = max(deepest, -box.bottom)
    layout["margin"]["b"] = round(deepest + 4)
    layout["height"] = round(_BAR + 2 + deepest + 4)
    layout["xaxis"] = axis(range=[0, whole], visible=False)
    layout["yaxis"] = axis(range=[_BAR, 0], visible=False)
    layout["barmode"] = "stack"
    return {"data": traces, "layout": layout}


def _several(marks: list[Mark], fills: dict[str, Fill], style: FigureStyle) -> Figure:
    """A bar per row under a key of the categories."""
    lines = {(mark.heading, mark.x_label): mark for mark in marks}
    texts = [RowText(mark.heading, mark.x_label, mark.detail) for mark in lines.values()]
    rows = plan_rows(texts, style, pitch=44, right=24)
    middles = {name: row.middle for name, row in zip(lines, rows.rows, strict=True)}
    names = {mark.series: mark.series_label for mark in marks}
    key = key_of([fills[code].entry(name) for code, name in names.items()], style)
    ticks, words = percent_ticks(style)
    layout = rows_layout(rows, ticks=ticks, texts=words, top=8 + key.height)
    drawn, key_words = key.draw(style, left=rows.left, top=key.height + 4)
    layout["shapes"] += drawn
    layout["annotations"] += key_words
    ends = dict.fromkeys(lines, 0.0)
    scale = (style.drawing_width - rows.left - rows.right) / 100
    traces = []
    for code, fill in fills.items():
        own = [mark for mark in marks if mark.series == code]
        places = [middles[mark.heading, mark.x_label] for mark in own]
        bases = [ends[mark.heading, mark.x_label] for mark in own]
        traces.append(_bars(own, places, fill, 28, base=bases))
        for mark, y, base in zip(own, places, bases, strict=True):
            length = _length(mark) or 0.0
            if length * scale > text_width(mark.label, TEXT_SIZE, bold=True) + 10:
                text = line_of_text(mark.label, fill.ink, bold=True, size=14)
                layout["annotations"] += annotate(
                    text,
                    x=base + length / 2,
                    y=y,
                    spot=Spot(0, 0),
                    name="value",
                    ground=fill.colour if fill.pattern else "",
                )
            ends[mark.heading, mark.x_label] = base + length
    return {"data": traces, "layout": layout | {"barmode": "overlay"}}


def _separate(marks: list[Mark], fills: dict[str, Fill], style: FigureStyle) -> Figure:
    """A bar per category, each under its own name."""
    order = list(dict.fromkeys((mark.heading, mark.x_label) for mark in marks))
    several = len(order) > 1
    marks = sorted(marks, key=lambda mark: order.index((mark.heading, mark.x_label)))
    texts = []
    for mark in marks:
        parts = [mark.heading, mark.x_label] if several else [mark.heading]
        heading = ", ".join(part for part in parts if part)
        texts.append(RowText(heading, mark.series_label))
    planned = plan_rows(texts, style, pitch=40, mark=20)
    rows = Rows(
        style,
        planned.texts,
        planned.rows,
        planned.headings,
        (),
        planned.bottom,
        left=1,
        right=max(text_width(mark.label, TEXT_SIZE, bold=True) for mark in marks) + 12,
    )
    # No scale is printed here, so the longest bar may take the whole width.
    ticks = [0.0, max([_length(mark) or 0.0 for mark in marks]) or 100.0]
    layout = rows_layout(rows, ticks=ticks, texts=tick_texts(ticks, style))
    layout["xaxis"]["showticklabels"] = False
    layout["shapes"] = []
    layout["height"] -= 22
    layout["margin"]["b"] = 8
    traces = []
    for code, fill in fills.items():
        own = [(m, row) for m, row in zip(marks, rows.rows, strict=True) if m.series == code]
        places = [row.middle for _, row in own]
        traces.append(_bars([mark for mark, _ in own], places, fill, 20, base=None))
    for mark, row in zip(marks, rows.rows, strict=True):
        text = line_of_text(mark.label, style.colour("ink"), bold=True, size=TEXT_SIZE)
        at = _length(mark) or 0.0
        layout["annotations"] += annotate(
            text, x=at, y=row.middle, spot=Spot(8, 0, "left"), name="value"
        )
    return {"data": traces, "layout": layout | {"barmode": "overlay"}}
