"""Computed figures: example data marked everywhere, small numbers hidden alike everywhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.addresses import Address, Selection
from dashboard.settings import load_settings
from dashboard.site import Site
from dashboard.views.blocks import Chart, EmptyState, FilterPanel, Notice, Page
from tests.cube_release import extend
from tests.views.reading import charts_of, links_of, numbers_of, parts_of, strings_of
from warehouse.catalogue import load_catalogue
from warehouse.read_model import ReadModel

COMPUTED = sorted(
    one.id for one in load_catalogue().indicators.values() if "insurer" in one.breakdowns
)
TAG = "VOORBEELDDATA"


@pytest.fixture(scope="session")
def computed(read_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site on a release with computed cells of every kind at known places."""
    root = extend(read_releases, tmp_path_factory.mktemp("cubes"))
    return Site(ReadModel(root), load_settings())


def _page(site: Site, path: str, query: str = "") -> Page:
    return site.page(site.addresses.parse(path, query))


def _chart(page: Page) -> Chart:
    return charts_of(page)[0]


def _rows(site: Site, key: str, query: str, locale: str = "nl") -> list[dict[str, str]]:
    address = site.addresses.parse(f"/{locale}/csv/indicator/{key}.csv", query)
    return list(csv.DictReader(io.StringIO(site.table_csv(address))))


def _told(chart: Chart, column: str) -> list[str]:
    at = chart.table.columns.index(column)
    return ["".join(part.text for part in row[at].parts) for row in chart.table.rows]


def test_example_data_is_off_until_it_is_chosen(computed: Site) -> None:
    page = _page(computed, "/nl/indicator/cube-share")
    (state,) = [part for part in parts_of(page.blocks) if isinstance(part, EmptyState)]
    assert [link.href for link in state.links] == ["/nl/indicator/cube-share?data=example"]
    assert not page.example
    assert _rows(computed, "cube-share", "") == []
    assert not any(TAG in text for text in strings_of(list(_texts(page))))


def _texts(page: Page) -> list[str]:
    return [part for part in parts_of(page.blocks) if isinstance(part, str)]


def test_every_outlet_of_example_data_says_that_it_is(computed: Site) -> None:
    page = _page(computed, "/nl/indicator/cube-share", "data=example")
    chart = _chart(page)
    assert page.example
    assert page.title.startswith("Voorbeeld:")
    assert page.document_title.startswith("Voorbeeld")
    assert chart.example == TAG
    assert chart.headline.startswith("Voorbeeld:")
    assert chart.alt.startswith("Voorbeelddata")
    assert chart.table.caption.startswith("Voorbeelddata")
    assert "erzonnen" in chart.cite
    for figure in (chart.figure, chart.figure_narrow):
        assert figure is not None
        assert TAG in list(strings_of(figure))
        names = {shape.get("name") for shape in figure["layout"]["shapes"]}
        assert {"example:hatch", "example:frame"} <= names
        assert "solid" not in [trace.get("line", {}).get("dash") for trace in figure["data"]]
    rows = _rows(computed, "cube-share", "data=example")
    assert {row["evidence"] for row in rows} == {"example"}
    assert all(row["note"] for row in rows)
    address = computed.addresses.parse("/nl/csv/indicator/cube-share.csv", "data=example")
    assert computed.file_name(address) == "voorbeelddata-cube-share.csv"


def test_real_data_bears_no_mark_of_example_data(computed: Site) -> None:
    page = _page(computed, "/nl/indicator/cube-costs")
    chart = _chart(page)
    assert chart.example == ""
    assert not page.example
    assert TAG not in " ".join(strings_of(chart.figure))
    assert {row["evidence"] for row in _rows(computed, "cube-costs", "")} == {"claims"}
    assert _rows(computed, "cube-costs", "data=example") == [], "evidence is never mixed"


@pytest.mark.parametrize("path", ["/nl/", "/nl/onderwerp/ongecontracteerde-zorg", "/nl/cijfers"])
def test_every_link_keeps_the_choice_of_example_data(computed: Site, path: str) -> None:
    page = _page(computed, path, "data=example")
    off = next(link for link in page.navigation.data_links if not link.current)
    for link in links_of(page):
        # The feed is for programs and has real changes only.
        leaves = link.external or link is page.navigation.feed or link is off
        if not leaves and link.href.startswith("/"):
            assert "data=example" in link.href, link
    assert ("data", "example") in page.navigation.search.hidden
    assert "data=example" not in off.href
    assert [link.text for link in page.navigation.data_links] == [
        "Echte gegevens", "Voorbeelddata",
    ]  # fmt: skip


