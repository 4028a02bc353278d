"""Counts out of a small total, as filled and open signs per row: 2, 2 and 4 of 8 insurers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.figures.axes import widest
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.labels import Spot, annotate, block
from dashboard.figures.rows import RowText, plan_rows, row_words
from dashboard.figures.signs import count, sign_trace
from dashboard.figures.style import (
    TEXT_SIZE,
    Figure,
    FigureStyle,
    SeriesStyle,
    axis,
    base_layout,
    empty_figure,
    series_styles,
)


def counts_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws each count out of its total as filled and open signs, one row per answer.

    Args:
        points: One row per answer: series, series_label (the row's name, unless row_label
            has one), value (a whole count), n (the total), label ("2 van 8"); optional
            sector (gives the colour), heading, detail, n_label. A row without a count, such
            as a limit or a picture, keeps its words and has no signs.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "counts", ("series", "series_label", "value", "n", "label"))
    if not marks:
        return empty_figure(style)
    totals = [0 if pd.isna(n) else round(float(n)) for n in points["n"]]
    texts = [RowText(m.heading, m.row_label, m.detail, m.label, m.n_label) for m in marks]
    if not style.narrow:
        # The words stand behind the signs instead of at the far edge.
        texts = [replace(text, value="", count="") for text in texts]
    rows = plan_rows(texts, style, pitch=38, right=_words_width(marks))
    if style.narrow:
        rows = replace(rows, left=2.0)
    margin = (rows.left, rows.right, 6, 6)
    layout = base_layout(style, height=round(rows.bottom + 12), margin=margin)
    width = style.drawing_width - rows.left - rows.right
    pitch = min(24.0, width / max([*totals, *map(count, marks), 1]))
    layout["xaxis"] = axis(range=[-0.5, width / pitch - 0.5], visible=False)
    layout["yaxis"] = axis(range=[rows.bottom, 0], visible=False)
    layout["annotations"] = row_words(rows)
    size = min(16.0, pitch * 0.68)
    grey, ink = style.colour("control"), style.colour("ink")
    traces: list[dict[str, Any]] = []
    for mark, row, total in zip(marks, rows.rows, totals, strict=True):
        if not style.narrow:
            words = block([(mark.label, ink, True), (mark.n_label, grey, False)], size=TEXT_SIZE)
            at = max(total, count(mark)) - 0.2
            layout["annotations"] += annotate(
                words, x=at, y=row.middle, spot=Spot(8, 0, "left"), name="value"
            )
        if mark.kind != "point" or mark.value is None:
            continue
        sector = mark.sector or "all"
        colour = series_styles([sector], style)[sector].colour
        places = [(float(unit), row.middle) for unit in range(max(total, count(mark)))]
        for name, sign, own in (
            (mark.series, SeriesStyle(colour, "solid", "square"), places[: count(mark)]),
            (
                f"{mark.series}:rest",
                SeriesStyle(grey, "solid", "circle-open"),
                places[count(mark) :],
            ),
        ):
            if own:
                hover = [mark.hover] * len(own)
                traces.append(sign_trace(name, hover, own, sign, style, size=size))
    return {"data": traces, "layout": layout}


def _words_width(marks: list[Mark]) -> float:
    return widest([mark.label for mark in marks], size=TEXT_SIZE, bold=True) + 24
