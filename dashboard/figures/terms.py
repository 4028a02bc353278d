"""Contract terms per insurer, as bars over the years for which a contract runs."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.figures import shapes
from dashboard.figures.axes import widest
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.labels import Spot, annotate, line_of_text
from dashboard.figures.rows import Rows, RowText, plan_rows, rows_layout
from dashboard.figures.shapes import ARROW
from dashboard.figures.style import (
    TEXT_SIZE,
    Figure,
    FigureStyle,
    SeriesStyle,
    empty_figure,
    row_style,
)

_HALF = 7


def terms_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws each contract from the start of its first year to the end of its last.

    A term of one year is an outline, a longer one is filled. A contract whose term is a
    limit ("at least 2 years") has no end but an arrow. One without a start has words only.

    Args:
        points: One row per contract: series, series_label (the insurer; the row's name,
            unless row_label has one), x (start year), value (term in years; low for a
            limit), label ("2 jaar"); optional sector (gives the colour), heading, kind.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    marks = read_marks(points, "terms", ("series", "series_label", "x", "value", "label"))
    if not marks:
        return empty_figure(style)
    # Every bar has the colour of its sector; what tells bars apart is the row they stand in.
    styles = [row_style(mark.series, mark.sector, style) for mark in marks]
    drawn = [mark for mark in marks if mark.x is not None and _term(mark) is not None]
    first = int(min((mark.x or 0 for mark in drawn), default=0))
    last = int(max(((mark.x or 0) + (_term(mark) or 0) for mark in drawn), default=1))
    texts = [RowText(mark.heading, mark.row_label, mark.detail) for mark in marks]
    room = widest([mark.label for mark in marks], size=TEXT_SIZE, bold=True) + 24
    rows = _beside(texts, style, room)
    years = list(range(first, last))
    layout = rows_layout(
        rows,
        ticks=[year + 0.5 for year in years] or [0.5],
        texts=_year_words(years, style.drawing_width - rows.left - rows.right),
        side="top",
        span=(first, last),
    )
    layout["shapes"] = _year_lines(rows, first, last)
    traces: list[dict[str, Any]] = []
    for mark, row, own in zip(marks, rows.rows, styles, strict=True):
        end = _end(mark)
        if end is not None:
            layout["shapes"] += _arrow(mark, row.middle, own)
        if end is not None and mark.kind == "point":
            traces.append(_bar(mark, row.middle, own, style))
        long = (_term(mark) or 0) > 1
        text = line_of_text(mark.label, style.colour("ink"), bold=long, size=14)
        shift = ARROW + 18 if mark.kind == "bound_low" else 8
        spot = Spot(shift, 0, "left")
        at = first if end is None else end
        layout["annotations"] += annotate(text, x=at, y=row.middle, spot=spot, name="value")
    return {"data": traces, "layout": layout | {"barmode": "overlay"}}


def _year_words(years: list[int], pixels: float) -> list[str]:
    """Years in full, or in two digits where they would touch."""
    tight = pixels / max(1, len(years)) < 36
    return [f"’{year % 100:02d}" if tight else str(year) for year in years]


def _beside(texts: list[RowText], style: FigureStyle, room: float) -> Rows:
    """Rows beside their names, on a phone too: an insurer's name is short."""
    planned = plan_rows(texts, _widened(style), pitch=26, right=room)
    return Rows(
        style,
        planned.texts,
        planned.rows,
        planned.headings,
        planned.blocks,
        planned.bottom,
        planned.left - (10 if style.narrow else 0),
        room,
    )


def _widened(style: FigureStyle) -> FigureStyle:
    return replace(style, width="wide", pixels=max(style.drawing_width, 420))


def _term(mark: Mark) -> float | None:
    return mark.limit if mark.kind == "bound_low" else mark.value


def _end(mark: Mark) -> float | None:
    term = _term(mark)
    return None if mark.x is None or term is None else mark.x + term


def _bar(mark: Mark, y: float, own: SeriesStyle, style: FigureStyle) -> dict[str, Any]:
    single = (mark.value or 0) <= 1
    return {
        "type": "bar",
        "orientation": "h",
        "name": mark.series,
        "base": [mark.x],
        "x": [mark.value],
        "y": [y],
        "width": [2 * _HALF],
        "hovertext": [html.escape(mark.hover, quote=False)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "color": style.colour("page") if single else own.colour,
            "line": {"color": own.colour, "width": 2},
        },
    }


def _arrow(mark: Mark, y: float, own: SeriesStyle) -> list[dict[str, Any]]:
    """The part of a contract that is known to run, and an arrow where its end is open."""
    if mark.kind != "bound_low" or mark.x is None or mark.limit is None:
        return []
    return [
        shapes.segment(mark.x, mark.x + mark.limit, y, y, colour=own.colour, width=3, name="bound"),
        *shapes.bound("right", x=mark.x + mark.limit, y=y, colour=own.colour),
    ]


def _year_lines(rows: Rows, first: int, last: int) -> list[dict[str, Any]]:
    return [
        shapes.segment(
            year, year, top, foot, colour=rows.style.colour("grid"), layer="below", name="grid"
        )
        for top, foot in rows.blocks
        for year in range(first, last + 1)
    ]
