"""What all figures share: type, colours of one theme, labels apart, nothing that phones home."""

from __future__ import annotations

import json
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures import CONFIG, DARK_OF_LIGHT, FIGURES, FigureStyle, figure_height
from dashboard.figures.axes import nice_ticks, tick_texts, year_ticks
from dashboard.figures.frame import Mark
from dashboard.figures.key import key_of
from dashboard.figures.labels import (
    Box,
    Label,
    Spot,
    beside,
    block,
    line_of_text,
    place,
    text_width,
    wrap,
)
from dashboard.figures.shapes import symbol_path
from dashboard.figures.style import PALETTE, series_styles
from tests.unit.figure_frames import NARROW, STYLES, WIDE, checked, colours, point, trend_frame

ROWS = pd.DataFrame(
    [
        point(
            "ggz", 2018 + n, 40.0 + n, low=30.0 + n, high=50.0, n=100, sector="ggz", row_label="A"
        )
        for n in range(3)
    ]
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_keeps_to_the_house_style(name: str, style: FigureStyle) -> None:
    figure = checked(FIGURES[name](ROWS, style=style))
    layout = figure["layout"]
    theme = [colour[style.theme == "dark"] for colour in PALETTE.values()]

    assert colours(figure) <= set(theme)
    assert layout["font"]["family"].startswith("Inter")
    assert layout["separators"] == (",." if style.locale == "nl" else ".,")
    assert layout["showlegend"] is False
    assert all(axis["fixedrange"] for key, axis in layout.items() if key[1:5] == "axis")
    assert all(one["font"]["size"] >= 13 for one in layout["annotations"] if one["text"])
    assert "style=" not in json.dumps(figure), "a strict content policy forbids style attributes"
    assert figure_height(figure) >= 40


def test_each_light_colour_has_one_dark_colour() -> None:
    assert len(DARK_OF_LIGHT) == len({light for light, _ in PALETTE.values()})
    assert all(DARK_OF_LIGHT[light] == dark for light, dark in PALETTE.values())


def test_the_mode_bar_offers_only_the_local_download() -> None:
    assert CONFIG["modeBarButtons"] == [["toImage"]]
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displaylogo"] is False


@given(codes=st.lists(st.sampled_from([*"abcdefghijklm", "ggz", "ggz_basis", "wlz_vv", "wlz"])))
def test_no_two_series_share_dash_and_marker(codes: list[str]) -> None:
    found = series_styles(codes, WIDE)

    assert len({(one.dash, one.symbol) for one in found.values()}) == len(set(codes))


def test_a_sector_keeps_its_colour_and_ggz_as_a_whole_is_ink_beside_its_parts() -> None:
    assert series_styles(["ggz"], WIDE)["ggz"].colour == "#7B1B50"
    assert series_styles(["ggz", "ggz_basis"], WIDE)["ggz"].colour == WIDE.colour("ink")
    group = series_styles(["vrijgevestigd"], WIDE, sectors={"vrijgevestigd": "wlz"})
    assert group["vrijgevestigd"].colour == WIDE.colour("wlz")
    assert group["vrijgevestigd"].hollow


@settings(max_examples=60, deadline=None)
@given(heights=st.lists(st.integers(20, 380), min_size=2, max_size=5))
def test_labels_at_the_end_of_lines_are_pushed_apart(heights: list[int]) -> None:
    labels = [
        Label(line_of_text("Ggz gespecialiseerd 8%", "#000000"), 200, y, tuple(beside(12)))
        for y in heights
    ]
    boxes = [found[1] for found in place(labels, [], Box(0, 0, 600, 400)) if found]

    assert len(boxes) == len(heights)
    assert not any(one.overlap(other) for one, other in combinations(boxes, 2))


def test_a_label_that_is_not_required_gives_way() -> None:
    here = (Spot(0, 0),)
    text = line_of_text("9,0%", "#000000")
    wall = [Box(0, 0, 100, 100)]

    optional = Label(text, 50, 50, here, required=False)
    assert place([optional], wall, Box(0, 0, 100, 100)) == [None]
    assert place([Label(text, 50, 50, here)], wall, Box(0, 0, 100, 100))[0] is not None
    assert place([Label(text, 50, 50, ())], [], Box(0, 0, 100, 100)) == [None]
    assert beside(5, side="left")[0].xanchor == "right"


@given(text=st.text(st.characters(codec="latin-1"), max_size=60), width=st.integers(30, 300))
def test_wrapping_keeps_every_word(text: str, width: int) -> None:
    lines = wrap(text, width, 13)

    assert " ".join(lines) == text
    assert all(text_width(line, 13) <= width or " " not in line for line in lines)


def test_an_empty_block_has_no_size() -> None:
    assert block([("", "#000000", True)]).width == 0
    assert line_of_text("", "#000000").height == 0


@given(low=st.floats(-100, 0), high=st.floats(0.1, 1e6))
def test_ticks_are_few_even_steps_around_the_values(low: float, high: float) -> None:
    ticks = nice_ticks(low, high)

    assert ticks[0] <= low + 1e-6 * high
    assert ticks[-1] >= high * (1 - 1e-6)
    assert len(ticks) <= 9
    assert 0 in nice_ticks(low, high, inside=True)


def test_ticks_of_a_flat_or_whole_scale() -> None:
    assert nice_ticks(0, 0) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert nice_ticks(6, 22, lines=8, whole=True) == [6, 8, 10, 12, 14, 16, 18, 20, 22]
    assert nice_ticks(1, 2, whole=True) == [1, 2]


def test_the_unit_stands_on_the_last_tick_only() -> None:
    assert tick_texts([0, 2.5, 5], WIDE) == ["0", "2,5", "5%"]
    assert tick_texts([0, 50], WIDE, unit="all") == ["0%", "50%"]
    assert tick_texts([0, 5], FigureStyle("nl", "weken")) == ["0", "5"]
    assert FigureStyle("nl", "weken").suffixed("5") == "5 weken"


def test_years_are_printed_as_there_is_room() -> None:
    assert year_ticks(2016, 2019, 400) == [2016, 2017, 2018, 2019]
    assert year_ticks(2016, 2024, 250) == [2016, 2018, 2020, 2022, 2024]
    assert year_ticks(2000, 2025, 300) == [2000, 2005, 2010, 2015, 2020, 2025]
    assert year_ticks(1900, 2025, 60) == [1900, 1950, 2000]
    assert year_ticks(2018, 2018, 0) == [2018]


def test_a_key_needs_two_entries() -> None:
    assert key_of([], WIDE).height == 0


@pytest.mark.parametrize("symbol", ["circle", "square", "diamond", "triangle-up", "cross", "x"])
def test_markers_of_a_key_are_closed_paths(symbol: str) -> None:
    assert symbol_path(symbol).endswith("Z")
    assert symbol_path(f"{symbol}-open") == symbol_path(symbol)


def test_a_limit_reads_its_own_end_or_else_the_value() -> None:
    assert Mark(kind="bound_low", low=6.0).limit == 6
    assert Mark(kind="bound_high", value=75.0).limit == 75
    assert Mark(row_label="Ggz", x_label="2018", label="8%", n_label="4 van 50").hover == (
        "Ggz, 2018: 8% 4 van 50"
    )
    assert Mark(row_label="Ggz 2018", x_label="2018", label="8%").hover == "Ggz 2018: 8%"


def test_a_phone_figure_fits_a_phone() -> None:
    figure = FIGURES["trend"](trend_frame(), style=NARROW)
    margin = figure["layout"]["margin"]

    assert 358 - margin["l"] - margin["r"] > 200
