"""Pages of regions and insurers with computed figures, here those of the invented deliveries."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.addresses import UnknownAddressError
from dashboard.settings import load_settings
from dashboard.site import Site
from dashboard.views.blocks import FilterPanel, Notice, Page, Section, Table, TileMap
from tests.views.reading import charts_of, links_of, parts_of
from warehouse.read_model import ReadModel

STOPS = "/nl/regio?indicator=stop-share&sector=wijkverpleging&years=2024-2024&data=example"
INSURERS = "/nl/verzekeraar?indicator=stop-share&sector=wijkverpleging&data=example"
MARKS = {
    "higher": "hoger dan",
    "lower": "lager dan",
    "similar": "geen duidelijk verschil",
    "undetermined": "niet te bepalen",
}


@pytest.fixture(scope="session")
def staff(read_releases: Path) -> Site:
    """The site as the staff of the publisher get it."""
    return Site(ReadModel(read_releases, edition="staff"), load_settings(), edition="staff")


def _of(page: Page, kind: type) -> list:  # type: ignore[type-arg]
    return [part for part in parts_of(page.blocks) if isinstance(part, kind)]


def _page(site: Site, address: str) -> Page:
    path, _, query = address.partition("?")
    return site.page(site.addresses.parse(path, query))


def _csv(site: Site, page: Page) -> list[dict[str, str]]:
    (chart,) = charts_of(page)
    assert chart.csv is not None
    path, _, query = chart.csv.href.partition("?")
    return list(csv.DictReader(io.StringIO(site.table_csv(site.addresses.parse(path, query)))))


def _table(page: Page, id_: str) -> Table:
    (section,) = [one for one in _of(page, Section) if one.id == id_]
    found: Table = next(block for block in section.blocks if isinstance(block, Table))
    return found


def _texts(row: tuple) -> list[str]:  # type: ignore[type-arg]
    return ["".join(part.text for part in cell.parts) for cell in row]


def test_an_invented_map_says_so_wherever_it_goes(site: Site) -> None:
    page = _page(site, STOPS)
    (chart,) = charts_of(page)
    assert page.title.startswith("Voorbeeld:")
    assert page.example
    assert chart.example == "VOORBEELDDATA"
    assert chart.place is not None
    assert chart.place.strip is not None
    assert chart.place.strip.alt.startswith("Voorbeelddata, verzonnen.")
    table = _table(page, "regions-table")
    assert table.example
    assert table.caption.startswith("Voorbeelddata, verzonnen:")
    assert {row["evidence"] for row in _csv(site, page)} == {"example"}
    assert all("data=example" in link.href for link in links_of(page) if "region=" in link.href)


def test_a_hidden_region_is_hidden_alike_on_map_table_and_file(site: Site) -> None:
    page = _page(site, STOPS)
    (tiles,) = _of(page, TileMap)
    hidden = {tile.name for tile in tiles.tiles if tile.reason == "afgeschermd"}
    assert hidden
    assert all(tile.label == "–" for tile in tiles.tiles if tile.name in hidden)
    table = _table(page, "regions-table")
    rows = {row[0].parts[0].text: _texts(row) for row in table.rows}
    for name, texts in rows.items():
        assert (texts[1] == "afgeschermd") == (name in hidden)
        assert any("fgeschermd:" in text for text in texts[2:]) == (name in hidden)
    file = {row["region"]: row for row in _csv(site, page)}
    for name in hidden:
        assert file[name]["status"] == "suppressed"
        assert file[name]["suppression"]
        assert (file[name]["value"], file[name]["n_observed"], file[name]["ci_low"]) == ("", "", "")
    code = next(one.code for one in site.catalogue.regions.values() if one.nl in hidden and one.row)
    (chart,) = charts_of(_page(site, f"{STOPS}&region={code}"))
    assert chart.place is not None
    assert "fgeschermd:" in chart.place.remark


def test_every_comparison_has_a_word_and_its_own_shape(site: Site) -> None:
    page = _page(site, STOPS)
    file = {row["region"]: row["comparison"] for row in _csv(site, page)}
    table = _table(page, "regions-table")
    column = table.columns.index("Vergelijking")
    for row in table.rows:
        cell, name = row[column], row[0].parts[0].text
        assert (cell.mark or "") == file[name]
        if cell.mark:
            assert cell.parts[0].text.startswith(MARKS[cell.mark])


def test_no_order_of_values_without_margins(site: Site) -> None:
    page = _page(site, STOPS.replace("stop-share", "uncontracted-share") + "&order=value")
    assert not [link for link in links_of(page) if link.text == "op waarde"]
    assert any("op waarde" in one.text for one in _of(page, Notice))
    names = [row[0].parts[0].text for row in _table(page, "regions-table").rows]
    assert names.index("Amsterdam") < names.index("Zwolle")


def test_staff_may_order_by_value_and_read_what_it_is_worth(staff: Site) -> None:
    page = _page(staff, INSURERS)
    names = [row[0].parts[0].text for row in _table(page, "insurers-table").rows]
    assert names == sorted(names, key=str.casefold)
    (link,) = [one for one in links_of(page) if one.text == "op waarde"]
    page = _page(staff, link.href)
    table = _table(page, "insurers-table")
    column = table.columns.index("Marge 95%")
    values = [row[1].parts[0].text for row in table.rows if row[column].parts[0].text]
    numbers = [float(text.rstrip("%").replace(",", ".")) for text in values]
    assert numbers == sorted(numbers, reverse=True)
    (section,) = [one for one in _of(page, Section) if one.id == "insurers-table"]
    assert "zegt hun volgorde niets" in section.lead


def test_invented_figures_of_a_region_never_share_a_table_with_others(site: Site) -> None:
    page = _page(site, "/nl/regio/ZK12?data=example")
    tables = [one for one in _of(page, Table) if one.columns[0] == "Cijfer"]
    printed = [one for one in tables if not one.example]
    assert printed
    assert len(printed) < len(tables)
    for table in tables:
        keys = {
            part.cell
            for row in table.rows
            for cell in row
            for part in cell.parts
            if getattr(part, "cell", None)
        }
        assert {"|example|" in str(key) for key in keys} == {table.example}
    assert not any("|example|" in str(number.cell) for number in page.key_numbers)
    assert page.document_title.startswith("Voorbeelddata:")


def test_a_region_shows_one_sector_of_what_is_computed(site: Site) -> None:
    page = _page(site, "/nl/regio/ZK12?data=example&sector=ggz_basis")
    (panel,) = _of(page, FilterPanel)
    assert [one.name for one in panel.filters] == ["sector"]
    assert panel.filters[0].value == ("ggz_basis",)
    computed = [cell for cell in page.data["cells"] if "|example|" in cell]
    assert computed
    assert all("|ggz_basis|" in cell for cell in computed)
    unknown = _page(site, "/nl/regio/ZK12?data=example&sector=wlz")
    assert any("Wlz" in one.text for one in _of(unknown, Notice))


def test_without_the_switch_nothing_invented_is_there(site: Site) -> None:
    for path in ("/nl/regio", "/nl/regio/ZK12", "/nl/verzekeraar", "/nl/verzekeraar/vgz"):
        page = _page(site, path)
        assert not page.example
        assert not any("|example|" in str(part) for part in parts_of(page) if isinstance(part, str))
    page = _page(site, "/nl/regio?indicator=stop-share")
    assert any("stop" in one.text for one in _of(page, Notice))


def test_the_public_names_no_insurer_of_what_is_computed(site: Site, staff: Site) -> None:
    public = _page(site, INSURERS)
    (panel,) = _of(public, FilterPanel)
    offered = {option.value for one in panel.filters for option in one.options}
    assert "stop-share" not in offered
    (panel,) = _of(_page(staff, INSURERS), FilterPanel)
    assert "stop-share" in {option.value for one in panel.filters for option in one.options}
    with pytest.raises(UnknownAddressError):
        _page(site, "/nl/verzekeraar/voorbeeld_kust?data=example")


def test_staff_read_an_insurer_with_comparison_and_direction(staff: Site) -> None:
    page = _page(staff, "/nl/verzekeraar/voorbeeld_kust?data=example")
    tables = [one for one in _of(page, Table) if one.columns[0] == "Cijfer" and one.example]
    columns = {name for table in tables for name in table.columns}
    assert {"Waarde", "Alle verzekeraars", "Vergelijking", "Ontwikkeling"} <= columns
    assert not [one for one in _of(page, Notice) if "letters" in one.text]
    told = "".join(str(part) for part in parts_of(page.blocks) if isinstance(part, str))
    assert "Opgegaan in deze verzekeraar" in told
    assert "tot en met" in told


def test_staff_read_a_map_of_one_insurer(staff: Site) -> None:
    page = _page(staff, "/nl/regio?indicator=uncontracted-share&data=example")
    filters = {one.name: one for one in _of(page, FilterPanel)[0].filters}
    codes = [option.value for option in filters["insurer"].options]
    assert codes
    page = _page(staff, f"/nl/regio?indicator=uncontracted-share&data=example&insurer={codes[0]}")
    assert {row["insurer_code"] for row in _csv(staff, page)} == {codes[0]}
    assert staff.catalogue.insurers[codes[0]].name in charts_of(page)[0].subtitle
