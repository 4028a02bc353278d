"""Everything a mouse can do, a keyboard can."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Reader

PAGES = [
    "/nl/",
    "/nl/onderwerp/ongecontracteerde-zorg",
    "/nl/onderwerp/ongecontracteerde-zorg?sector=wlz&years=2015-2015",
    "/en/indicator/ggz-waiting-weeks",
    "/nl/regio?indicator=ggz-waiting-weeks&region=ZK12",
    "/nl/verzekeraar?indicator=market-share",
    "/nl/cijfers",
    "/nl/cijfers/ggz2022-stop-ceiling-contracts-pct",
    "/nl/wijzigingen",
    "/nl/bronnen",
    "/nl/methode",
    "/en/accessibility",
]
FOCUSABLE = (
    "[...document.querySelectorAll('#content a[href], #content button, #content input,"
    ' #content summary, #content [tabindex="0"]\')].filter(e => e.tabIndex >= 0'
    " && e.checkVisibility({checkVisibilityCSS: true})).length"
)

# The edge may stand around the field that an input sits in.
FOCUS = """(() => {
    const active = document.activeElement;
    const seen = (e, depth) => {
        const s = getComputedStyle(e);
        return s.outlineStyle !== "none" || s.boxShadow !== "none"
            || (depth > 0 && e.matches(":focus-within") && seen(e.parentElement, depth - 1));
    };
    const filled = getComputedStyle(active).backgroundColor !== "rgba(0, 0, 0, 0)";
    return [active.closest("#content") !== null,
            active.matches(":focus-visible") && (filled || seen(active, 3))];
})()"""


@pytest.mark.parametrize("path", PAGES)
def test_every_control_can_be_reached_and_its_focus_seen(reader: Reader, path: str) -> None:
    page = reader.page
    reader.open(path)
    reachable = page.evaluate(FOCUSABLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    reached = 1
    for _ in range(reachable + 10):
        page.keyboard.press("Tab")
        inside, visible = page.evaluate(FOCUS)
        if not inside:
            break
        reached += 1
        assert visible, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert reached == reachable
    assert reader.console == []


def test_table_details_theme_and_pages_work_by_keyboard(reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/onderwerp/ongecontracteerde-zorg")

    details = page.locator("#uncontracted_share_costs details").first
    summary = details.locator("summary").first
    summary.focus()
    summary.press("Enter")
    assert details.evaluate("element => element.open")

    table = page.locator("#uncontracted_share_costs").get_by_role("link", name="Tabel", exact=True)
    table.focus()
    table.press("Enter")
    page.wait_for_url("**view=table*")
    page.locator("#uncontracted_share_costs table").first.wait_for(state="visible")

    theme = page.locator("[data-theme-button]")
    theme.focus()
    theme.press("Space")
    assert page.locator("html").get_attribute("data-theme") == "dark"

    reader.open("/nl/cijfers")
    following = page.get_by_role("link", name="Volgende").first
    following.focus()
    following.press("Enter")
    page.wait_for_url("**page=2*")
    page.wait_for_function("() => document.querySelector('main').textContent.includes('51 tot en')")
    assert reader.console == []
