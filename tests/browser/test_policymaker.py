"""A policymaker reads one figure, checks where it comes from and takes it along."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.browser.conftest import Reader


def test_from_the_overview_to_a_figure_its_source_and_its_file(reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/")
    page.get_by_role("link", name="Naar ongecontracteerde zorg").click()
    page.wait_for_url("**/nl/onderwerp/ongecontracteerde-zorg*")
    page.wait_for_function("() => document.querySelector('h1').textContent.includes('5,7%')")

    chart = page.locator("#uncontracted_share_costs")
    chart.get_by_role("link", name="Tabel", exact=True).click()
    page.wait_for_url("**view=table*")
    table = page.locator("#uncontracted_share_costs table")
    table.wait_for()
    rows = [row for row in table.locator("tr").all_inner_texts() if "Wijkverpleging" in row]
    assert any("2018" in row and "9,0%" in row and "kosten" in row for row in rows), rows
    assert any("2019" in row and "5,7%" in row and "kosten" in row for row in rows), rows

    shown = page.locator("#uncontracted_share_costs").inner_text()
    assert "Vektis" in shown
    assert "Tabel 1" in shown, "the locator stands with the source"
    assert "noemer" in shown.lower(), "the caveat on the denominator stands with the chart"

    with page.expect_download() as download:
        chart.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    cells = {
        int(row["period_year"]): float(row["value"])
        for row in csv.DictReader(io.StringIO(text))
        if row["sector_code"] == "wijkverpleging" and row["base"] == "costs"
    }
    assert cells[2018] == 9.0
    assert cells[2019] == 5.7
    assert reader.console == [], "the browser console must stay silent"
    assert reader.strangers() == []
