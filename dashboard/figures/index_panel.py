"""One panel of index bars: its scale, bars, outlines and labels."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Final, Literal

from dashboard.figures import shapes
from dashboard.figures.axes import nice_ticks, tick_texts, widest, year_ticks
from dashboard.figures.first_values import upright
from dashboard.figures.frame import Mark
from dashboard.figures.index_marks import short_words, side_rows, value, year
from dashboard.figures.labels import Box, Label, Spot, annotate, line_of_text, place, place_all
from dashboard.figures.style import AXIS_SIZE, FigureStyle, axis, series_styles

HEAD: Final = 28
FOOT: Final = 32
ROW: Final = 19
"""Pixels of a line that names a revised year on a phone."""
_MOST_ROWS: Final = 4
_STEP: Final = 20
_HALF: Final = 0.36
_SIZE: Final = 14
_Side = tuple[float, Literal["left", "center", "right"]]
_CENTRE: Final[_Side] = (0, "center")
_SIDES: Final[tuple[_Side, ...]] = ((9, "right"), (-9, "left"))


@dataclass(frozen=True)
class Panel:
    """The bars of one series, and where its panel lies in the figure."""

    marks: list[Mark]
    style: FigureStyle
    number: int
    panels: int
    height: int
    width: float
    years: tuple[int, int]
    heading: str

    @property
    def ref(self) -> str:
        """Number of the panel's axes, as Plotly writes it."""
        return "" if self.number == 1 else str(self.number)

    @property
    def refs(self) -> dict[str, str]:
        """The panel's axes, for shapes and annotations."""
        return {"xref": f"x{self.ref}", "yref": f"y{self.ref}"}

    @property
    def head(self) -> int:
        """Pixels above the bars, for a heading and the labels of the highest."""
        return HEAD + (26 if self.heading else 0) + ROW * len(self.in_rows())

    @property
    def ticks(self) -> list[float]:
        """The panel's scale."""
        values = [each for mark in self.marks for each in (value(mark), mark.first or 0.0)]
        return nice_ticks(min(0.0, *values), max(0.0, *values), lines=6, inside=True)

    @property
    def span(self) -> tuple[float, float]:
        """Lowest and highest value that the panel shows."""
        values = [0.0, *map(value, self.marks), *(mark.first or 0.0 for mark in self.marks)]
        margin = (max(values) - min(values)) * 0.04
        return (min(values) - margin if min(values) < 0 else 0.0, max(values) + margin)

    @property
    def plot(self) -> float:
        """Pixels from the lowest to the highest tick."""
        return self.height - self.head - FOOT

    def x(self, mark: Mark) -> float:
        """Pixels from the left of the plot."""
        first, last = self.years
        return (year(mark) - first + 0.7) / (last - first + 1.4) * self.width

    def y(self, number: float) -> float:
        """Pixels above the lowest tick."""
        low, high = self.span
        return (number - low) / (high - low) * self.plot

    def colour(self) -> str:
        """Colour of the bars: that of the sector, else the site's own."""
        sector = self.marks[0].sector or "all"
        return series_styles([sector], self.style)[sector].colour

    def axes(self) -> dict[str, Any]:
        """Returns both axes, the vertical one cut to this panel's height."""
        whole = self.height * self.panels
        foot = whole - self.height * self.number + FOOT
        years = year_ticks(*self.years, self.width * 0.9)
        first, last = self.years
        return {
            f"xaxis{self.ref}": axis(
                range=[first - 0.7, last + 0.7],
                tickvals=years,
                ticktext=[str(each) for each in years],
                tickfont={"size": AXIS_SIZE},
                ticklabelstandoff=4,
                anchor=f"y{self.ref}",
            ),
            f"yaxis{self.ref}": axis(
                range=list(self.span),
                domain=[foot / whole, (foot + self.plot) / whole],
                tickvals=self.ticks,
                ticktext=tick_texts(self.ticks, self.style),
                tickfont={"size": AXIS_SIZE},
                ticklabelstandoff=8,
                showgrid=True,
                gridcolor=self.style.colour("grid"),
                anchor=f"x{self.ref}",
            ),
        }

    def bars(self) -> list[dict[str, Any]]:
        """Returns a trace of settled and one of provisional values."""
        colour, page = self.colour(), self.style.colour("page")
        settled = [m for m in self.marks if m.status in ("final", "corrected")]
        provisional = [m for m in self.marks if m.status == "provisional"]
        hatch = {"shape": "/", "fgcolor": colour, "bgcolor": page, "size": 6, "solidity": 0.3}
        return [
            self._trace(name, own, marker)
            for name, own, marker in (
                (self.marks[0].series, settled, {"color": colour}),
                (
                    f"{self.marks[0].series}:provisional",
                    provisional,
                    {"color": page, "pattern": hatch},
                ),
            )
            if own
        ]

    def _trace(self, name: str, marks: list[Mark], marker: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "bar",
            "name": name,
            "x": [mark.x for mark in marks],
            "y": [mark.value for mark in marks],
            "width": [2 * _HALF] * len(marks),
            "xaxis": f"x{self.ref}",
            "yaxis": f"y{self.ref}",
            "hovertext": [html.escape(mark.hover, quote=False) for mark in marks],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "marker": marker | {"line": {"width": 0}},
        }

    def outlines(self) -> list[dict[str, Any]]:
        """Returns the base line, dashed outlines of provisional and ticks of replaced values."""
        refs: dict[str, Any] = self.refs
        grey = self.style.colour("control")
        first, last = self.years
        ends = (first - 0.7, last + 0.7)
        found = [shapes.segment(*ends, 0, 0, colour=grey, name="axis", **refs)]
        for mark in self.marks:
            x = year(mark)
            if mark.status == "provisional":
                line = {"color": self.colour(), "width": 1.5, "dash": "4px,3px"}
                box = (x - _HALF, x + _HALF, 0.0, value(mark))
                found.append(shapes.rectangle(*box, line=line, name="provisional", **refs))
            found += upright(
                mark,
                self.style.colour("ink"),
                self.style.colour("page"),
                refs=self.refs,
                on_bar=True,
            )
            if mark.status == "superseded":
                # On a rim in the colour of the page, so that it shows on a bar as beside it.
                for colour, width, dash in (
                    (self.style.colour("page"), 5, "solid"),
                    (self.style.colour("ink"), 2.4, "5px,3px"),
                ):
                    ends = (x - 0.62, x + 0.62)
                    level = (value(mark), value(mark))
                    found.append(
                        shapes.segment(
                            *ends, *level, colour=colour, width=width, dash=dash,
                            name="replaced", **refs,
                        )
                    )  # fmt: skip
        return found

    def _revised(self) -> list[int]:
        """Years with a value that replaced another one, the latest first."""
        return sorted(
            {year(m) for m in self.marks if m.status == "superseded" or m.first is not None},
            reverse=True,
        )

    def at_side(self) -> list[Mark]:
        """Marks named at the right of a wide panel: of the latest year, and of revised years."""
        if self.style.narrow:
            return []
        last = max(year(mark) for mark in self.marks)
        chosen: list[Mark] = []
        for each in dict.fromkeys((last, *self._revised())):
            own = [mark for mark in self.marks if year(mark) == each]
            if chosen and len(side_rows([*chosen, *own])) * _STEP > self.plot:
                break
            chosen += own
        return chosen

    def in_rows(self) -> list[list[Mark]]:
        """Marks per revised year, which a narrow panel names in rows above the bars."""
        if not self.style.narrow:
            return []
        chosen = sorted(self._revised()[:_MOST_ROWS])
        return [[mark for mark in self.marks if year(mark) == each] for each in chosen]

    def side_width(self) -> float:
        """Pixels that the names at the right need."""
        rows = side_rows(self.at_side())
        first = widest([row.label for row in rows], size=_SIZE, bold=True)
        return first + widest([row.words for row in rows], size=_SIZE) + 8 if rows else 0.0

    def labels(self) -> list[dict[str, Any]]:
        """Returns the annotations of this panel."""
        found: list[dict[str, Any]] = []
        if self.heading:
            title = line_of_text(self.heading, self.style.colour("ink"), bold=True, size=_SIZE)
            whole = self.height * self.panels
            top = 1 - self.height * (self.number - 1) / whole
            found += annotate(
                title, x=0, y=top, xref="paper", yref="paper", spot=Spot(0, -2, "left", "top")
            )
        return [*found, *self._rows(), *self._above(), *self._beside()]

    def _rows(self) -> list[dict[str, Any]]:
        """Names the revised years of a narrow panel, each on a line of its own."""
        top = 1 - (self.number - 1) / self.panels
        start = 28 if self.heading else 2
        found: list[dict[str, Any]] = []
        for line, marks in enumerate(self.in_rows()):
            text = line_of_text(short_words(marks), self.style.colour("ink2"), size=AXIS_SIZE)
            spot = Spot(0, -start - ROW * line, "left", "top")
            found += annotate(text, x=0, y=top, xref="paper", yref="paper", spot=spot, name="label")
        return found

    def _above(self) -> list[dict[str, Any]]:
        """Names highest, lowest and what neither side nor rows name, over their bars."""
        side = [*self.at_side(), *(mark for row in self.in_rows() for mark in row)]
        current = [mark for mark in self.marks if mark.status != "superseded"]
        wanted = [max(current, key=value), min(current, key=value)] if current else []
        wanted += [max(current, key=year)] if current and self.style.narrow else []
        wanted = [mark for mark in dict.fromkeys(wanted) if mark not in side]
        bars = [self._box(mark) for mark in self.marks]
        labels = []
        for mark in wanted:
            text = line_of_text(mark.label, self.style.colour("ink"), bold=True, size=AXIS_SIZE)
            spots = tuple(
                Spot(dx, 5 + up, side, "bottom")
                for dx, side in (_CENTRE, *_SIDES)
                for up in range(0, 120, 3)
            )
            at = max(value(mark), 0.0)
            # On a phone the rest is in the table; no label may cover a bar.
            needed = not self.style.narrow
            labels.append(Label(text, self.x(mark), self.y(at), spots, required=needed))
        room = Box(-20, 0, self.width + 8, self.plot + HEAD - 4)
        found: list[dict[str, Any]] = []
        for mark, label, chosen in zip(wanted, labels, place(labels, bars, room), strict=True):
            if chosen is None:
                continue
            at = max(value(mark), 0.0)
            spot = chosen[0]
            found += annotate(label.text, x=year(mark), y=at, spot=spot, name="label", **self.refs)
            if spot.dy > 8:
                found.append(self._leader(mark, at, spot.dy))
        return found

    def _leader(self, mark: Mark, at: float, up: float) -> dict[str, Any]:
        """A thin line from a bar to its label, where taller neighbours keep them apart."""
        return {
            "x": year(mark),
            "y": at,
            "ax": 0,
            "ay": -up,
            "text": "",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": self.style.colour("control"),
            "name": "leader",
        } | self.refs

    def _box(self, mark: Mark) -> Box:
        """What a bar covers, or the dashed tick of a replaced value."""
        half = self.width / (self.years[1] - self.years[0] + 1.4) * 0.5
        level = self.y(value(mark))
        low = min(self.y(0), level)
        if mark.status == "superseded":
            half, low = half * 1.3, level - 3
        return Box(self.x(mark) - half, low, self.x(mark) + half, max(level, low) + 3)

    def _beside(self) -> list[dict[str, Any]]:
        rows = sorted(side_rows(self.at_side()), key=lambda row: -row.height)
        first = widest([row.label for row in rows], size=_SIZE, bold=True)
        ink, grey = self.style.colour("ink"), self.style.colour("ink2")
        steps = [0] + [way * step for step in range(2, 240, 2) for way in (-1, 1)]
        labels = [
            Label(
                line_of_text(row.label or row.words, ink, bold=True, size=_SIZE),
                self.width,
                self.y(row.height),
                tuple(Spot(22, dy, "left") for dy in steps),
            )
            for row in rows
        ]
        room = Box(0, -10, self.width + 400, self.plot + HEAD)
        found: list[dict[str, Any]] = []
        for row, (spot, _) in zip(rows, place_all(labels, [], room), strict=True):
            anchor: dict[str, Any] = {"x": 1, "y": row.height, "yref": self.refs["yref"]}
            words = line_of_text(row.words, grey, size=_SIZE)
            next_to = Spot(spot.dx + first + 7, spot.dy, "left")
            label = line_of_text(row.label, ink, bold=True, size=_SIZE)
            found += annotate(label, spot=spot, xref="paper", name="label", **anchor)
            found += annotate(words, spot=next_to, xref="paper", name="label", **anchor)
        return found
