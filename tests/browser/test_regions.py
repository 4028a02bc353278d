"""A member of the regulator's staff reads one region, finds it in the table and in the file."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.browser.conftest import Reader

MAP = "/nl/regio?indicator=ggz-waiting-weeks&sector=ggz_gespecialiseerd"


def test_choose_a_region_read_it_and_find_it_in_table_and_file(
    reader: Reader, tmp_path: Path
) -> None:
    page = reader.page
    reader.open(MAP)
    assert page.locator("#content .tile").count() == 31

    # By keyboard: a tile is a link, and the panel beside the map then tells its region.
    tile = page.locator("#content a.tile__link", has_text="Midden-Holland")
    tile.focus()
    tile.press("Enter")
    page.wait_for_url("**region=ZK13*")
    page.wait_for_function(
        "() => document.querySelector('#content .place__name').textContent === 'Midden-Holland'"
    )
    panel = page.locator("#content .place")
    value = panel.locator(".place__value").first.inner_text().replace("\u00a0", " ")
    assert value == "22 weken"
    assert "22" in page.locator("#content h1").inner_text()
    chosen = page.locator("#content .tile--selected a")
    assert chosen.get_attribute("aria-current") == "true"
    assert chosen.locator(".tile__value").inner_text() == "22"

    page.get_by_role("link", name="Tabel met dezelfde cijfers").click()
    row = page.locator("#all-places tr", has_text="Midden-Holland")
    assert "22 weken" in row.inner_text().replace("\u00a0", " ")
    assert "gekozen" in row.inner_text()

    with page.expect_download() as waiting:
        page.locator("#map").get_by_role("link", name="Download CSV").click()
    file = tmp_path / "map.csv"
    waiting.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = {line["region"]: line for line in csv.DictReader(opened)}
    assert rows["Midden-Holland"]["value"] == "22"
    assert rows["Midden-Holland"]["unit"] == "weeks"

    row.get_by_role("link", name="Midden-Holland").click()
    page.wait_for_url("**/nl/regio/ZK13")
    page.wait_for_selector("#content .main--region h1")
    assert page.locator("#content h1").inner_text() == "Midden-Holland"
    assert "22 weken" in page.locator("#topic-client-stops").inner_text().replace("\u00a0", " ")
    assert reader.console == []
    assert reader.strangers() == []


def test_another_figure_and_year_are_chosen_in_the_filters(reader: Reader) -> None:
    page = reader.page
    reader.open(MAP)
    box = page.get_by_role("combobox", name="Regio")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name="Twente", exact=True).click()
    page.wait_for_url("**region=ZK22*")
    page.wait_for_function(
        "() => document.querySelector('#content .place__name').textContent === 'Twente'"
    )
    page.locator("#content .segmented__item", has_text="Ggz basis").click()
    page.wait_for_url("**sector=ggz_basis*")
    page.wait_for_function(
        "() => document.querySelector('#content .place__label').textContent === 'Ggz basis'"
    )
    assert page.locator("#content .place__name").inner_text() == "Twente"
    assert reader.console == []
