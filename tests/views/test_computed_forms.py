"""Computed figures on a page: folded where there are many, and sentences that fit a choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import load_settings
from dashboard.site import Site
from dashboard.views.blocks import Chart, EmptyState, FilterPanel, Page, Table
from tests.cube_release import extend
from tests.views.reading import charts_of, parts_of
from warehouse.read_model import ReadModel

STOPS = "/nl/onderwerp/clientenstops"


@pytest.fixture(scope="session")
def staff(read_releases: Path) -> Site:
    """The site as the staff of the publisher get it."""
    return Site(ReadModel(read_releases, edition="staff"), load_settings(), edition="staff")


def _page(site: Site, path: str, query: str = "data=example") -> Page:
    return site.page(site.addresses.parse(path, query))


def _chart(site: Site, path: str, query: str = "data=example") -> Chart:
    return charts_of(_page(site, path, query))[0]


def test_many_computed_figures_are_folded_after_the_first(site: Site) -> None:
    charts = charts_of(_page(site, STOPS))
    computed = [chart for chart in charts if chart.example]
    assert len(computed) > 3
    assert [chart.folded for chart in computed] == [False, *[True] * (len(computed) - 1)]
    assert all(chart.headline for chart in computed), "the sentence shows, folded or not"
    assert not any(chart.folded for chart in charts if not chart.example)


def test_few_computed_figures_stay_open(site: Site) -> None:
    assert not any(chart.folded for chart in charts_of(_page(site, "/nl/onderwerp/context", "")))


def test_a_folded_chart_shows_title_and_sentence_and_keeps_the_rest(site: Site) -> None:
    page = site.addresses.parse(STOPS, "data=example")
    chart = next(one for one in charts_of(site.page(page)) if one.folded)
    own = _chart(site, f"/nl/indicator/{chart.id.replace('_', '-')}")
    assert (chart.title, chart.headline) == (own.title, own.headline)
    assert chart.table == own.table
    assert chart.figure == own.figure


def test_a_page_of_letters_says_why_no_insurer_can_be_chosen(site: Site) -> None:
    (panel,) = [
        part for part in parts_of(_page(site, STOPS).blocks) if isinstance(part, FilterPanel)
    ]
    insurer = next(one for one in panel.filters if one.name == "insurer")
    assert insurer.options == ()
    assert "letter" in (insurer.reason or "")


def test_the_definition_of_a_contract_for_years_is_picked_above_the_chart(site: Site) -> None:
    chart = _chart(site, "/nl/indicator/multi-year-share", "data=example&sector=ggz_basis")
    (definition,) = [choice for choice in chart.choices if choice.label == "Definitie"]
    assert [link.current for link in definition.links] == [True, False]
    other = definition.links[1]
    assert "vaste prijs" in other.text
    assert other.href == "/nl/indicator/multi-year-fixed-price-share?sector=ggz_basis&data=example"
    back = _chart(site, "/nl/indicator/multi-year-fixed-price-share")
    assert [link.current for link in back.choices[0].links] == [False, True]


def test_a_hidden_figure_is_called_hidden_not_absent(staff: Site) -> None:
    chart = _chart(
        staff,
        "/nl/indicator/uncontracted-share",
        "data=example&insurer=voorbeeld_kust&region=ZK12",
    )
    assert "afgeschermd (Voorbeeld Kust, Midden-Brabant" in chart.headline


def test_an_insurer_that_went_up_in_another_shows_its_own_last_year(staff: Site) -> None:
    query = "data=example&insurer=voorbeeld_duin"
    chart = _chart(staff, "/nl/indicator/stop-share-by-cause", query)
    assert "2020" in chart.headline
    assert "niet opgegeven" not in chart.headline, "the sentence is about the answer that leads"
    (panel,) = [
        part
        for part in parts_of(_page(staff, "/nl/indicator/stop-share-by-cause", query).blocks)
        if isinstance(part, FilterPanel)
    ]
    years = [one.value for one in panel.filters if one.name.startswith("years")]
    assert years == [("2020",), ("2020",)]


def test_series_of_two_choices_are_told_apart_in_one_sentence(staff: Site) -> None:
    chart = _chart(
        staff,
        "/nl/indicator/uncontracted-share",
        "data=example&insurer=voorbeeld_kust&region=ZK12",
    )
    told = " ".join(item.text for item in chart.verdicts)
    assert "Voorbeeld Kust (Midden-Brabant)" in told


def test_every_invented_file_is_marked_among_the_files_that_were_read(site: Site) -> None:
    (table,) = [
        part
        for part in parts_of(_page(site, "/nl/bronnen", "").blocks)
        if isinstance(part, Table) and part.id == "deliveries"
    ]
    files = ["".join(part.text for part in row[0].parts) for row in table.rows]
    invented = [name for name in files if "voorbeelddata, verzonnen" in name]
    computed = [name for name in files if name.startswith(("provider_survey", "claims_aggregate"))]
    assert invented == computed
    assert len(invented) < len(files)


def test_who_looks_at_examples_is_led_to_real_figures_that_have_none(
    read_releases: Path, tmp_path: Path
) -> None:
    site = Site(ReadModel(extend(read_releases, tmp_path)), load_settings())
    page = _page(site, "/nl/indicator/cube-costs")
    (state,) = [part for part in parts_of(page.blocks) if isinstance(part, EmptyState)]
    assert "echte gegevens" in "".join(part.text for part in state.text[0].parts)
    assert [link.href for link in state.links] == ["/nl/indicator/cube-costs"]
