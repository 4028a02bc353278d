"""A reader turns example data on by keyboard, takes a file along, and turns it off again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.browser.conftest import Reader


def test_example_data_is_switched_on_and_off_and_never_unmarked(reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/indicator/multi-year-share")
    assert "VOORBEELDDATA" not in page.locator("#content main").inner_text()

    switch = page.locator("#content .data-switch")
    switch.get_by_role("link", name="Voorbeelddata").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**data=example**")
    chart = page.locator("#multi_year_share")
    chart.locator(".example-tag").wait_for()
    assert page.title().startswith("Voorbeeld")
    assert switch.locator("[aria-current]").inner_text() == "Voorbeelddata"
    alternative = chart.get_by_role("img").first.get_attribute("aria-label")
    assert alternative is not None
    assert alternative.startswith("Voorbeelddata")

    with page.expect_download() as download:
        chart.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "voorbeelddata-multi-year-share.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["evidence"] for row in rows} == {"example"}

    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/indicator/multi-year-share?data=example")
    reader.drawn()
    assert "EXAMPLE DATA" in page.locator("#multi_year_share").inner_text()

    page.locator("#content .data-switch").get_by_role("link", name="Real data").click()
    page.wait_for_url("**/en/indicator/multi-year-share")
    page.locator("#content .empty-state").wait_for()
    assert "EXAMPLE DATA" not in page.locator("#content main").inner_text()
    assert reader.console == [], "the browser console must stay silent"
    assert reader.strangers() == []
