"""Row charts: shares, ranges, terms and reimbursement show each value where it belongs."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.figures import (
    ranges_figure,
    reimbursement_figure,
    share_dots_figure,
    terms_figure,
)
from dashboard.figures.style import FigureStyle
from tests.unit.figure_frames import (
    NARROW,
    STYLES,
    WIDE,
    Figure,
    checked,
    markers,
    point,
    shapes,
    texts,
)

PLAIN = FigureStyle("nl")


def shares() -> pd.DataFrame:
    """Providers with a stop by cause (NZa, ggz 2022)."""
    causes = ("Door een bereikt omzetplafond", "Door tekort aan personeel")
    values = (17.3, 20.8, 23.1, 55.8)
    counts = ("9 van 52", "16 van 77", "12 van 52", "43 van 77")
    return pd.DataFrame(
        [
            point(
                ("instelling", "vrijgevestigd")[n % 2],
                2021,
                value,
                heading=causes[n // 2],
                sector="ggz",
                label=f"{value:.0f}%",
                n_label=counts[n],
                ci_low=value - 9,
                ci_high=value + 11,
            )
            for n, value in enumerate(values)
        ]
    )


def other_kinds() -> pd.DataFrame:
    return pd.DataFrame(
        [
            point(
                "wijkverpleging", 2021, None, kind="bound_high", high=75, label="bijna driekwart"
            ),
            point("ggz", 2021, None, kind="bound_low", low=50, label="ruim de helft"),
            point("huisartsenzorg", 2024, 27, kind="statement", label="27%"),
            point("wlz", 2024, None, kind="image", label="alleen als plaatje"),
            point("msz", 2024, None, kind="range", low=20, high=30, label="20 tot 30%"),
            point("all", 2024, None, kind="none", label="geen getal"),
            point("all", 2024, 12, status="superseded", label="12%"),
            point("all", 2024, 14, status="provisional", label="14%"),
        ]
    )


@pytest.mark.parametrize("style", STYLES)
def test_shares_stand_at_their_value_with_their_interval(style: FigureStyle) -> None:
    figure = checked(share_dots_figure(shares(), style=style))
    institutions, practices = figure["data"]

    assert institutions["x"] == [17.3, 23.1]
    assert practices["x"] == [20.8, 55.8]
    assert institutions["error_x"]["array"] == pytest.approx([11, 11])
    assert practices["error_x"]["arrayminus"] == pytest.approx([9, 9])
    assert institutions["marker"]["symbol"] != practices["marker"]["symbol"]
    assert (
        institutions["error_x"]["color"]
        == practices["error_x"]["color"]
        == style.colour("ggz_gespecialiseerd")
    )
    assert figure["layout"]["xaxis"]["range"] == [0, 100]
    words = texts(figure)
    assert words.count("Door een bereikt omzetplafond") == 1
    assert "43 van 77" in words


@pytest.mark.parametrize("style", STYLES)
def test_what_is_no_point_is_not_drawn_as_one(style: FigureStyle) -> None:
    figure = checked(share_dots_figure(other_kinds(), style=style))

    assert {name: [x for x, _ in at] for name, at in markers(figure).items()} == {
        "all": [12, 14],
        "statement": [27],
    }
    assert {one["xanchor"] for one in shapes(figure, "bound")} == {75, 50}
    (block,) = shapes(figure, "range")
    assert (block["x0"], block["x1"]) == (20, 30)
    assert shapes(figure, "image")
    assert "geen getal" in texts(figure)


def test_arrows_point_to_the_open_side() -> None:
    figure = share_dots_figure(other_kinds(), style=WIDE)
    arrows = {s["name"]: s["path"] for s in shapes(figure, "bound") if s["name"].endswith("arrow")}

    assert "L30,0" in arrows["bound:ggz:arrow"]
    assert "L-30,0" in arrows["bound:wijkverpleging:arrow"]


def test_long_labels_wrap_and_rows_grow() -> None:
    long = shares().assign(
        row_label="Aanbieders die zeggen dat er niet over kostprijzen is gesproken"
    )
    lines = [
        a["text"].count("<br>")
        for a in share_dots_figure(long, style=WIDE)["layout"]["annotations"]
    ]

    assert max(lines) >= 1
    many = pd.concat([shares()] * 5, ignore_index=True)
    few, lots = (share_dots_figure(f, style=WIDE)["layout"]["height"] for f in (shares(), many))
    assert lots > 3 * few


def durations() -> pd.DataFrame:
    return pd.DataFrame(
        [
            point(
                "wijkverpleging", 2021, None, kind="range", low=1, high=3, label="1 tot 3 maanden"
            ),
            point("ggz", 2021, None, kind="bound_low", low=3, label="vaak langer", detail="stop"),
            point("ggz", 2021, None, kind="image", label="alleen als plaatje"),
            point("wlz", 2021, 4, label="4 maanden"),
        ]
    )


@pytest.mark.parametrize("style", [PLAIN, FigureStyle("en", width="narrow")])
def test_ranges_are_blocks_from_low_to_high(style: FigureStyle) -> None:
    figure = checked(ranges_figure(durations(), style=style))

    (block,) = shapes(figure, "range")
    assert (block["x0"], block["x1"]) == (1, 3)
    assert {one["xanchor"] for one in shapes(figure, "bound")} == {3}
    assert {name: [x for x, _ in at] for name, at in markers(figure).items()} == {"wlz": [4]}
    assert "vaak langer" in texts(figure)


TERMS = (("Eno", 2019, 3), ("VGZ", 2018, 2), ("De Friesland", 2019, 1))


def contracts() -> pd.DataFrame:
    return pd.DataFrame(
        [
            *(point(n, x, y, label=f"{y} jaar", sector="huisartsenzorg") for n, x, y in TERMS),
            point("CZ", 2018, None, kind="bound_low", low=2, label="ten minste 2 jaar"),
            point("DSW", 2018, None, label="niet bekend"),
        ]
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_contract_runs_from_its_start_for_its_term(style: FigureStyle) -> None:
    figure = checked(terms_figure(contracts(), style=style))
    bars = {bar["name"]: bar for bar in figure["data"]}

    assert {name: (bar["base"][0], bar["x"][0]) for name, bar in bars.items()} == {
        "Eno": (2019, 3),
        "VGZ": (2018, 2),
        "De Friesland": (2019, 1),
    }
    assert bars["VGZ"]["marker"]["color"] == style.colour("huisartsenzorg")
    assert bars["De Friesland"]["marker"]["color"] == style.colour("page"), "one year: an outline"
    assert shapes(figure, "bound"), "a limit has an arrow instead of an end"
    assert {"2 jaar", "ten minste 2 jaar", "niet bekend"} <= set(texts(figure))
    assert figure["layout"]["xaxis"]["range"] == [2018, 2022]


def test_years_are_shortened_where_they_would_touch() -> None:
    long = pd.concat([contracts(), pd.DataFrame([point("x", 2008, 2, label="2 jaar")])])

    assert "’18" in terms_figure(long, style=NARROW)["layout"]["xaxis"]["ticktext"]
    assert "2018" in terms_figure(long, style=WIDE)["layout"]["xaxis"]["ticktext"]


def test_contracts_without_any_term_keep_their_words() -> None:
    figure = checked(terms_figure(contracts().tail(1), style=WIDE))

    assert figure["data"] == []
    assert "niet bekend" in texts(figure)


def policies() -> pd.DataFrame:
    rows = [("CZ", 2016, "natura", 70, 65, 75), ("CZ", 2016, "restitutie", 100, 100, 100)]
    rows += [("CZ", 2017, "natura", 71, 65, 75), ("VGZ", 2017, "natura", 78, 70, 90)]
    rows += [("VGZ", 2016, "natura", None, 70, 90), ("CZ", 2017, "restitutie", None, None, None)]
    return pd.DataFrame(
        [point(t, y, v, low=lo, high=hi, row_label=i) for i, y, t, v, lo, hi in rows]
    )


@pytest.mark.parametrize("style", STYLES)
def test_reimbursement_shows_mean_and_extremes_per_policy_and_year(style: FigureStyle) -> None:
    figure = checked(reimbursement_figure(policies(), style=style))
    means = sorted(x for t in figure["data"] if t["mode"] == "markers" for x in t["x"])
    ends = [x for t in figure["data"] if t["mode"] == "lines" for x in t["x"] if x is not None]

    assert means == [70, 71, 78, 100]
    assert sorted(ends) == [65, 65, 70, 70, 75, 75, 90, 90]
    assert {"CZ", "VGZ", "2016", "2017", "natura"} <= set(texts(figure))


@pytest.mark.parametrize(
    "draw", [share_dots_figure, ranges_figure, terms_figure, reimbursement_figure]
)
def test_an_empty_frame_gives_a_figure_without_traces(draw: Callable[..., Figure]) -> None:
    empty = pd.DataFrame(columns=[*policies().columns])

    assert checked(draw(empty, style=WIDE))["data"] == []
