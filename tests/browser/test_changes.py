"""A policymaker finds out what changed, why, and what it was before."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Reader, serving
from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_navigation import choose, drawn_at
from tests.changed_releases import WHY


@pytest.fixture(scope="module")
def address(changed: Path) -> Iterator[str]:
    with serving(changed) as address:
        # The first page of a fresh server reads everything; on a busy machine that takes long.
        urllib.request.urlopen(f"{address}/nl/", timeout=120).close()  # noqa: S310 - our own
        yield address


def test_from_the_overview_to_a_change_and_to_the_site_before_it(
    address: str, reader_of: Callable[[str], Reader]
) -> None:
    reader = reader_of(address)
    page = reader.page
    reader.open("/nl/")
    page.get_by_role("link", name="Alle wijzigingen").click()
    drawn_at(page, "/nl/wijzigingen")
    newest = page.locator(".release").first
    assert WHY["then"] in newest.inner_text()
    row = newest.get_by_role("row").filter(has_text="Kapitaallasten, 2025")
    assert "2,20%" in row.inner_text()
    assert "2,61%" in row.inner_text()
    choose(page, "Soort wijziging", "Vervallen")
    drawn_at(page, "/nl/wijzigingen?kind=gone")
    assert page.locator(".release").count() == 1
    page.get_by_role("link", name="Wis alles").click()
    drawn_at(page, "/nl/wijzigingen")
    before = page.locator(".release").nth(2)
    back = before.get_by_role("link", name="Bekijk de site zoals die was op")
    there = str(back.get_attribute("href"))
    assert there.startswith("/nl/?as_of=")
    back.click()
    drawn_at(page, there)
    assert "U ziet de cijfers zoals bekend" in page.locator("main").inner_text()
    assert reader.console == []
    assert reader.strangers() == []


@pytest.mark.parametrize("path", ["/nl/wijzigingen", "/en/changes?kind=changed", "/nl/bronnen"])
def test_the_pages_of_changes_are_accessible_and_never_too_wide(
    address: str, reader_of: Callable[[str], Reader], path: str
) -> None:
    reader = reader_of(address)
    reader.open(path)
    found = Axe().run(reader.page, options=OPTIONS).response["violations"]
    assert [one["id"] for one in found] == []
    for width in (320, 390, 768, 1440):
        reader.page.set_viewport_size({"width": width, "height": 900})
        assert reader.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), f"too wide at {width}"


def test_a_program_finds_the_feed_and_asks_again_for_nothing(address: str) -> None:
    with urllib.request.urlopen(f"{address}/nl/wijzigingen.atom", timeout=30) as answer:  # noqa: S310 - our own
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        tag = answer.headers["ETag"]
        assert answer.read().startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    again = urllib.request.Request(  # noqa: S310 - our own server
        f"{address}/nl/wijzigingen.atom", headers={"If-None-Match": tag}
    )
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again, timeout=30)  # noqa: S310
    with unchanged.value as answer:
        assert answer.code == 304
    with urllib.request.urlopen(f"{address}/en/", timeout=30) as answer:  # noqa: S310
        text = answer.read().decode("utf-8")
    assert 'type="application/atom+xml"' in text
    assert 'href="/en/changes.atom"' in text
