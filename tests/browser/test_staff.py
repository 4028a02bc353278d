"""A member of the regulator's staff filters, and shares what she sees."""

from __future__ import annotations

from tests.browser.conftest import Reader


def test_filter_on_an_insurer_and_share_the_address(reader: Reader, another_reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/onderwerp/meerjarencontracten")
    box = page.get_by_role("combobox", name="Verzekeraar")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name="VGZ", exact=True).wait_for()
    box.fill("VGZ")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**insurer=vgz*")
    page.wait_for_function(
        "() => document.querySelector('#gp_contract_term').textContent.includes('VGZ')"
        " && !document.querySelector('#gp_contract_term').textContent.includes('Menzis')"
    )
    _sees_the_contract(reader)

    another_reader.open(page.url)
    _sees_the_contract(another_reader)
    assert (
        another_reader.page.locator("#gp_contract_term").inner_text()
        == page.locator("#gp_contract_term").inner_text()
    )
    assert reader.console == []
    assert another_reader.console == []


def _sees_the_contract(reader: Reader) -> None:
    chart = reader.page.locator("#gp_contract_term")
    text = chart.inner_text().replace("\u00a0", " ")
    assert "VGZ" in text
    assert "2 jaar" in text
    assert "2018" in text
