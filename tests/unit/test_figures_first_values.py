"""A first published value stands beside the present one; a provisional one never looks final."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.figures import index_bars_figure, share_dots_figure, trend_figure
from dashboard.figures.example import marked_example
from dashboard.figures.style import FigureStyle
from dashboard.figures.trend_lines import DOTTED
from tests.unit.figure_frames import NARROW, STYLES, WIDE, checked, markers, point, shapes

TREND = pd.DataFrame(
    [
        point("wijkverpleging", 2022, 5.7),
        point("wijkverpleging", 2023, 6.3, first=5.9),
        point("wijkverpleging", 2024, 6.1, status="provisional"),
        point("ggz_basis", 2022, 8.7),
        point("ggz_basis", 2023, 8.6, first=6.0),
        point("ggz_basis", 2024, 8.4),
    ]
)


def rings(figure: dict[str, object]) -> list[dict[str, object]]:
    """The open rings of first values, without their lines."""
    return [shape for shape in shapes(figure, "first") if shape["name"] == "first"]


@pytest.mark.parametrize("style", STYLES)
def test_a_ring_stands_at_the_first_value_and_a_line_goes_to_the_present(
    style: FigureStyle,
) -> None:
    figure = checked(trend_figure(TREND, style=style))
    assert {ring["yanchor"] for ring in rings(figure)} == {5.9, 6.0}
    # Near its own year, also where years are so close that pixels would reach another.
    assert all(abs(float(str(ring["xanchor"])) - 2023) <= 0.15 for ring in rings(figure))
    lines = [shape for shape in shapes(figure, "first") if shape["name"] == "first:line"]
    ends = {tuple(map(float, re.findall(r",([\d.]+)", str(line["path"])))) for line in lines}
    assert ends == {(5.9, 6.3), (6.0, 8.6)}
    # The marker itself stays on the present value.
    assert (2023, 6.3) in markers(figure)["wijkverpleging"]


def test_rings_of_one_year_never_cover_each_other() -> None:
    figure = trend_figure(TREND, style=WIDE)
    assert len({str(ring["xanchor"]) for ring in rings(figure)}) == 2


@pytest.mark.parametrize("style", [WIDE, NARROW])
def test_a_line_to_a_provisional_value_is_dotted_and_its_marker_open(style: FigureStyle) -> None:
    figure = trend_figure(TREND, style=style)
    lines = {trace["name"]: trace for trace in figure["data"] if trace["mode"] == "lines"}
    assert lines["wijkverpleging:waiting"]["line"]["dash"] == DOTTED
    assert lines["wijkverpleging:waiting"]["x"] == [2023, 2024]
    assert lines["wijkverpleging"]["x"] == [2022, 2023]
    assert "ggz_basis:waiting" not in lines
    meta = {t["name"]: t["meta"] for t in figure["data"] if t["mode"] == "markers"}
    assert meta == {"wijkverpleging": "provisional", "ggz_basis": ""}
    own = next(t for t in figure["data"] if t["mode"] == "markers")
    fills = own["marker"]["color"]
    assert fills[2] == style.colour("page") != fills[0]


def test_nothing_is_drawn_where_nothing_was_revised() -> None:
    figure = trend_figure(TREND.assign(first=None), style=WIDE)
    assert shapes(figure, "first") == []


def test_a_bar_has_its_first_value_on_it() -> None:
    points = pd.DataFrame([point("ova", 2024, 6.0, first=4.9), point("ova", 2025, 4.2)])
    figure = checked(index_bars_figure(points, style=WIDE))
    assert {(ring["xanchor"], ring["yanchor"]) for ring in rings(figure)} == {(2024, 4.9)}
    # On a bar the ring has a rim in the colour of the page, under the ring itself.
    assert len(rings(figure)) == 2


def test_a_first_value_above_every_bar_is_within_the_scale() -> None:
    points = pd.DataFrame([point("ova", 2024, 2.0, first=9.0)])
    figure = index_bars_figure(points, style=WIDE)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 9.0 <= high


def test_a_dot_in_a_row_has_its_first_value_over_it() -> None:
    points = pd.DataFrame([point("ggz", 2024, 40.0, first=36.0)])
    figure = checked(share_dots_figure(points, style=WIDE))
    assert [ring["xanchor"] for ring in rings(figure)] == [36.0]


REPLACED = pd.DataFrame(
    [
        point("material", 2022, 9.25),
        point("material", 2023, 9.99, status="superseded", detail="vervangen"),
        point("material", 2023, 7.02),
        point("material", 2026, 4.36, first=3.91, first_label="eerst 3,91%"),
    ]
)


def test_replaced_and_first_values_are_named_beside_a_wide_panel() -> None:
    figure = checked(index_bars_figure(REPLACED, style=WIDE))
    beside = [
        note["text"] for note in figure["layout"]["annotations"] if note.get("xref") == "paper"
    ]
    assert "2023 vervangen" in beside
    assert "2026 eerst 3,91%" in beside


def test_a_phone_names_them_on_lines_of_their_own() -> None:
    figure = checked(index_bars_figure(REPLACED, style=NARROW))
    lines = [note for note in figure["layout"]["annotations"] if "(" in note["text"]]
    assert [note["text"].split(":")[0] for note in lines] == ["2023", "2026"]
    assert "vervangen)" in lines[0]["text"]
    assert "(eerst 3,91%)" in lines[1]["text"]


def test_a_whole_line_of_invented_data_is_broken_in_the_key_as_in_the_plot() -> None:
    style = replace(NARROW, example="VOORBEELD")
    figure = marked_example(trend_figure(TREND, style=style), style)
    keyed = {shape["line"].get("dash") for shape in shapes(figure, "key")}
    assert "solid" not in keyed
