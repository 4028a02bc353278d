"""Small frames with real figures, for the tests of the figures, and ways to read a figure."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import Break, Conflict, FigureStyle, Gap, Note
from dashboard.figures.trend_lines import DOTTED

Figure = dict[str, Any]

WIDE = FigureStyle("nl", "%", 1)
NARROW = FigureStyle("nl", "%", 1, width="narrow")
STYLES = (WIDE, NARROW, FigureStyle("en", "%", 1, theme="dark"))


def point(series: str, x: float, value: float | None, **more: object) -> dict[str, object]:
    """One row of a tidy frame, as a measured point unless told otherwise."""
    row: dict[str, object] = {
        "series": series,
        "series_label": series.replace("_", " "),
        "x": x,
        "x_label": f"{x:g}",
        "value": value,
        "low": None,
        "high": None,
        "kind": "point",
        "label": "" if value is None else f"{value:g}%",
        "group": "vektis",
        "status": "final",
    }
    return row | more


def trend_frame() -> pd.DataFrame:
    """Uncontracted care as published: points, two limits and a party's statement."""
    return pd.DataFrame(
        [
            point("wijkverpleging", 2017, 7.2),
            point("wijkverpleging", 2018, 9.0),
            point("wijkverpleging", 2019, 5.7),
            point("ggz_basis", 2016, 6.6),
            point("ggz_basis", 2018, 8.7),
            point("ggz_basis", 2019, 7.4),
            point("ggz_gespecialiseerd", 2016, 6.3),
            point("ggz_gespecialiseerd", 2018, 8.0),
            point("ggz_gespecialiseerd", 2019, 8.0),
            point("wijkverpleging", 2024, None, kind="bound_low", low=6, label="ruim 6%"),
            point("ggz", 2024, None, kind="bound_low", low=6, label="ruim 6%", detail="volgens ZN"),
            point("ggz", 2024, 8, kind="statement", detail="volgens MIND"),
        ]
    )


TREND_WORDS: dict[str, Any] = {
    "gaps": [Gap(first=2020, last=2023, label="geen landelijk cijfer", short="geen cijfer")],
    "breaks": [Break(after=2021, label="Breuk in 2022", series=("ggz", "ggz_basis"))],
    "notes": [Note(x=2024, label="2024: noemer niet bekend")],
    "conflicts": [Conflict(x=2024, low=6, high=8, label="≠ bronnen verschillen")],
}


def checked(figure: Figure) -> Figure:
    """Returns a figure after Plotly has found no fault in it and JSON has carried it."""
    go.Figure(figure)
    assert json.loads(json.dumps(figure)) == figure
    assert isinstance(figure["layout"]["height"], int)
    assert "title" not in figure["layout"]
    return figure


def texts(figure: Figure) -> list[str]:
    """All words of a figure, a line break read as a space."""
    return [one["text"].replace("<br>", " ") for one in figure["layout"]["annotations"]]


def shapes(figure: Figure, name: str) -> list[dict[str, Any]]:
    """Shapes whose name begins with `name`."""
    return [s for s in figure["layout"]["shapes"] if s.get("name", "").startswith(name)]


def markers(figure: Figure) -> dict[str, list[tuple[Any, Any]]]:
    """Places of the markers per trace name."""
    return {
        trace["name"]: list(zip(trace["x"], trace["y"], strict=True))
        for trace in figure["data"]
        if trace.get("mode") == "markers"
    }


class Stroke(NamedTuple):
    """A stretch of line that is drawn."""

    series: str
    start: tuple[Any, Any]
    end: tuple[Any, Any]
    width: float
    is_waiting: bool


def strokes(figure: Figure) -> list[Stroke]:
    """Every stretch of line that is drawn; that to a provisional value is a trace of its own."""
    found = []
    for trace in figure["data"]:
        if trace.get("mode") != "lines":
            continue
        assert trace["connectgaps"] is False
        for start, end in pairwise(zip(trace["x"], trace["y"], strict=True)):
            if None not in (*start, *end):
                series, _, waiting = trace["name"].partition(":")
                assert bool(waiting) == (trace["line"]["dash"] == DOTTED)
                found.append(Stroke(series, start, end, trace["line"]["width"], bool(waiting)))
    return found


def colours(figure: Figure) -> set[str]:
    """Every colour that a figure uses, clear ones left out."""
    return set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure)))
