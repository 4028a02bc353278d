"""Events on a time axis: each legible, none over another, none drawn as a value."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import (
    CalendarDay,
    EventMark,
    FigureStyle,
    calendar_figure,
    trend_figure,
    with_events,
)
from tests.unit.figure_frames import NARROW, STYLES, TREND_WORDS, WIDE, checked, trend_frame

LETTERS = "ABCDEFGH"


def drawn(marks: list[EventMark], style: FigureStyle = WIDE) -> dict[str, Any]:
    return with_events(trend_figure(trend_frame(), style=style, **TREND_WORDS), marks, style)


def named(figure: dict[str, Any], start: str) -> list[dict[str, Any]]:
    return [one for one in figure["layout"]["shapes"] if one.get("name", "").startswith(start)]


def badges(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in named(figure, "event") if one["name"] in ("event", "event:breaking")]


def letters(figure: dict[str, Any]) -> list[str]:
    return [one["text"] for one in figure["layout"]["annotations"] if one.get("name") == "event"]


@pytest.mark.parametrize("style", STYLES)
def test_every_event_has_its_letter_in_the_style_of_the_house(style: FigureStyle) -> None:
    marks = [
        EventMark(letter="A", start=2015.5, end=2022.5),
        EventMark(letter="B", start=2021.5, breaks=True),
        EventMark(letter="C", start=2021.5, end=2030.5),
    ]
    bare = trend_figure(trend_frame(), style=style, **TREND_WORDS)
    figure = checked(drawn(marks, style))

    assert letters(figure) == ["A", "B", "C"]
    assert all(one["font"]["size"] >= 13 for one in figure["layout"]["annotations"])
    assert figure["data"] == bare["data"], "an event is never a value"
    grown = figure["layout"]["height"] - bare["layout"]["height"]
    assert grown == figure["layout"]["margin"]["b"] - bare["layout"]["margin"]["b"] > 0


def test_a_break_differs_in_shape_and_not_by_colour_alone() -> None:
    figure = drawn(
        [EventMark(letter="A", start=2018.5), EventMark(letter="B", start=2021.5, breaks=True)]
    )

    assert [one["type"] for one in badges(figure)] == ["circle", "rect"]
    through = [one for one in named(figure, "event:line") if one["type"] == "line"]
    assert [one["x0"] for one in through] == [2018.5], "the figure draws a break itself"


def test_a_span_ends_upright_or_goes_on_with_an_arrow() -> None:
    figure = drawn(
        [
            EventMark(letter="A", start=2010.0, end=2018.5),
            EventMark(letter="B", start=2019.5, end=2040.0),
            EventMark(letter="C", start=2020.5),
        ]
    )

    first, last = figure["layout"]["xaxis"]["range"]
    spans = [(one["x0"], one["x1"]) for one in named(figure, "event:span")]
    assert spans == [(first, 2018.5), (2019.5, last)]
    ended, going_on = named(figure, "event:end")
    assert ended["path"].count("L") == 1
    assert going_on["path"].count("L") == 2
    starts = {one.get("xanchor", one.get("x0")) for one in named(figure, "event:line")}
    assert starts == {2019.5, 2020.5}, "what began earlier has no line at a wrong moment"


@settings(max_examples=60, deadline=None)
@given(
    spans=st.lists(
        st.tuples(st.floats(2012, 2025), st.one_of(st.none(), st.floats(0, 9))),
        min_size=1,
        max_size=8,
    ),
    style=st.sampled_from([WIDE, NARROW]),
)
def test_events_of_one_year_never_cover_each_other(
    spans: list[tuple[float, float | None]], style: FigureStyle
) -> None:
    marks = [
        EventMark(letter=letter, start=start, end=None if lasts is None else start + lasts)
        for letter, (start, lasts) in zip(LETTERS, spans, strict=False)
    ]
    figure = drawn(marks, style)
    layout = figure["layout"]
    first, last = layout["xaxis"]["range"]
    scale = (style.drawing_width - layout["margin"]["l"] - layout["margin"]["r"]) / (last - first)
    boxes = []
    for one in badges(figure):
        at = (one["xanchor"] - first) * scale
        boxes.append((at + one["x0"], one["y0"], at + one["x1"], one["y1"]))
        assert boxes[-1][0] >= -1, "a letter stays whole at the left"
        assert boxes[-1][1] >= -layout["margin"]["b"], "a letter stays within the picture"
    for left, right in combinations(boxes, 2):
        apart = (
            left[2] <= right[0] or right[2] <= left[0] or left[3] <= right[1] or right[3] <= left[1]
        )
        assert apart, (left, right)


def test_without_events_or_values_a_figure_stays_as_it_is() -> None:
    bare = trend_figure(trend_frame(), style=WIDE)

    assert with_events(bare, [], WIDE) is bare
    empty = trend_figure(trend_frame().head(0), style=WIDE)
    assert with_events(empty, [EventMark(letter="A", start=2020)], WIDE) is empty


@pytest.mark.parametrize("style", STYLES)
def test_the_days_of_a_year_stand_apart_on_a_line_of_months(style: FigureStyle) -> None:
    days = [
        CalendarDay(letter=letter, months=months)
        for letter, months in zip("ABC", (0.0, 7.37, 9.0), strict=True)
    ]
    months = ["apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec", "jan"]
    figure = checked(calendar_figure(days, months, style=style))
    layout = figure["layout"]
    first, last = layout["xaxis"]["range"]
    width = style.drawing_width - layout["margin"]["l"] - layout["margin"]["r"]
    at = [(one["xanchor"] - first) / (last - first) * width for one in badges(figure)]

    assert letters(figure) == ["A", "B", "C"]
    assert at[0] >= 9, "the first letter stays whole"
    assert all(right - left > 18 for left, right in pairwise(at))
    assert set(layout["xaxis"]["ticktext"]) <= set(months)
    assert not any(value is not None for trace in figure["data"] for value in trace["x"])
