"""What the pages say, on the shipped deliveries."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.addresses import Address, Selection, UnknownAddressError
from dashboard.site import Site
from dashboard.views.blocks import (
    Chart,
    Conflict,
    EmptyState,
    EvidenceMap,
    Facts,
    FilterPanel,
    Finding,
    Notice,
    PageIndex,
    Pager,
    Table,
)
from tests.views.reading import charts_of, links_of, parts_of, strings_of

TOPICS = ("uncontracted_care", "multi_year_contracts", "indexation", "client_stops")


def _of(page: object, kind: type) -> list:  # type: ignore[type-arg]
    return [part for part in parts_of(page.blocks) if isinstance(part, kind)]  # type: ignore[attr-defined]


def test_the_overview_says_that_its_charts_are_real_while_examples_are_on(site: Site) -> None:
    page = site.page(site.addresses.parse("/nl/", "data=example"))
    assert "De voorbeelddata staat aan" in [notice.title for notice in _of(page, Notice)]
    assert charts_of(page)
    assert not any(chart.example for chart in charts_of(page))
    assert _of(site.page(Address("nl", "overview")), Notice) == []


def test_the_overview_has_a_finding_per_topic_and_the_evidence_map(site: Site) -> None:
    page = site.page(Address("nl", "overview"))
    findings = _of(page, Finding)
    assert [one.topic for one in findings if not one.wide] == [
        site.catalogue.topics[code].nl for code in TOPICS
    ]
    assert "daalde in 2019 van 9,0% naar 5,7% van de kosten" in findings[0].headline
    assert any("OVA" in one.headline for one in findings if one.wide)
    (evidence,) = _of(page, EvidenceMap)
    assert evidence.years == tuple(range(2015, 2025))
    assert len(evidence.topics) >= 4
    for topic in evidence.topics:
        for row in topic.rows:
            assert len(row.cells) == len(evidence.years)
            assert all(
                cell.href.startswith(("/nl/onderwerp/", "/nl/cijfers?")) for cell in row.cells
            )
            assert all(row.label in cell.label for cell in row.cells)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_every_link_of_the_site_leads_somewhere(site: Site, locale: str) -> None:
    seen: set[str] = set()
    for address in site.export_addresses():
        if address.locale != locale or address.page == "figures":
            continue
        for link in links_of(site.page(address)):
            if not link.external:
                seen.add(link.href)
    for href in sorted(seen):
        # Some lead to a part of a page.
        path, _, query = href.partition("#")[0].partition("?")
        address = site.addresses.parse(path, query)
        assert not address.unknown, href
        if address.page == "figure":
            assert site._data.figure(address.key or "") is not None, href
        elif address.page == "indicator":
            assert address.key in site.catalogue.indicators, href


def test_language_links_keep_every_choice(site: Site) -> None:
    chosen = Selection(sectors=("ggz",), years=(2018, 2019), view="table")
    page = site.page(Address("nl", "topic", "uncontracted_care", chosen))
    english = next(link for link in page.navigation.languages if link.lang == "en")
    assert english.href == "/en/topic/uncontracted-care?sector=ggz&years=2018-2019&view=table"


def test_a_topic_opens_with_its_computed_finding(site: Site) -> None:
    page = site.page(Address("nl", "topic", "uncontracted_care"))
    assert page.title == (
        "Het aandeel ongecontracteerde wijkverpleging daalde in 2019 van 9,0% naar 5,7% "
        "van de kosten"
    )
    assert page.key_numbers[0].value == "9,0% → 5,7%"
    assert page.lead


def test_the_sentence_follows_the_choice_and_is_never_wrong(site: Site) -> None:
    only = Selection(sectors=("wijkverpleging",), years=(2024, 2024))
    page = site.page(Address("nl", "indicator", "uncontracted_share_costs", only))
    (chart,) = charts_of(page)
    assert "ruim 6%" in chart.headline
    assert "5,7" not in chart.headline
    assert "daalde" not in chart.headline
    other = Selection(sectors=("ggz_basis",))
    page = site.page(Address("nl", "indicator", "uncontracted_share_costs", other))
    (chart,) = charts_of(page)
    assert "7,4%" in chart.headline
    assert "wijkverpleging" not in chart.headline


def test_vgz_has_a_two_year_contract_from_2018(site: Site) -> None:
    page = site.page(site.addresses.parse("/nl/onderwerp/meerjarencontracten", "insurer=vgz"))
    (chart,) = [one for one in charts_of(page) if one.id == "gp_contract_term"]
    (row,) = chart.table.rows
    told = " ".join(part.text for cell in row for part in cell.parts)
    assert "VGZ" in told
    assert "2\N{NO-BREAK SPACE}jaar" in told
    assert "2018–2019" in told
    assert "VGZ" in chart.headline
    chips = _of(page, FilterPanel)[0].chips
    assert [(chip.text, chip.href) for chip in chips] == [
        ("VGZ", "/nl/onderwerp/meerjarencontracten")
    ]
    (empty,) = [one for one in _of(page, EmptyState) if one.id == "empty"]
    lines = [" ".join(part.text for part in line.parts) for line in empty.text]
    assert any("Verzekeraars met beleid voor meer jaren" in line for line in lines)
    hrefs = {link.href for link in links_of(page) if link.text == "Toon zonder VGZ"}
    assert hrefs == {"/nl/onderwerp/meerjarencontracten"}


def test_an_empty_choice_says_why_and_offers_the_nearest(site: Site) -> None:
    chosen = Selection(sectors=("wijkverpleging",), years=(2021, 2021))
    page = site.page(Address("nl", "indicator", "uncontracted_share_costs", chosen))
    (state,) = _of(page, EmptyState)
    assert "Wijkverpleging, 2021" in state.kicker
    assert state.links[0].href == (
        "/nl/indicator/uncontracted-share-costs?sector=wijkverpleging&years=2019-2019"
    )
    for link in state.links:
        path, _, query = link.href.partition("?")
        assert charts_of(site.page(site.addresses.parse(path, query))), link.href


def test_a_page_that_is_empty_altogether_offers_the_nearest_year(site: Site) -> None:
    page = site.page(
        site.addresses.parse("/nl/onderwerp/meerjarencontracten", "insurer=vgz&years=2023-2024")
    )
    assert charts_of(page) == []
    (empty,) = [one for one in _of(page, EmptyState) if one.id == "empty"]
    assert empty.links[0].href.endswith("?years=2018-2019&insurer=vgz") or (
        "insurer=vgz" in empty.links[0].href
    )
    path, _, query = empty.links[0].href.partition("?")
    assert charts_of(site.page(site.addresses.parse(path, query)))


def test_a_filter_that_no_source_can_serve_stays_visible_with_its_reason(site: Site) -> None:
    page = site.page(Address("nl", "indicator", "uncontracted_share_costs"))
    filters = {one.name: one for one in _of(page, FilterPanel)[0].filters}
    assert filters["insurer"].options == ()
    assert filters["insurer"].reason == "De bron splitst niet uit naar verzekeraar."
    assert filters["sector"].options
    assert filters["years_from"].value == ("2016",)


@pytest.mark.parametrize(
    ("query", "word"), [("sector=wijkvrpleging", "wijkvrpleging"), ("years=ooit", "ooit")]
)
def test_unknown_words_in_the_address_are_named(site: Site, query: str, word: str) -> None:
    page = site.page(site.addresses.parse("/nl/onderwerp/ongecontracteerde-zorg", query))
    notice = next(part for part in _of(page, Notice) if word in part.text)
    assert notice.severity == "caution"
    assert charts_of(page), "the page is shown without the unknown choice"
    if word == "wijkvrpleging":
        assert "wijkverpleging" in notice.text


def test_two_voices_stand_side_by_side(site: Site) -> None:
    page = site.page(Address("nl", "topic", "indexation"))
    (chart,) = [one for one in charts_of(page) if one.id == "cost_prices_discussed"]
    assert {voice.voice for voice in chart.voices} == {"providers", "insurers"}
    page = site.page(Address("nl", "topic", "uncontracted_care"))
    conflicts = {one.id: one for one in _of(page, Conflict)}
    assert any(len(one.voices) == 2 for one in conflicts.values())


def test_small_groups_are_counts_and_large_ones_have_a_margin(site: Site) -> None:
    page = site.page(Address("nl", "indicator", "insurers_multi_year_policy"))
    (chart,) = charts_of(page)
    assert "6 van 8" in " ".join(p.text for row in chart.table.rows for c in row for p in c.parts)
    page = site.page(Address("nl", "indicator", "providers_with_stop"))
    (chart,) = charts_of(page)
    assert "Marge 95%" in chart.table.columns
    assert "interval" in {item.mark for item in chart.key}


def test_does_not_know_is_an_answer_like_the_others(site: Site) -> None:
    page = site.page(Address("nl", "indicator", "not_fully_indexed"))
    (chart,) = charts_of(page)
    told = [" ".join(p.text for c in row for p in c.parts) for row in chart.table.rows]
    assert any("Weet ik niet" in row and "36,17%" in row for row in told)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_every_indicator_has_twenty_facts(site: Site, locale: str) -> None:
    for indicator in site.catalogue.indicators:
        page = site.page(Address(locale, "indicator", indicator))  # type: ignore[arg-type]
        facts = max(_of(page, Facts), key=lambda one: len(one.items))
        assert len(facts.items) >= 20
        assert all(any(part.text for part in parts) for _, parts in facts.items)


def test_all_figures_can_be_searched_filtered_and_paged(site: Site) -> None:
    page = site.page(Address("nl", "figures"))
    assert page.data["total"] == 1437
    assert len(page.data["figure_ids"]) == 50
    assert _of(page, Pager)[0].next is not None
    found = site.page(site.addresses.parse("/nl/cijfers", "q=omzetplafond&document=nza_ggz_2022"))
    assert 0 < found.data["total"] < 105
    nothing = site.page(site.addresses.parse("/nl/cijfers", "q=zeppelin&topic=indexation"))
    (state,) = _of(nothing, EmptyState)
    assert any(link.href == "/nl/cijfers?topic=indexation" for link in state.links)


def test_the_csv_of_the_figures_holds_all_that_match(site: Site) -> None:
    address = site.addresses.parse("/nl/csv/cijfers.csv", "document=nza_wlz_2023_2024")
    rows = list(csv.DictReader(io.StringIO(site.table_csv(address))))
    page = site.page(site.addresses.parse("/nl/cijfers", "document=nza_wlz_2023_2024"))
    assert len(rows) == page.data["total"]
    assert all(row["measure_label"] and row["locator"] for row in rows)


def test_every_figure_has_a_page_with_all_that_is_known(site: Site) -> None:
    printed = "ha2019-annex-transparent-nee-alle-aanbieders-cnt"
    page = site.page(Address("nl", "figure", printed))
    notice = next(one for one in _of(page, Notice) if "254" in one.title)
    assert "245/451 = 54,32%" in notice.text
    for row in site._data.all_figures()[::40]:
        for locale in ("nl", "en"):
            one = site.page(Address(locale, "figure", str(row["figure_id"])))  # type: ignore[arg-type]
            facts = _of(one, Facts)[0]
            assert len(facts.items) >= 10
            locator = [parts for _, parts in facts.items if parts[0].text == row["locator"]]
            assert locator == [] or getattr(locator[0][0], "lang", None) == "nl"


def test_sources_show_deliveries_corrections_and_what_is_withheld(site: Site) -> None:
    page = site.page(Address("nl", "sources"))
    tables = {table.id: table for table in _of(page, Table)}
    assert len(tables["deliveries"].rows) == len(site._data.deliveries()) >= 12
    faults = {row["correction_id"] for row in site._data.corrections()}
    assert len(tables["corrections"].rows) == len(faults) > 5
    assert len(tables["withheld"].rows) == 5
    assert len(_of(page, Conflict)) == len(site.catalogue.contradictions)


@pytest.mark.parametrize("path", ["/nl/indicator/no-such", "/nl/cijfers/no-such"])
def test_what_does_not_exist_is_refused_and_explained(site: Site, path: str) -> None:
    with pytest.raises(UnknownAddressError) as caught:
        site.page(site.addresses.parse(path))
    page = site.not_found(caught.value)
    assert path in page.lead
    assert links_of(page)


def test_the_export_needs_no_server(site: Site) -> None:
    files = {site.addresses.file(address) for address in site.export_addresses()}
    assert len(files) == len(site.export_addresses())
    for address in (Address("nl", "overview"), Address("en", "topic", "client_stops")):
        page = site.page(address, flavour="export")
        for link in links_of(page):
            assert link.external or not link.href.startswith("/"), link
        assert all(isinstance(chart, Chart) and chart.csv is None for chart in charts_of(page))


def test_an_empty_topic_says_why_once_and_leads_to_real_numbers(site: Site) -> None:
    address = "/nl/onderwerp/ongecontracteerde-zorg", "sector=wlz&years=2015-2015"
    page = site.page(site.addresses.parse(*address))
    (empty,) = [one for one in _of(page, EmptyState) if one.id == "empty"]
    (sentence,) = empty.text
    told = "".join(part.text for part in sentence.parts)
    assert told.startswith("Geen van onze bronnen geeft een cijfer over ongecontracteerde zorg")
    assert "Wlz, 2015" in told
    assert 1 < len(empty.links) <= 5
    for link in empty.links:
        path, _, query = link.href.partition("?")
        assert charts_of(site.page(site.addresses.parse(path, query))), link.href
    assert empty.links[0].href.startswith("/nl/onderwerp/clientenstops?sector=wlz")


def test_a_control_shows_the_name_of_what_is_chosen(site: Site) -> None:
    address = "/nl/onderwerp/ongecontracteerde-zorg", "sector=wlz&years=2012-2012&insurer=eno"
    page = site.page(site.addresses.parse(*address))
    filters = {one.name: one for one in _of(page, FilterPanel)[0].filters}
    named = {
        name: {o.value: o.label for o in one.options}[one.value[0]]
        for name, one in filters.items()
        if one.value
    }
    assert named["sector"] == "Wlz (geen cijfer)"
    assert named["years_from"] == "2012 (geen cijfer)"
    assert "Eno" in named["insurer"]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("locale", ["nl", "en"])
def test_captions_of_key_numbers_are_short(site: Site, topic: str, locale: str) -> None:
    for number in site.page(Address(locale, "topic", topic)).key_numbers:  # type: ignore[arg-type]
        assert len(number.text) <= 95, number
        assert number.text.count(",") <= 3, number


def test_a_key_number_says_who_was_asked_and_what_is_counted(site: Site) -> None:
    page = site.page(Address("nl", "topic", "indexation"))
    assert "ondervraagde zorgaanbieders met segment 1 met tarieven die" in (
        page.key_numbers[0].text.lower()
    )
    assert page.key_numbers[0].text.endswith(", 2019")
    stops = site.page(Address("nl", "topic", "client_stops")).key_numbers[0]
    assert stops.value == "43 van 77"
    assert stops.text.startswith("Ondervraagde vrijgevestigden met een stop door personeelstekort")
    years = site.page(Address("nl", "topic", "multi_year_contracts")).key_numbers
    assert years[0].text == "Verzekeraars met inkoopbeleid voor meer jaren, 2019"


def test_a_long_page_lists_its_charts_and_shows_the_source_of_the_headline_first(
    site: Site,
) -> None:
    page = site.page(Address("nl", "topic", "uncontracted_care"))
    (index,) = _of(page, PageIndex)
    assert page.blocks.index(index) == 1
    shown = {chart.id: chart for chart in charts_of(page)}
    assert [target for target, _ in index.items if target in shown] == list(shown)
    costs = shown["uncontracted_share_costs"]
    assert costs.brief
    assert "2018–2019" in costs.sources[0].heading
    alone = site.page(Address("nl", "indicator", "uncontracted_share_costs"))
    assert not charts_of(alone)[0].brief


def test_the_map_of_regions_names_and_offers_its_sectors(site: Site) -> None:
    page = site.page(Address("nl", "indicator", "ggz_waiting_weeks"))
    (chart,) = charts_of(page)
    assert "gespecialiseerd" in chart.subtitle
    assert "februari 2018" in chart.subtitle
    assert len(chart.base_links) == 2
    (other,) = [link for link in chart.base_links if not link.current]
    path, _, query = other.href.partition("?")
    (chart,) = charts_of(site.page(site.addresses.parse(path, query)))
    assert "basis" in chart.subtitle
    assert [link.current for link in chart.base_links].count(True) == 1
    assert len(chart.base_links) == 2


def test_the_evidence_map_names_both_sides_of_a_contradiction(site: Site) -> None:
    (evidence,) = _of(site.page(Address("nl", "overview")), EvidenceMap)
    told = ["".join(p.text for p in row.latest) for t in evidence.topics for row in t.rows]
    assert "ruim 6% of 8% (2024)" in told
    assert any(one.startswith("bijna driekwart tegen ") for one in told)
    assert any(one.startswith("6 van 8 verzekeraars (2019)") for one in told)
    assert any(one.startswith("0 van 412 ") for one in told)


def test_a_row_does_not_name_its_sector_twice(site: Site) -> None:
    for indicator in site.catalogue.indicators:
        frame = [
            text
            for chart in charts_of(site.page(Address("nl", "indicator", indicator)))
            for text in strings_of(chart.figure or {})
        ]
        assert not any("Huisartsenzorg, zorgaanbieders met segment 1" in text for text in frame)
