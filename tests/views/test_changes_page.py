"""The page of changes: every release with its reason, every figure with its old and new value."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from dashboard.addresses import Address
from dashboard.settings import load_settings
from dashboard.site import Site
from dashboard.views.block_changes import ReleaseChanges
from dashboard.views.blocks import (
    EmptyState,
    EntryList,
    FilterPanel,
    LinkList,
    Notice,
    Page,
    Table,
)
from tests.changed_releases import WHO, WHY
from tests.views.reading import links_of, parts_of
from warehouse.read_model import ReadModel


@pytest.fixture(scope="module")
def revised(changed: Path) -> Site:
    return Site(ReadModel(changed), load_settings())


def _page(site: Site, query: str = "", path: str = "/nl/wijzigingen") -> Page:
    return site.page(site.addresses.parse(path, query))


def _of(page: Page, kind: type) -> list[Any]:
    return [part for part in parts_of(page.blocks) if isinstance(part, kind)]


def _told(cells: Any) -> list[str]:
    return ["".join(part.text for part in cell.parts) for cell in cells]


def _rows(release: ReleaseChanges) -> list[list[str]]:
    return [
        _told(row) for group in release.groups for one in group.tables for row in one.table.rows
    ]


def _facts(release: ReleaseChanges) -> dict[str, str]:
    return {term: "".join(part.text for part in parts) for term, parts in release.facts}


def test_every_release_stands_there_the_newest_first_with_its_reason(revised: Site) -> None:
    then, wrong, first, shipped = _of(_page(revised), ReleaseChanges)
    assert [then.tag, wrong.tag, first.tag, shipped.tag] == [
        "Nu te zien", "Teruggedraaid", "", "",
    ]  # fmt: skip
    assert _facts(then)["Waarom"] == WHY["then"]
    assert _facts(first)["Waarom"] == WHY["first"]
    assert _facts(first)["Wat er anders was"].startswith("Nieuw bestand: Prijsindexcijfers")
    assert shipped.summary == "Dit was de eerste uitgave. Er was nog niets om mee te vergelijken."


def test_each_change_has_its_old_and_new_value_its_size_and_its_kind(revised: Site) -> None:
    then = _of(_page(revised), ReleaseChanges)[0]
    assert then.summary == (
        "1 cijfer herzien. 1 cijfer nu definitief. 2020 toegevoegd: 1 cijfer. 1 cijfer vervallen."
    )
    assert _rows(then) == [
        ["Kapitaallasten, 2025", "2,20%", "2,61%", "0,41 procentpunt hoger", "Herzien"],
        ["Dbc-tarieven, 2019", "2,35% (voorlopig)", "2,35%", "geen", "Nu definitief"],
        ["Dbc-tarieven, 2021", "2,10%", "niet meer op de site", "", "Vervallen"],
        ["Dbc-tarieven, 2020", "nog niet op de site", "3,00% (voorlopig)", "", "Nieuw"],
    ]
    (group,) = then.groups
    assert group.link is not None
    assert group.link.href == "/nl/indicator/price-index"


def test_a_release_that_was_rolled_back_says_so_and_what_it_had_changed(revised: Site) -> None:
    wrong = _of(_page(revised), ReleaseChanges)[1]
    note = "".join(part.text for part in wrong.note)
    assert "Teruggedraaid op " in note
    assert WHY["back"] in note
    assert [part.lang for part in wrong.note if part.text in WHY["back"]] == ["nl"]
    assert [row[:3] for row in _rows(wrong)] == [["Kapitaallasten, 2025", "2,20%", "2,91%"]]


def test_what_was_accepted_is_told_and_who_is_told_to_staff_only(
    revised: Site, changed: Path
) -> None:
    then = _of(_page(revised), ReleaseChanges)[0]
    assert "cijfers die verdwijnen" in _facts(then)["Toch uitgebracht met"]
    assert ".csv" not in _facts(then)["Toch uitgebracht met"]
    for path in ("/nl/wijzigingen", "/nl/bronnen", "/nl/", "/en/changes"):
        assert WHO not in " ".join(str(part) for part in parts_of(_page(revised, path=path)))
    staff = Site(ReadModel(changed, edition="staff"), load_settings(), edition="staff")
    assert _facts(_of(_page(staff), ReleaseChanges)[0])["Door"] == WHO
    assert WHO in " ".join(str(part) for part in parts_of(_page(staff, path="/nl/bronnen")))


def test_the_site_as_it_was_is_one_link_away(revised: Site) -> None:
    then, _, first, _ = _of(_page(revised), ReleaseChanges)
    hrefs = [link.href for link in first.links]
    assert hrefs == [f"/nl/?as_of={first.id}", f"/nl/wijzigingen?release={first.id}"]
    assert [link.href for link in then.links] == [f"/nl/wijzigingen?release={then.id}"]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("kind=gone", [["Dbc-tarieven, 2021"]]),
        (
            "kind=final,new&years=2019-2020",
            [["Dbc-tarieven, 2019", "Dbc-tarieven, 2020"], ["Dbc-tarieven, 2019"]],
        ),
        ("years=2025-2025&kind=changed", [["Kapitaallasten, 2025"], ["Kapitaallasten, 2025"]]),
        ("topic=indexation&kind=hidden", []),
        ("indicator=market-share", []),
    ],
)
def test_choices_narrow_the_page_and_its_file_alike(
    revised: Site, query: str, rows: list[list[str]]
) -> None:
    page = _page(revised, query)
    shown = [[row[0] for row in _rows(one)] for one in _of(page, ReleaseChanges)]
    assert shown == rows
    file = revised.table_csv(revised.addresses.parse("/nl/csv/wijzigingen.csv", query))
    written = list(csv.DictReader(io.StringIO(file)))
    assert [row["about"] for row in written] == [name for each in rows for name in each]
    assert page.data["total"] == len(written)
    assert _of(page, FilterPanel)[0].chips
    if not rows:
        (state,) = _of(page, EmptyState)
        assert state.links[-1].href == "/nl/wijzigingen"


def test_one_release_has_an_address_and_an_unknown_one_is_named(revised: Site) -> None:
    first = _of(_page(revised), ReleaseChanges)[2]
    alone = _page(revised, f"release={first.id}")
    assert [one.id for one in _of(alone, ReleaseChanges)] == [first.id]
    unknown = _page(revised, "release=20200101T000000-00000000&kind=gebeurd")
    told = [one.text for one in _of(unknown, Notice)]
    assert any("20200101T000000-00000000" in text for text in told)
    assert any("gebeurd" in text for text in told)
    assert len(_of(unknown, ReleaseChanges)) == 4


def test_the_file_has_values_sizes_and_reasons_that_a_machine_can_read(revised: Site) -> None:
    page = _page(revised)
    ((file, text), (feed, _)) = [item for block in _of(page, LinkList) for item in block.items]
    assert (file.href, feed.href) == ("/nl/csv/wijzigingen.csv", "/nl/wijzigingen.atom")
    rows = list(csv.DictReader(io.StringIO(revised.table_csv(
        revised.addresses.parse(file.href)))))  # fmt: skip
    assert str(len(rows)) in text
    capital = rows[0]
    assert (capital["old_value"], capital["new_value"], capital["difference"]) == (
        "2.2", "2.61", "0.41",
    )  # fmt: skip
    assert capital["why"] == WHY["then"]
    withdrawn = [row for row in rows if row["withdrawn_at"]]
    assert [row["new_value"] for row in withdrawn] == ["2.91"]


def test_the_overview_tells_the_newest_changes_and_links_all(revised: Site) -> None:
    (entries,) = [
        part
        for part in parts_of(_page(revised, path="/nl/").blocks)
        if isinstance(part, EntryList) and part.more and "wijzigingen" in part.more.href
    ]
    assert len(entries.items) <= 8
    first = "".join(part.text for part in entries.items[0].parts)
    assert "kapitaallasten, 2025 gaat van 2,20% naar 2,61%" in first
    assert "0,41 procentpunt hoger. En nog 3 wijzigingen" in first
    assert entries.items[0].tag == "Herzien"


def test_sources_list_the_releases_with_reason_and_state(revised: Site) -> None:
    (table,) = [
        one for one in _of(_page(revised, path="/nl/bronnen"), Table) if one.id == "releases"
    ]
    rows = [_told(row) for row in table.rows]
    assert [row[1].split(" op ")[0] for row in rows] == [
        "nu te zien", "teruggedraaid", "eerder te zien", "eerder te zien",
    ]  # fmt: skip
    assert rows[0][2] == WHY["then"]
    assert rows[3][2] == "eerste uitgave"


def test_a_first_release_says_that_nothing_changed_yet(site: Site) -> None:
    page = _page(site)
    (state,) = _of(page, EmptyState)
    assert state.title == "Dit is de eerste uitgave van deze site"
    assert _of(page, FilterPanel) == []
    titles = [part.title for part in page.blocks if hasattr(part, "title")]
    assert "Fouten in bronnen" in titles
    feed = site.feed(site.addresses.feed("nl"))
    assert [entry.title.split(": ")[1] for entry in feed.entries] == ["eerste uitgave"]


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_every_link_of_the_page_leads_to_a_page(revised: Site, locale: str) -> None:
    page = revised.page(Address(locale, "changes"))  # type: ignore[arg-type]  # parametrized
    for link in links_of(page):
        if not link.external:
            path, _, query = link.href.partition("#")[0].partition("?")
            assert not revised.addresses.parse(path, query).unknown


def test_the_page_tells_anew_what_was_taken_back_while_one_release_is_served(
    revised: Site,
) -> None:
    address = revised.addresses.parse("/nl/wijzigingen")
    assert revised.state(address)
    assert revised.state(revised.addresses.parse("/nl/methode")) == ""
