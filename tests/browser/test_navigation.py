"""Everything a reader chooses is in the address, by mouse, keyboard, back and reload."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Reader

TOPIC = "/nl/onderwerp/ongecontracteerde-zorg"


def choose(page: Page, name: str, words: str) -> None:
    """Choose from a list as a reader with a keyboard does."""
    box = page.get_by_role("combobox", name=name)
    box.focus()
    box.press("ArrowDown")
    box.fill(words)
    page.get_by_role("option", name=words, exact=True).wait_for()
    box.press("ArrowDown")
    box.press("Enter")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def drawn_at(page: Page, path: str) -> None:
    """Wait until the app has drawn the page of an address."""
    page.wait_for_function(
        "path => document.querySelector('#content .page')?.dataset.address === path", arg=path
    )


def here(page: Page) -> str:
    parts = urlsplit(page.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_a_filter_by_keyboard_survives_reload_back_and_the_other_language(reader: Reader) -> None:
    page = reader.page
    reader.open(TOPIC)
    choose(page, "Sector", "Wijkverpleging")
    page.wait_for_url("**sector=wijkverpleging*")
    drawn_at(page, here(page))
    focused = page.evaluate("document.activeElement.getAttribute('aria-haspopup')")
    assert focused == "listbox", "the focus stays on the control that was used"
    assert page.locator(".chip", has_text="Wijkverpleging").count() == 1

    chosen = here(page)
    page.reload()
    reader.drawn()
    assert here(page) == chosen
    assert page.locator(".chip", has_text="Wijkverpleging").count() == 1

    page.get_by_role("link", name="English").click()
    reader.drawn()
    assert page.locator("html").get_attribute("lang") == "en"
    assert query(page)["sector"] == ["wijkverpleging"]

    page.go_back()
    reader.drawn()
    assert here(page) == chosen
    assert reader.console == []
    assert reader.strangers() == []


def test_a_chip_takes_a_choice_away_and_back_brings_it_back(reader: Reader) -> None:
    page = reader.page
    reader.open(f"{TOPIC}?sector=wijkverpleging&years=2018-2019")
    page.locator(".chip", has_text="Wijkverpleging").click()
    drawn_at(page, f"{TOPIC}?years=2018-2019")
    page.go_back()
    drawn_at(page, f"{TOPIC}?sector=wijkverpleging&years=2018-2019")
    page.get_by_role("link", name="Wis alles").click()
    drawn_at(page, TOPIC)
    assert reader.console == []


def test_a_choice_made_with_a_link_keeps_the_reader_where_she_was(reader: Reader) -> None:
    page = reader.page
    reader.open(TOPIC)
    chart = page.locator("section.chart").first
    table = chart.get_by_role("link", name="Tabel", exact=True)
    table.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    table.focus()
    table.press("Enter")
    drawn_at(page, f"{TOPIC}?view=table")
    page.wait_for_function("() => document.activeElement.textContent === 'Tabel'")
    assert abs(page.evaluate("window.scrollY") - before) < 5
    assert reader.console == []


def test_the_citation_is_copied_and_said_so(reader: Reader) -> None:
    page = reader.page
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.open("/nl/indicator/uncontracted-share-costs")
    cite = page.locator("details.cite").first
    cite.locator("summary").press("Enter")
    cite.locator("[data-copy]").press("Enter")
    cite.get_by_text("Gekopieerd").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == cite.locator(".cite__text").text_content()


def test_years_are_written_as_one_range(reader: Reader) -> None:
    page = reader.page
    reader.open(TOPIC)
    choose(page, "Vanaf jaar", "2018")
    page.wait_for_url("**years=2018-*")
    drawn_at(page, here(page))
    choose(page, "Tot en met jaar", "2019")
    page.wait_for_url("**years=2018-2019*")
    drawn_at(page, here(page))
    assert reader.console == []


def test_opening_an_address_changes_nothing_about_it(reader: Reader) -> None:
    address = f"{TOPIC}?sector=wijkverpleging&years=2018-2019&view=table"
    reader.open(address)
    reader.page.wait_for_timeout(500)
    assert here(reader.page) == address


def test_after_a_link_the_focus_is_on_the_title_and_back_restores_the_scroll(
    reader: Reader,
) -> None:
    page = reader.page
    reader.open("/nl/")
    page.evaluate("window.scrollTo(0, 700)")
    page.locator(".finding__more a").first.evaluate("link => link.click()")
    page.wait_for_url("**/nl/onderwerp/**")
    drawn_at(page, here(page))
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    assert page.evaluate("window.scrollY") == 0
    title = page.locator("h1").inner_text()
    assert page.title().startswith(title[:20])

    page.go_back()
    drawn_at(page, "/nl/")
    page.wait_for_function("() => Math.abs(window.scrollY - 700) < 5")
    assert reader.console == []


def test_search_from_the_header_by_keyboard(reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/")
    field = page.get_by_role("searchbox").first
    field.fill("plafond")
    field.press("Enter")
    page.wait_for_url("**/nl/cijfers?q=plafond")
    drawn_at(page, "/nl/cijfers?q=plafond")
    assert "plafond" in page.locator("main").inner_text().lower()
    assert reader.console == []


def test_the_skip_link_leads_to_the_content(reader: Reader) -> None:
    page = reader.page
    reader.open(TOPIC)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'main'")


def test_the_dark_theme_is_kept_and_draws_the_charts_anew(reader: Reader) -> None:
    page = reader.page
    reader.open("/nl/")
    before = json.dumps(page.evaluate("document.querySelector('.js-plotly-plot').data[0]"))
    page.locator("[data-theme-button]").click()
    page.wait_for_function(
        "before => JSON.stringify(document.querySelector('.js-plotly-plot').data[0]) !== before",
        arg=before,
    )
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    reader.drawn()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("[data-theme-button]").get_attribute("aria-pressed") == "true"
    assert page.context.cookies() == []
    assert reader.console == []


def test_on_a_phone_menu_and_filters_open_with_a_button(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 844})
    reader.open(TOPIC)
    for opener, inside in (("site-menu", ".site-menu a"), ("filters", ".filter-panel__fields")):
        button = page.locator(f"[data-toggle={opener}]")
        assert button.get_attribute("aria-expanded") == "false"
        assert not page.locator(inside).first.is_visible()
        button.focus()
        button.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.locator(inside).first.is_visible()
    choose(page, "Sector", "Wijkverpleging")
    page.wait_for_url("**sector=wijkverpleging*")
    drawn_at(page, here(page))
    assert page.locator("[data-toggle=filters]").get_attribute("aria-expanded") == "true"
    assert reader.console == []


@pytest.mark.parametrize("path", ["/nl/", TOPIC, "/en/figures"])
def test_the_page_is_readable_before_and_without_scripts(
    chromium: Browser, server: str, path: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + path)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text()
    assert page.locator("main table").count() > 0
    assert page.locator("html").get_attribute("lang") == path[1:3]
    context.close()


def test_an_unknown_address_is_a_404_in_words(chromium: Browser, server: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    answer = page.goto(f"{server}/nl/onderwerp/sport")
    assert answer is not None
    assert answer.status == 404
    page.wait_for_selector("#prerendered", state="detached")
    assert page.locator("h1").inner_text()
    assert "Traceback" not in page.content()
    context.close()


def test_the_front_door_and_the_health_of_the_site(server: str) -> None:
    with urllib.request.urlopen(f"{server}/", timeout=30) as answer:  # noqa: S310 - our own server
        assert answer.url == f"{server}/nl/"
    with urllib.request.urlopen(f"{server}/gezond", timeout=30) as answer:  # noqa: S310
        health = json.load(answer)
    assert health["status"] == "ok"
    assert health["release"]


def test_the_policy_has_no_violation_and_no_unsafe_script(reader: Reader) -> None:
    page = reader.page
    page.add_init_script(
        "window.violations = [];"
        "document.addEventListener('securitypolicyviolation',"
        " e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    for path in ("/nl/", f"{TOPIC}?view=table", "/nl/cijfers", "/en/indicator/ggz-waiting-weeks"):
        with page.expect_response(lambda answer: answer.request.is_navigation_request()) as found:
            reader.open(path)
        policy = found.value.headers["content-security-policy"]
        scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe" not in scripts
        assert page.evaluate("window.violations") == []
    assert reader.strangers() == []
    assert reader.console == []
