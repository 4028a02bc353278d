"""Bars and signs stand for exactly the numbers of the frame."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import (
    counts_figure,
    distribution_figure,
    index_bars_figure,
    stacked_figure,
    waffle_figure,
)
from dashboard.figures.style import FigureStyle
from tests.unit.figure_frames import NARROW, STYLES, WIDE, Figure, checked, point, shapes, texts

ANSWERS = (("not_all", 44.4), ("all", 19.4), ("unknown", 36.2))


def answers(rows: int = 1) -> pd.DataFrame:
    """Were all elements indexed? (NZa, GP care 2019)."""
    return pd.DataFrame(
        [
            point(code, 2019, value, sector="huisartsenzorg", x_label=f"Segment {row + 1}")
            for row in range(rows)
            for code, value in ANSWERS
        ]
    )


def lengths(figure: Figure) -> dict[str, list[float]]:
    return {bar["name"]: bar["x"] for bar in figure["data"]}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("rows", [1, 3])
def test_answers_have_the_length_of_their_share(style: FigureStyle, rows: int) -> None:
    figure = checked(stacked_figure(answers(rows), style=style))
    drawn: dict[str, list[float]] = {}
    for bar in figure["data"]:
        drawn.setdefault(bar["name"], []).extend(bar["x"])

    assert drawn == {code: [value] * rows for code, value in ANSWERS}
    assert {"44.4%", "19.4%", "36.2%"} <= set(texts(figure))


def test_does_not_know_is_hatched_and_every_fill_differs() -> None:
    many = pd.DataFrame(
        [point(f"answer {n}", 2021, 10.0, sector="ggz", x_label=r) for n in range(9) for r in "AB"]
        + [point("unknown", 2021, 10.0, sector="ggz", x_label=r) for r in "AB"]
    )
    for frame in (answers(2), many):
        figure = checked(stacked_figure(frame, style=WIDE))
        looks = [
            (
                bar["marker"].get("pattern", {}).get("shape", ""),
                bar["marker"]["line"]["color"] == bar["marker"]["color"],
                bar["marker"]["color"],
            )
            for bar in figure["data"]
        ]
        assert all(one != other for one, other in combinations(looks, 2))
        assert looks[-1][0] == "/"


def test_a_part_follows_where_the_last_one_ends() -> None:
    figure = stacked_figure(answers(2), style=WIDE)

    assert [bar["base"] for bar in figure["data"]] == [[0, 0], [44.4, 44.4], [63.8, 63.8]]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("rows", [1, 2])
def test_a_limit_among_answers_is_never_a_bar(style: FigureStyle, rows: int) -> None:
    frame = answers(rows)
    frame.loc[0, ["value", "low", "kind", "label"]] = [None, 40, "bound_low", "ruim 40%"]
    figure = checked(stacked_figure(frame, style=style))

    assert figure["data"][0]["x"][0] is None
    if rows == 1 or style.narrow:
        assert any("ruim 40%" in text for text in texts(figure))


def test_a_share_too_small_for_its_label_is_named_below() -> None:
    frame = pd.DataFrame([point("yes", 2021, 98.5), point("no", 2021, 1.5)])

    assert "no 1.5%" in texts(stacked_figure(frame, style=WIDE))


def test_37_of_87_contracts_are_37_squares_and_50_circles() -> None:
    frame = pd.DataFrame(
        [
            point("stop", 2021, 37, label="37 contracten met een stop", sector="ggz"),
            point("no_stop", 2021, 50, label="50 contracten zonder stop", sector="ggz"),
            point("unknown", 2021, 0, label="0 onbekend"),
        ]
    )
    for style in STYLES:
        figure = checked(waffle_figure(frame, style=style))
        places = [place for t in figure["data"] for place in zip(t["x"], t["y"], strict=True)]

        assert {t["name"]: len(t["x"]) for t in figure["data"]} == {"stop": 37, "no_stop": 50}
        assert len(set(places)) == 87
        assert figure["data"][0]["marker"]["symbol"] != figure["data"][1]["marker"]["symbol"]
        assert "37 contracten met een stop" in texts(figure)
        assert not any("onbekend" in text for text in texts(figure))


@settings(max_examples=25, deadline=None)
@given(total=st.integers(1, 30), data=st.data())
def test_counts_are_filled_signs_out_of_their_total(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))
    row = point("part", 2019, count, n=total, label=f"{count} van {total}")
    figure = counts_figure(pd.DataFrame([row]), style=WIDE)
    drawn = {trace["name"]: len(trace["x"]) for trace in figure["data"]}

    assert drawn.get("part", 0) == count
    assert drawn.get("part:rest", 0) == total - count
    assert f"{count} van {total}" in texts(figure)


@pytest.mark.parametrize("style", STYLES)
def test_a_count_that_is_a_limit_has_words_and_no_signs(style: FigureStyle) -> None:
    rows = [
        point("half", 2019, 2, n=8, label="2 van 8"),
        point("some", 2019, None, n=None, kind="bound_low", low=4, label="meer dan 4"),
    ]
    figure = checked(counts_figure(pd.DataFrame(rows), style=style))

    assert {trace["name"] for trace in figure["data"]} == {"half", "half:rest"}
    assert "meer dan 4" in texts(figure)


def regions() -> pd.DataFrame:
    weeks = {"Utrecht": 12, "Arnhem": 9, "Zeeland": 9, "Midden-Holland": 22, "Zwolle": None}
    return pd.DataFrame(
        [
            point(
                "ggz_basis",
                2018,
                value,
                series_label=name,
                label=f"{value}",
                heading=heading,
                selected=name == "Midden-Holland",
            )
            for heading in ("Basis", "Gespecialiseerd")
            for name, value in weeks.items()
        ]
    )


@pytest.mark.parametrize("style", STYLES)
def test_every_region_with_a_value_is_one_sign(style: FigureStyle) -> None:
    figure = checked(distribution_figure(regions(), style=style))
    chosen = [t for t in figure["data"] if t["name"].endswith(":selected")]
    others = [t for t in figure["data"] if not t["name"].endswith(":selected")]

    assert [t["x"] for t in others] == [[12, 9, 9]] * 2
    assert [t["x"] for t in chosen] == [[22]] * 2
    assert chosen[0]["marker"]["symbol"] != others[0]["marker"]["symbol"]
    places = [place for t in figure["data"] for place in zip(t["x"], t["y"], strict=True)]
    assert len(set(places)) == 8, "no sign covers another"
    assert "Midden-Holland 22" in texts(figure)


def test_without_a_choice_the_ends_are_named_over_their_neighbours() -> None:
    frame = regions().query("heading == 'Basis'").assign(selected=False, heading="")
    crowd = pd.DataFrame(
        [
            point("ggz_basis", 2018, 11, series_label=f"r{n}", label="11", heading="")
            for n in range(4)
        ]
        + [point("ggz_basis", 2018, 40, series_label="Zuid", label="40", heading="")]
        + [point("ggz_basis", 2018, 10, series_label="Noord", label="10", heading="")]
    )
    figure = checked(distribution_figure(frame, style=NARROW))
    assert "Midden-Holland 22" in texts(figure)
    assert not shapes(figure, "leader")
    assert shapes(distribution_figure(crowd, style=NARROW), "leader")


def index() -> pd.DataFrame:
    rows = [("ova", 2022, 4.42, "final"), ("ova", 2023, 4.74, "provisional")]
    rows += [("ova", 2024, 4.94, "superseded"), ("ova", 2024, 6.0, "final")]
    rows += [("ova", 2025, 4.18, "provisional"), ("ova", 2021, None, "final")]
    return pd.DataFrame([point(s, x, v, status=t, detail="vervangen") for s, x, v, t in rows])


@pytest.mark.parametrize("style", STYLES)
def test_an_index_is_a_bar_unless_it_was_replaced(style: FigureStyle) -> None:
    figure = checked(index_bars_figure(index(), style=style))
    bars = {bar["name"]: dict(zip(bar["x"], bar["y"], strict=True)) for bar in figure["data"]}

    assert bars == {"ova": {2022: 4.42, 2024: 6.0}, "ova:provisional": {2023: 4.74, 2025: 4.18}}
    assert figure["data"][1]["marker"]["pattern"]["shape"] == "/"
    assert {one["y0"] for one in shapes(figure, "replaced")} == {4.94}
    assert len(shapes(figure, "provisional")) == 2
    assert "dash" in shapes(figure, "provisional")[0]["line"]
    assert any("6%" in text for text in texts(figure))


def test_several_indices_have_a_panel_each() -> None:
    rows = [
        *index().to_dict("records"),
        point("material", 2010, -0.31),
        point("material", 2006, 9.99, status="superseded"),
        point("material", 2006, 7.02, status="corrected"),
        point("material", 2011, 2.0),
        point("old", 2011, 2.0, status="superseded"),
    ]
    for style in (WIDE, NARROW):
        figure = checked(index_bars_figure(pd.DataFrame(rows), style=style))
        layout = figure["layout"]

        assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
        assert layout["yaxis2"]["range"][0] < -0.31
        assert {"ova", "material", "old"} <= set(texts(figure))
        low = next(bar for bar in figure["data"] if bar["name"] == "material")
        assert dict(zip(low["x"], low["y"], strict=True)) == {2010: -0.31, 2006: 7.02, 2011: 2.0}


def test_a_low_bar_between_high_ones_is_tied_to_its_label() -> None:
    rows = [
        point("ova", 2000 + n, value) for n, value in enumerate([3] * 12 + [0.1] + [3] * 11 + [6])
    ]
    annotations = index_bars_figure(pd.DataFrame(rows), style=NARROW)["layout"]["annotations"]

    assert [one["x"] for one in annotations if one.get("name") == "leader"] == [2012]


@pytest.mark.parametrize(
    "draw",
    [stacked_figure, waffle_figure, counts_figure, distribution_figure, index_bars_figure],
)
def test_an_empty_frame_gives_a_figure_without_traces(draw: Callable[..., Figure]) -> None:
    assert checked(draw(regions().head(0).assign(n=None), style=WIDE))["data"] == []
