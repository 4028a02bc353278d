"""What insurers reimburse of an uncontracted bill, per type of policy and year."""

from __future__ import annotations

import html
from typing import Any, Final

import pandas as pd

from dashboard.figures import shapes
from dashboard.figures.axes import tick_texts, widest
from dashboard.figures.frame import Mark, read_marks
from dashboard.figures.key import Key, key_of, marker_entry
from dashboard.figures.labels import Spot, annotate, line_of_text
from dashboard.figures.style import (
    AXIS_SIZE,
    TEXT_SIZE,
    Figure,
    FigureStyle,
    SeriesStyle,
    axis,
    base_layout,
    empty_figure,
    series_styles,
)

_PAD: Final = 12
_TICKS: Final = (0.0, 50.0, 100.0)
_HEAD: Final = 26
_FOOT: Final = 34
_GUTTER: Final = 0.08


def reimbursement_figure(points: pd.DataFrame, *, style: FigureStyle) -> Figure:
    """Draws lowest to highest as a line and the mean as a sign, per insurer and policy type.

    Years stand beside each other, on a phone below each other. The scale runs from 0 to 100%.

    Args:
        points: One row per insurer, year and policy type: row_label (the insurer), x and
            x_label (the year), series and series_label (the policy type), value (the mean),
            low, high (lowest and highest policy), label; optional n_label. Without a value
            there is no sign, without low and high no line.
        style: The figure's style.

    Returns:
        A Plotly figure as a dict. An empty frame gives a figure without traces.
    """
    needed = ("series", "series_label", "row_label", "x", "value", "low", "high", "label")
    marks = [m for m in read_marks(points, "reimbursement", needed) if m.x is not None]
    if not marks:
        return empty_figure(style)
    years = sorted({mark.x or 0.0 for mark in marks})
    styles = series_styles([mark.series for mark in marks], style)
    names = {mark.series: mark.series_label for mark in marks}
    entries = [marker_entry(name, styles[code], style) for code, name in names.items()]
    canvas = _Canvas(marks, years, style, list(names), key_of(entries, style))
    return canvas.figure(styles)