def test_invented_figures_are_never_the_finding_of_a_topic(computed: Site) -> None:
    real = _page(computed, "/nl/onderwerp/ongecontracteerde-zorg")
    shown = _page(computed, "/nl/onderwerp/ongecontracteerde-zorg", "data=example")
    assert shown.title == real.title
    assert shown.lead == real.lead
    assert shown.key_numbers == real.key_numbers
    assert [c.id for c in charts_of(real)] == [c.id for c in charts_of(shown) if not c.example]
    assert shown.document_title.startswith("Voorbeelddata")


def test_one_block_per_topic_leads_to_the_examples(computed: Site) -> None:
    page = _page(computed, "/nl/onderwerp/clientenstops")
    states = [p for p in parts_of(page.blocks) if isinstance(p, EmptyState)]
    (waiting,) = [state for state in states if state.id == "not-delivered"]
    assert [link.href for link in waiting.links] == ["/nl/onderwerp/clientenstops?data=example"]


def test_a_chosen_insurer_stands_beside_the_country_with_its_predecessor(computed: Site) -> None:
    query = "data=example&insurer=cube-noord"
    chart = _chart(_page(computed, "/nl/indicator/cube-share", query))
    rows = _rows(computed, "cube-share", query)
    assert {row["insurer_code"] for row in rows} == {"all", "cube-noord", "cube-oud"}
    assert max(r["period_year"] for r in rows if r["insurer_code"] == "cube-oud") == "2020"
    texts = " ".join(strings_of(chart.figure))
    for name in ("Nederland", "Voorbeeldzorg Kust", "Voorbeeldzorg Eiland"):
        assert name in texts
    assert "Voorbeeldzorg Eiland gaat in 2021 op in Voorbeeldzorg Kust" in texts
    assert "break" in [item.mark for item in chart.key]
    after = [r for r in rows if r["insurer_code"] == "cube-noord" and r["period_year"] == "2021"]
    assert "gaat in 2021 op" in after[0]["break_before"]
    assert [choice.label for choice in chart.choices] == ["Sector"]
    assert {row["sector_code"] for row in rows} == {"wijkverpleging"}


def test_comparison_and_trend_are_told_in_a_word_and_a_shape(computed: Site) -> None:
    query = "data=example&insurer=cube-noord"
    chart = _chart(_page(computed, "/nl/indicator/cube-share", query))
    last = [r for r in _rows(computed, "cube-share", query) if r["period_year"] == "2024"]
    (own,) = [row for row in last if row["insurer_code"] == "cube-noord"]
    marks = {item.mark: item.text for item in chart.verdicts}
    assert own["comparison"] in marks
    assert "95%-interval" in marks[own["comparison"]]
    assert own["comparison_label"] in marks[own["comparison"]]
    assert any(mark.startswith("trend_") for mark in marks)
    assert own["comparison_label"].capitalize() in _told(chart, "Vergeleken met Nederland")


def test_a_hidden_value_gives_one_reason_in_chart_table_and_file(computed: Site) -> None:
    query = "data=example&insurer=cube-noord&region=ZK02"
    chart = _chart(_page(computed, "/nl/indicator/cube-share", query))
    rows = _rows(computed, "cube-share", query)
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert {row["suppression"] for row in hidden} >= {"few", "dominant"}
    assert all(row["value"] == "" and row["ci_low"] == "" for row in hidden)
    assert all(row["n_unweighted"] == "" for row in hidden)
    in_file = {row["suppression_label"] for row in hidden}
    in_key = {item.text for item in chart.key if item.mark == "suppressed"}
    in_table = {text for text in _told(chart, "Soort cijfer") if text.startswith("Afgeschermd")}
    assert in_file == in_key == {f"{text[:1].lower()}{text[1:]}" for text in in_table}
    assert "afgeschermd" in chart.alt
    drawn = [shape.get("name") for shape in chart.figure["layout"]["shapes"]]  # type: ignore[index]
    assert drawn.count("suppressed") == 2 * len(hidden)
    assert "afgeschermd" in " ".join(notice.title for notice in chart.notices)


