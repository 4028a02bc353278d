"""A trend never joins what may not be compared, and never draws a limit as a value."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import Break, FigureFrameError, Gap, missing_spans, trend_figure
from dashboard.figures.style import FigureStyle
from dashboard.figures.trend_lines import THIN
from tests.unit.figure_frames import (
    NARROW,
    STYLES,
    TREND_WORDS,
    WIDE,
    checked,
    markers,
    point,
    shapes,
    strokes,
    texts,
    trend_frame,
)

SERIES = ["wijkverpleging", "ggz", "ggz_basis", "huisartsenzorg", "insurer_x", "insurer_y"]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "series": st.sampled_from(SERIES),
            "x": st.integers(2015, 2024),
            "value": st.one_of(st.none(), st.floats(0, 100).map(lambda v: round(v, 1))),
            "low": st.one_of(st.none(), st.integers(0, 40)),
            "high": st.one_of(st.none(), st.integers(41, 100)),
            "kind": st.sampled_from(
                ["point", "point", "point", "bound_low", "bound_high", "range", "image", "none"]
            ),
            "group": st.sampled_from(["a", "b"]),
            "status": st.sampled_from(["final", "final", "provisional", "superseded"]),
        }
    ),
    max_size=14,
)


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["series", "series_label", "x", "x_label", "value", "low", "high", "kind"]
    columns += ["label", "group", "status"]
    return pd.DataFrame(
        [row | {"series_label": row["series"], "label": "x", "x_label": ""} for row in rows],
        columns=columns,
    )


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, after=st.integers(2015, 2023), style=st.sampled_from([WIDE, NARROW]))
def test_lines_join_only_neighbours_of_one_group(
    rows: list[dict[str, object]], after: int, style: FigureStyle
) -> None:
    figure = trend_figure(
        frame(rows),
        style=style,
        breaks=[Break(after=after, label="breuk", series=("ggz",))],
    )

    for series, (x0, y0), (x1, y1), width, waits in strokes(figure):
        assert 0 < x1 - x0 <= 2
        assert (width == THIN) == (x1 - x0 == 2), "a skipped year makes the line thin"
        if series == "ggz":
            assert not x0 <= after < x1, "a line crosses a break"
        points = [
            r
            for r in rows
            if (r["series"], r["kind"]) == (series, "point") and r["status"] != "superseded"
        ]
        starts = [r for r in points if (r["x"], r["value"]) == (x0, y0)]
        ends = [r for r in points if (r["x"], r["value"]) == (x1, y1)]
        joined = [(a, b) for a in starts for b in ends if a["group"] == b["group"]]
        assert joined, "a line joins two groups"
        assert waits in {
            "provisional" in (one["status"], other["status"]) for one, other in joined
        }, "dots are for what may still change"


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_markers_are_the_measured_points_and_nothing_else(rows: list[dict[str, object]]) -> None:
    figure = checked(trend_figure(frame(rows), style=WIDE))

    measured = sorted(
        (str(r["series"]), r["x"], r["value"])
        for r in rows
        if r["kind"] == "point" and r["value"] is not None and r["status"] != "superseded"
    )
    drawn = sorted((name, x, y) for name, places in markers(figure).items() for x, y in places)
    assert drawn == measured


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_every_pair_of_series_differs_in_more_than_colour(rows: list[dict[str, object]]) -> None:
    figure = trend_figure(frame(rows), style=WIDE)
    looks = {}
    for trace in figure["data"]:
        if trace["mode"] == "markers":
            hollow = trace["marker"]["color"][0] == "#FFFFFF"
            looks.setdefault(trace["name"], []).append((trace["marker"]["symbol"], hollow))
    dashes = {t["name"]: t["line"]["dash"] for t in figure["data"] if t["mode"] == "lines"}
    for one, other in combinations(looks, 2):
        both = (one in dashes) and (other in dashes) and dashes[one] != dashes[other]
        assert both or looks[one] != looks[other]


@pytest.mark.parametrize("style", STYLES)
def test_the_published_trend_is_drawn_as_the_source_has_it(style: FigureStyle) -> None:
    figure = checked(trend_figure(trend_frame(), style=style, **TREND_WORDS))

    assert markers(figure)["wijkverpleging"] == [(2017, 7.2), (2018, 9.0), (2019, 5.7)]
    assert markers(figure)["statement"] == [(2024, 8)]
    assert all((2024, 8) not in (stroke.start, stroke.end) for stroke in strokes(figure))
    limits = shapes(figure, "bound")
    assert {(one["xanchor"], one["yanchor"]) for one in limits} == {(2024, 6)}
    assert len(limits) == 4, "a bar and an arrow for each of two limits"
    words = texts(figure)
    assert any("ruim 6%" in text for text in words)
    assert any("Breuk in 2022" in text for text in words)
    assert "2024: noemer niet bekend" in " ".join(words)
    assert len(shapes(figure, "gap")) == 1
    assert len(shapes(figure, "conflict")) == 1


def test_two_limits_of_one_year_stand_side_by_side() -> None:
    figure = trend_figure(trend_frame(), style=WIDE)
    bars = [s["path"] for s in shapes(figure, "bound") if not s["name"].endswith(":arrow")]

    assert len(set(bars)) == 2


def test_a_phone_gets_a_key_and_short_words() -> None:
    figure = trend_figure(trend_frame(), style=NARROW, **TREND_WORDS)

    assert shapes(figure, "key")
    assert "wijkverpleging" in texts(figure)
    assert "geen cijfer" in texts(figure)
    assert "≠" in texts(figure)
    assert not shapes(trend_figure(trend_frame(), style=WIDE), "key")


def test_one_series_needs_no_name_beside_its_values() -> None:
    alone = trend_frame().query("series == 'wijkverpleging'")

    assert "5.7%" in texts(trend_figure(alone, style=WIDE))
    assert "wijkverpleging 5.7%" in texts(trend_figure(trend_frame(), style=WIDE))


def test_intervals_ranges_pictures_and_replaced_values() -> None:
    rows = [
        point("wlz", 2021, 40, ci_low=35, ci_high=46),
        point("wlz", 2022, 45),
        point("wlz", 2023, 30, status="superseded"),
        point("wlz", 2023, 33, status="provisional"),
        point("msz", 2021, None, kind="range", low=10, high=20, label="10 tot 20%"),
        point("msz", 2022, None, kind="bound_high", high=75, label="bijna driekwart"),
        point("msz", 2023, None, kind="image", label="alleen als plaatje"),
        point("msz", 2020, None, kind="none", label="geen getal"),
        point("msz", 2020, None, kind="range", low=10, label="half"),
    ]
    for style in STYLES:
        figure = checked(trend_figure(pd.DataFrame(rows), style=style))
        dots = next(t for t in figure["data"] if t["name"] == "wlz" and t["mode"] == "markers")

        assert dots["error_y"]["array"] == [6, None, None]
        assert dots["error_y"]["arrayminus"] == [5, None, None]
        assert dots["y"] == [40, 45, 33]
        assert len(shapes(figure, "replaced")) == 1
        (block,) = shapes(figure, "range:msz")
        assert (block["y0"], block["y1"]) == (10, 20)
        assert shapes(figure, "image")
        assert "msz" not in markers(figure)


def test_negative_and_large_values_keep_a_scale() -> None:
    rows = [point("all", 2010 + n, value) for n, value in enumerate((-4.0, 120.0, 300.0))]
    axis = trend_figure(pd.DataFrame(rows), style=WIDE)["layout"]["yaxis"]

    assert axis["range"][0] <= -4
    assert axis["range"][1] >= 300
    assert axis["ticktext"][-1].endswith("%")


def test_missing_years_are_found() -> None:
    assert missing_spans(trend_frame()) == [(2020, 2023)]
    assert missing_spans(trend_frame().head(0)) == []


def test_an_empty_frame_gives_a_figure_without_traces() -> None:
    assert checked(trend_figure(trend_frame().head(0), style=WIDE))["data"] == []


def test_a_gap_has_its_words_in_full_where_there_is_room() -> None:
    gap = Gap(first=2020, last=2023, label="geen landelijk cijfer")

    assert "geen landelijk cijfer" in texts(trend_figure(trend_frame(), style=WIDE, gaps=[gap]))
    assert "geen landelijk cijfer" in texts(trend_figure(trend_frame(), style=NARROW, gaps=[gap]))


def test_a_frame_that_must_be_guessed_at_is_refused() -> None:
    with pytest.raises(FigureFrameError, match="trend: the frame has no column label, series"):
        trend_figure(trend_frame().drop(columns=["label", "series"]), style=WIDE)
    with pytest.raises(FigureFrameError, match="kind 'guess' is unknown"):
        trend_figure(trend_frame().assign(kind="guess"), style=WIDE)
    with pytest.raises(FigureFrameError, match="status 'new' is unknown"):
        trend_figure(trend_frame().assign(status="new"), style=WIDE)


def test_data_is_never_read_as_markup() -> None:
    figure = trend_figure(trend_frame().assign(label="<5 & meer", row_label="<b>"), style=WIDE)

    assert any("&lt;5 &amp; meer" in text for text in texts(figure))
    assert all(
        "<b>" not in hover for trace in figure["data"] for hover in trace.get("hovertext", [])
    )