class _Canvas:
    """The panels of one figure: a band per insurer, a line in it per policy type."""

    def __init__(
        self, marks: list[Mark], years: list[float], style: FigureStyle, types: list[str], key: Key
    ) -> None:
        self.marks, self.years, self.style, self.types, self.key = marks, years, style, types, key
        self.insurers = list(dict.fromkeys(mark.row_label for mark in marks))
        self.size = 14 if style.narrow else TEXT_SIZE
        self.left = widest(self.insurers, size=self.size) + 20
        self.pitch = 14 if style.narrow else 17
        self.band = len(types) * self.pitch + _PAD
        self.panel = self.band * len(self.insurers) + _HEAD
        self.panels_down = len(years) if style.narrow else 1
        self.plot = self.panel * self.panels_down + (_FOOT if style.narrow else 0) * (
            self.panels_down - 1
        )

    def figure(self, styles: dict[str, SeriesStyle]) -> Figure:
        style = self.style
        top = self.key.height + 6
        height = round(top + self.plot + _FOOT)
        layout = base_layout(style, height=height, margin=(self.left, 24, top, _FOOT))
        layout["yaxis"] = axis(range=[self.plot, 0], visible=False)
        layout["shapes"], layout["annotations"] = self.key.draw(style, left=self.left, top=top)
        traces: list[dict[str, Any]] = []
        for number, year in enumerate(self.years):
            ref = "" if number == 0 or style.narrow else str(number + 1)
            start = number * (self.panel + _FOOT) if style.narrow else 0.0
            layout[f"xaxis{ref}"] = self._scale(number)
            layout["shapes"] += self._grid(f"x{ref}", start)
            layout["annotations"] += self._words(year, f"x{ref}", start, first=number == 0)
            for code in self.types:
                own = [m for m in self.marks if m.x == year and m.series == code]
                traces += self._traces(own, f"x{ref}", start, styles[code])
        return {"data": traces, "layout": layout}

    def _scale(self, number: int) -> dict[str, Any]:
        ticks = list(_TICKS)
        count = 1 if self.style.narrow else len(self.years)
        share = (1 - _GUTTER * (count - 1)) / count
        begin = 0.0 if self.style.narrow else number * (share + _GUTTER)
        return axis(
            range=[0, 100],
            domain=[round(begin, 4), round(min(1.0, begin + share), 4)],
            tickvals=ticks,
            ticktext=tick_texts(ticks, self.style, unit="all"),
            tickfont={"size": AXIS_SIZE},
            ticklabelstandoff=4,
            showticklabels=not self.style.narrow,
            anchor="y",
        )

    def _y(self, mark: Mark, start: float) -> float:
        band = self.insurers.index(mark.row_label)
        line = self.types.index(mark.series)
        return start + _HEAD + band * self.band + _PAD / 2 + (line + 0.5) * self.pitch

    def _grid(self, ref: str, start: float) -> list[dict[str, Any]]:
        style = self.style
        top, foot = start + _HEAD, start + self.panel
        found = [
            shapes.segment(
                tick,
                tick,
                top,
                foot,
                xref=ref,
                colour=style.colour("control" if tick == 0 else "grid"),
                layer="below",
                name="grid",
            )
            for tick in (0, 25, 50, 75, 100)
        ]
        for number in range(1, len(self.insurers)):
            y = top + number * self.band
            line = shapes.segment(
                0, 100, y, y, xref=ref, colour=style.colour("grid"), layer="below", name="grid"
            )
            found.append(line)
        return found

    def _words(self, year: float, ref: str, start: float, *, first: bool) -> list[dict[str, Any]]:
        ink = self.style.colour("ink")
        printed = next((m.x_label for m in self.marks if m.x == year and m.x_label), f"{year:g}")
        title = line_of_text(printed, ink, bold=True, size=self.size)
        found = annotate(title, x=0, y=start, xref=ref, spot=Spot(0, 0, "left", "top"), name="year")
        if first or self.style.narrow:
            for number, insurer in enumerate(self.insurers):
                name = line_of_text(insurer, ink, size=self.size)
                y = start + _HEAD + (number + 0.5) * self.band
                spot = Spot(-self.left, 0, "left")
                found += annotate(name, x=0, y=y, xref="paper", spot=spot, name="row")
        if self.style.narrow:
            # One scale serves all years, so the axis itself prints below the last only.
            for tick, text in zip(_TICKS, tick_texts(_TICKS, self.style, unit="all"), strict=True):
                words = line_of_text(text, self.style.colour("ink2"))
                spot = Spot(0, -6, "center", "top")
                found += annotate(words, x=tick, y=start + self.panel, spot=spot, name="tick")
        return found

    def _traces(
        self, marks: list[Mark], ref: str, start: float, own: SeriesStyle
    ) -> list[dict[str, Any]]:
        lines_x: list[float | None] = []
        lines_y: list[float | None] = []
        for mark in marks:
            if mark.low is not None and mark.high is not None and mark.low < mark.high:
                y = self._y(mark, start)
                lines_x += [None, mark.low, mark.high] if lines_x else [mark.low, mark.high]
                lines_y += [None, y, y] if lines_y else [y, y]
        means = [mark for mark in marks if mark.value is not None]
        axes = {"xaxis": ref, "yaxis": "y", "cliponaxis": False}
        traces: list[dict[str, Any]] = []
        if lines_x:
            traces.append(
                axes
                | {
                    "type": "scatter",
                    "mode": "lines",
                    "name": f"{marks[0].series}:range",
                    "x": lines_x,
                    "y": lines_y,
                    "hoverinfo": "skip",
                    "line": {"color": own.colour, "width": 3},
                }
            )
        if means:
            hollow = own.hollow
            page = self.style.colour("page")
            traces.append(
                axes
                | {
                    "type": "scatter",
                    "mode": "markers",
                    "name": means[0].series,
                    "x": [mark.value for mark in means],
                    "y": [self._y(mark, start) for mark in means],
                    "hovertext": [
                        html.escape(f"{m.series_label}, {m.hover}", quote=False) for m in means
                    ],
                    "hovertemplate": "%{hovertext}<extra></extra>",
                    "marker": {
                        "symbol": own.symbol.removesuffix("-open"),
                        "size": 11,
                        "color": page if hollow else own.colour,
                        "line": {"color": own.colour, "width": 1.6 if hollow else 0},
                    },
                }
            )
        return traces