def test_true_zero_rounded_zero_hidden_and_missing_differ(computed: Site) -> None:
    query = "data=example&provider=instelling&sector=ggz"
    labels = {
        row["period_year"]: (row["value"], row["value_label"])
        for row in _rows(computed, "cube-share", query)
        if row["provider_group"] == "instelling"
    }
    assert labels["2018"] == ("0", "0%")
    assert labels["2019"] == ("0.02", "0,0% (afgerond)")
    query = "data=example&provider=vrijgevestigd&sector=ggz"
    last = [
        row
        for row in _rows(computed, "cube-share", query)
        if row["provider_group"] == "vrijgevestigd" and row["period_year"] == "2024"
    ]
    assert [(row["value"], row["value_label"]) for row in last] == [("", "afgeschermd")]
    chart = _chart(_page(computed, "/nl/indicator/cube-share", query))
    assert "0,0% (afgerond)" not in _told(chart, "Waarde")


def test_a_figure_has_one_definition_at_a_time_and_says_which(computed: Site) -> None:
    chart = _chart(_page(computed, "/nl/indicator/cube-terms", "data=example"))
    (choice,) = chart.choices
    assert choice.label == "Definitie"
    assert [link.current for link in choice.links] == [True, False]
    assert "prijs staat vast" in chart.subtitle
    rows = _rows(computed, "cube-terms", "data=example&category=term_two_reopened")
    assert {row["category"] for row in rows} == {"term_two_reopened"}


def test_a_letter_is_said_to_hold_in_one_table_only(computed: Site) -> None:
    chart = _chart(_page(computed, "/nl/indicator/cube-terms", "data=example&insurer=letter-a"))
    assert any("alleen in deze tabel" in notice.text for notice in chart.notices)
    topic = _page(computed, "/nl/onderwerp/meerjarencontracten", "data=example&insurer=letter-a")
    notices = [part for part in parts_of(topic.blocks) if isinstance(part, Notice)]
    assert any("elke tabel" in notice.text for notice in notices)
    (panel,) = [part for part in parts_of(topic.blocks) if isinstance(part, FilterPanel)]
    offered = next(one for one in panel.filters if one.name == "insurer")
    assert not any(option.value.startswith("letter-") for option in offered.options)


def test_a_filter_that_a_figure_cannot_serve_stays_with_its_reason(computed: Site) -> None:
    page = _page(computed, "/nl/indicator/cube-terms", "data=example")
    (panel,) = [part for part in parts_of(page.blocks) if isinstance(part, FilterPanel)]
    region = next(one for one in panel.filters if one.name == "region")
    assert region.options == ()
    assert region.reason
    page = _page(computed, "/nl/indicator/cube-terms", "data=example&region=ZK01")
    (state,) = [part for part in parts_of(page.blocks) if isinstance(part, EmptyState)]
    assert state.links, "the nearest choice that has a figure"


def test_the_staff_edition_says_so_on_its_pages_and_files(read_releases: Path) -> None:
    site = Site(ReadModel(read_releases), load_settings(), edition="staff")
    page = site.page(Address("nl", "overview"))
    assert "Niet verspreiden" in page.navigation.staff_notice
    address = site.addresses.parse("/nl/csv/cijfers.csv", "")
    assert site.file_name(address) == "alleen-medewerkers-cijfers.csv"


@pytest.mark.parametrize("indicator", COMPUTED)
def test_chart_table_and_file_of_a_computed_figure_agree(site: Site, indicator: str) -> None:
    codes = site._data.options(indicator, examples=True)["insurer_code"]
    for insurer in (None, next(code for code in codes if code != "all")):
        chosen = Selection(examples=True, insurer=insurer)
        chart = _chart(site.page(Address("nl", "indicator", indicator, chosen)))
        text = site.table_csv(Address("nl", "indicator", indicator, chosen, form="csv"))
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == len(chart.table.rows) > 0
        assert {row["evidence"] for row in rows} == {"example"}
        assert sorted(_told(chart, "Waarde")) == sorted(row["value_label"] for row in rows)
        assert chart.sources
        assert chart.cite
        assert "{" not in chart.headline + chart.alt + chart.subtitle
        drawn = {round(number, 6) for number in numbers_of(chart.figure)}
        for row in rows:
            ends = [row[name] for name in ("value", "value_low", "value_high") if row[name]]
            assert all(_drawn(float(end), drawn) for end in ends), (indicator, row)


def _drawn(end: float, drawn: set[float]) -> bool:
    return any(abs(end - one) < 0.001 for one in drawn)
