"""Figures: pure functions from a tidy frame to a Plotly figure as a plain dict.

`FIGURES` finds a function by the name that an indicator's `chart` has. Every function takes
the frame and `style`; its own text says which columns it reads and what else it takes, and
`frame.py` describes the columns. An empty frame gives a figure without traces. Titles,
alternative text and the table belong to the view.

`figure["layout"]["height"]` is the height a figure needs; `figure_height` reads it.
Parts of a layout that stand for data carry a `name`: `bound:<series>` and `range:<series>`
among the shapes, `label` and `value` among the annotations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dashboard.figures.calendar import CalendarDay, calendar_figure
from dashboard.figures.counts import counts_figure
from dashboard.figures.distribution import distribution_figure
from dashboard.figures.events import EventMark, with_events
from dashboard.figures.example import marked_example
from dashboard.figures.frame import KINDS, STATUSES, FigureFrameError
from dashboard.figures.index_bars import index_bars_figure
from dashboard.figures.ranges import ranges_figure
from dashboard.figures.reimbursement import reimbursement_figure
from dashboard.figures.share_dots import share_dots_figure
from dashboard.figures.stacked import stacked_figure
from dashboard.figures.style import CONFIG, DARK_OF_LIGHT, Figure, FigureStyle
from dashboard.figures.terms import terms_figure
from dashboard.figures.trend import trend_figure
from dashboard.figures.trend_marks import Break, Conflict, Gap, Note, missing_spans
from dashboard.figures.waffle import waffle_figure

FIGURES: Final[dict[str, Callable[..., Figure]]] = {
    "trend": trend_figure,
    "share_dots": share_dots_figure,
    "stacked": stacked_figure,
    "terms": terms_figure,
    "waffle": waffle_figure,
    "index_bars": index_bars_figure,
    "ranges": ranges_figure,
    "distribution": distribution_figure,
    "counts": counts_figure,
    "reimbursement": reimbursement_figure,
}


def figure_height(figure: Figure) -> int:
    """Returns the pixels from top to bottom that a figure needs."""
    return int(figure["layout"]["height"])


__all__ = [
    "CONFIG",
    "DARK_OF_LIGHT",
    "FIGURES",
    "KINDS",
    "STATUSES",
    "Break",
    "CalendarDay",
    "Conflict",
    "EventMark",
    "Figure",
    "FigureFrameError",
    "FigureStyle",
    "Gap",
    "Note",
    "calendar_figure",
    "counts_figure",
    "distribution_figure",
    "figure_height",
    "index_bars_figure",
    "marked_example",
    "missing_spans",
    "ranges_figure",
    "reimbursement_figure",
    "share_dots_figure",
    "stacked_figure",
    "terms_figure",
    "trend_figure",
    "waffle_figure",
    "with_events",
]
