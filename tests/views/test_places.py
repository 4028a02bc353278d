"""Pages of regions and insurers, on the shipped deliveries."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.addresses import Address, Selection, UnknownAddressError
from dashboard.site import Site
from dashboard.views.block_places import Place
from dashboard.views.blocks import Facts, FilterPanel, Link, Notice, Page, Section, Table, TileMap
from tests.views.reading import charts_of, links_of, parts_of, strings_of


def _of(page: Page, kind: type) -> list:  # type: ignore[type-arg]
    return [part for part in parts_of(page.blocks) if isinstance(part, kind)]


def _page(site: Site, address: str) -> Page:
    path, _, query = address.partition("?")
    return site.page(site.addresses.parse(path, query))


def _rows(table: Table) -> dict[str, list[str]]:
    """The cells of a table as texts, by the name that heads each row."""
    told = [["".join(part.text for part in cell.parts) for cell in row] for row in table.rows]
    return {row[0]: row[1:] for row in told}


WAITING = "/nl/regio?indicator=ggz-waiting-weeks&sector=ggz_gespecialiseerd"


def test_the_map_has_every_region_with_its_number_or_the_reason(site: Site) -> None:
    (tiles,) = _of(_page(site, WAITING), TileMap)
    assert len(tiles.tiles) == 31
    assert all(tile.href for tile in tiles.tiles)
    by_name = {tile.name: tile for tile in tiles.tiles}
    assert by_name["Midden-Holland"].label == "22"
    assert by_name["Midden-Holland"].step == 5
    merged = by_name["Westland Schieland Delfland"]
    assert (merged.label, merged.step, merged.reason) == ("–", 0, "2 oude regio's")
    assert 2 <= len(tiles.legend) <= 5


def test_the_table_says_what_the_map_shows_in_order_of_name(site: Site) -> None:
    page = _page(site, WAITING)
    (section,) = [one for one in _of(page, Section) if one.id == "regions-table"]
    table = next(block for block in section.blocks if isinstance(block, Table))
    rows = _rows(table)
    assert len(rows) == 31
    names = list(rows)
    assert names.index("'t Gooi") == names.index("Friesland") + 1
    (tiles,) = _of(page, TileMap)
    for tile in tiles.tiles:
        shown = rows[tile.name][0]
        assert (
            shown == "–" if tile.step == 0 else shown.split("\N{NO-BREAK SPACE}")[0] == tile.label
        )
    assert "Delft Westland Oostland (2018) 6" in rows["Westland Schieland Delfland"][-1]
    assert "geen ranglijst" in section.lead
    (chart,) = charts_of(page)
    assert chart.table_at == table.id
    assert chart.table.rows == table.rows


def test_a_chosen_region_is_marked_told_and_placed(site: Site) -> None:
    page = _page(site, f"{WAITING}&region=ZK12")
    assert "Midden-Brabant" in page.title
    assert "12\N{NO-BREAK SPACE}weken" in page.title
    assert [tile.name for tile in _of(page, TileMap)[0].tiles if tile.selected] == [
        "Midden-Brabant"
    ]
    (place,) = [chart.place for chart in charts_of(page)]
    assert isinstance(place, Place)
    assert place.name == "Midden-Brabant"
    assert place.text == "9 gemeenten (2023), Noord-Brabant"
    assert [(one.label, one.value) for one in place.numbers] == [
        ("Ggz gespecialiseerd", "12\N{NO-BREAK SPACE}weken"),
        ("Ggz basis", "6\N{NO-BREAK SPACE}weken"),
    ]
    assert place.strip is not None
    assert "Midden-Brabant: 12" in place.strip.alt
    assert "zegt" in place.strip.note
    selected = [
        trace for trace in place.strip.figure["data"] if str(trace["name"]).endswith("selected")
    ]
    assert len(selected) == 1
    assert place.link is not None
    assert place.link.href == "/nl/regio/ZK12"


def test_a_region_of_merged_regions_gets_no_number_of_its_own(site: Site) -> None:
    page = _page(site, f"{WAITING}&region=ZK33")
    (place,) = [chart.place for chart in charts_of(page)]
    assert place is not None
    assert place.remark.startswith("Deze regio bestond toen uit 2 regio's")
    assert [one.label for one in place.numbers] == [
        "Delft Westland Oostland (2018)",
        "Nieuwe Waterweg-Noord (2018)",
    ]
    own = _page(site, "/nl/regio/ZK33")
    assert own.key_numbers == ()
    told = "".join(part.text for facts in _of(own, Facts) for _, p in facts.items for part in p)
    assert "samengevoegd uit Delft Westland Oostland (2018) en Nieuwe Waterweg-Noord" in told


def test_only_what_exists_can_be_chosen_and_the_rest_says_why(site: Site) -> None:
    filters = {one.name: one for one in _of(_page(site, WAITING), FilterPanel)[0].filters}
    assert {option.value for option in filters["sector"].options} == {
        "ggz_basis",
        "ggz_gespecialiseerd",
    }
    assert [option.value for option in filters["years"].options] == ["2018-2018"]
    assert filters["years"].help == "Enige meting"
    assert filters["insurer"].options == ()
    assert filters["insurer"].reason == "Dit cijfer is per regio, niet per verzekeraar."
    assert filters["provider"].reason
    assert len(filters["region"].options) == 31


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("sector=wlz", "Wlz"),
        ("years=2020-2021", "2020–2021"),
        ("insurer=vgz", "VGZ"),
        ("indicator=market-share", "Marktaandeel van verzekeraars"),
        ("provider=huisartsenpraktijk", "uisarts"),
    ],
)
def test_a_choice_that_does_not_exist_is_named_and_not_applied(
    site: Site, query: str, word: str
) -> None:
    page = _page(site, f"/nl/regio?{query}")
    assert [one for one in _of(page, Notice) if word in one.text and one.severity == "caution"]
    assert len(_of(page, TileMap)) == 1


def test_the_csv_of_the_regions_has_the_numbers_of_the_map(site: Site) -> None:
    page = _page(site, WAITING)
    (chart,) = charts_of(page)
    assert chart.csv is not None
    path, _, query = chart.csv.href.partition("?")
    rows = list(csv.DictReader(io.StringIO(site.table_csv(site.addresses.parse(path, query)))))
    assert len(rows) == 32
    assert {row["sector_code"] for row in rows} == {"ggz_gespecialiseerd"}
    of_region = {row["region"]: row["value"] for row in rows}
    assert of_region["Midden-Holland"] == "22"
    assert of_region["Nieuwe Waterweg-Noord (2018)"] == ""


def test_every_region_and_province_has_a_page_in_both_languages(site: Site) -> None:
    codes = [
        one.code
        for one in site.catalogue.regions.values()
        if one.row is not None or one.kind == "province"
    ]
    assert len(codes) == 43
    exported = {(one.locale, one.page, one.key) for one in site.export_addresses()}
    for locale in ("nl", "en"):
        for code in codes:
            assert (locale, "region", code) in exported
            page = site.page(Address(locale, "region", code))
            assert page.title == site.catalogue.regions[code].text(locale)


def test_a_region_page_has_the_value_of_the_map_and_links_to_it_filtered(site: Site) -> None:
    page = _page(site, "/nl/regio/ZK12")
    tables = [table for table in _of(page, Table) if table.columns[0] == "Cijfer"]
    rows = {name: cells for table in tables for name, cells in _rows(table).items()}
    (waiting,) = [cells for name, cells in rows.items() if "ggz gespecialiseerd" in name]
    assert waiting[0] == "12\N{NO-BREAK SPACE}weken"
    hrefs = {link.href for link in links_of(page) if link.text == "Wachttijd in de ggz per regio"}
    assert "/nl/indicator/ggz-waiting-weeks?sector=ggz_gespecialiseerd&region=ZK12" in hrefs
    assert any(cell in page.data["cells"] for cell in _cells_of(tables))


def _cells_of(tables: list[Table]) -> list[str]:
    return [
        part.cell
        for table in tables
        for row in table.rows
        for cell in row
        for part in cell.parts
        if not isinstance(part, Link) and part.cell
    ]


@pytest.mark.parametrize(
    "path",
    ["/nl/regio/ZK99", "/nl/regio/NL", "/nl/regio/AWBZ5501", "/nl/verzekeraar/nobody",
     "/nl/verzekeraar/all", "/nl/verzekeraar/letter-a", "/nl/verzekeraar/zorgkantoor_cz"],
)  # fmt: skip
def test_what_is_no_region_or_insurer_has_no_page(site: Site, path: str) -> None:
    with pytest.raises(UnknownAddressError):
        site.page(site.addresses.parse(path))


def test_insurers_stand_by_name_and_show_what_sources_printed(site: Site) -> None:
    page = _page(site, "/nl/verzekeraar?indicator=market-share")
    (section,) = [one for one in _of(page, Section) if one.id == "insurers-table"]
    rows = _rows(next(block for block in section.blocks if isinstance(block, Table)))
    assert list(rows) == sorted(rows, key=str.casefold)
    assert rows["VGZ"][0] == "23,6%"
    (chart,) = charts_of(page)
    names = {name.casefold(): name for name in rows}
    told = strings_of(chart.figure["layout"]["annotations"])  # type: ignore[index]
    assert [names[text.casefold()] for text in told if text.casefold() in names] == list(rows)


def test_an_insurer_page_tells_concern_brands_and_figures(site: Site) -> None:
    page = _page(site, "/nl/verzekeraar/achmea")
    told = {
        term: "".join(part.text for part in parts)
        for facts in _of(page, Facts)
        for term, parts in facts.items
    }
    assert told["Merken"] == "Zilveren Kruis, De Friesland"
    assert "29,3%" in {number.value for number in page.key_numbers}
    brand = _page(site, "/nl/verzekeraar/de_friesland")
    assert brand.lead == "Merk van Achmea"


def test_the_public_edition_says_why_computed_figures_are_not_by_name(site: Site) -> None:
    for path in ("/nl/verzekeraar", "/nl/verzekeraar/vgz", "/en/insurer/vgz"):
        notices = [one for one in _of(_page(site, path), Notice) if "letters" in one.text]
        assert len(notices) == 1, path
    for one in site.catalogue.insurers.values():
        if one.invented or one.kind == "pseudonym":
            assert ("nl", "insurer", one.code) not in {
                (a.locale, a.page, a.key) for a in site.export_addresses()
            }


def test_the_menu_leads_to_both(site: Site) -> None:
    page = site.page(Address("nl", "region", "ZK12", Selection()))
    menu = {link.text: link for link in page.navigation.menu}
    assert menu["Regio's"].href == "/nl/regio"
    assert menu["Regio's"].current
    assert menu["Verzekeraars"].href == "/nl/verzekeraar"
    assert not menu["Verzekeraars"].current


def test_plain_files_link_tiles_to_the_pages_of_regions(site: Site) -> None:
    page = site.page(Address("nl", "regions"), flavour="export")
    (tiles,) = _of(page, TileMap)
    assert {tile.href for tile in tiles.tiles} >= {"regio/ZK12.html", "regio/ZK33.html"}
