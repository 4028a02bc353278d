"""WCAG 2.2 AA as far as axe can tell, on every exported page and each kind of page of the app."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Reader
from tests.conftest import PROJECT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# `preload` would fetch the style sheets again, which a page opened from disk may not do.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}

ROWS_AT_ONCE = 100

KINDS = [
    "/nl/",
    "/en/",
    "/nl/onderwerp/ongecontracteerde-zorg",
    "/en/topic/client-stops",
    "/nl/onderwerp/meerjarencontracten?insurer=vgz",
    "/nl/onderwerp/ongecontracteerde-zorg?sector=wlz&years=2015-2015",
    "/nl/indicator/uncontracted-share-costs?view=table",
    "/en/indicator/ggz-waiting-weeks",
    "/nl/regio?indicator=ggz-waiting-weeks&region=ZK12",
    "/en/region?indicator=ggz-waiting-weeks&view=table",
    "/nl/regio/ZK33",
    "/nl/verzekeraar?indicator=market-share&insurer=vgz",
    "/en/insurer/achmea",
    "/nl/cijfers?q=plafond",
    "/nl/cijfers/ggz2022-stop-ceiling-contracts-pct",
    "/nl/bronnen",
    "/en/method",
    "/nl/toegankelijkheid",
    "/nl/bestaat-niet",
]


def _violations(results: dict[str, list[dict[str, object]]]) -> list[str]:
    return [
        f"{found['id']}: {found['help']}: "
        + "; ".join(str(node["target"]) for node in found["nodes"][:3])  # type: ignore[index]
        for found in results["violations"]
    ]


def _looked_at_in_full(page: Page) -> list[str]:
    """Let axe read every row of a page, a hundred at a time.

    Its time grows faster than the page: a table with all 1,400 printed figures at once takes
    over a minute, the same rows in parts a few seconds each. What is hidden it leaves out.
    """
    rows = page.evaluate(
        "Math.max(1, ...[...document.querySelectorAll('tbody')].map(body => body.rows.length))"
    )
    found: list[str] = []
    for first in range(0, rows, ROWS_AT_ONCE):
        page.evaluate(
            "([first, last]) => document.querySelectorAll('tbody').forEach(body =>"
            " [...body.rows].forEach((row, n) => row.style.display ="
            " body.rows.length <= last - first || (n >= first && n < last) ? '' : 'none'))",
            [first, first + ROWS_AT_ONCE],
        )
        found += _violations(Axe().run(page, options=OPTIONS).response)
    return sorted(set(found))


@pytest.fixture(scope="session")
def exported(shipped_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "site"
    subprocess.run(
        [sys.executable, "-m", "dashboard", "export", str(folder)],
        cwd=PROJECT,
        env=os.environ | {"RELEASES_DIR": str(shipped_releases)},
        check=True,
        capture_output=True,
    )
    return folder


def test_every_exported_page(exported: Path, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    strangers: list[str] = []
    console: list[str] = []
    page.on("request", lambda request: strangers.append(request.url))
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    faults: dict[str, list[str]] = {}
    pages = sorted(exported.rglob("*.html"))
    assert len(pages) > 60
    for file in pages:
        page.goto(file.as_uri())
        language = page.locator("html").get_attribute("lang")
        expected = file.relative_to(exported).parts[0]
        if expected in {"nl", "en"}:
            assert language == expected, file
        found = _looked_at_in_full(page)
        if found:
            faults[str(file.relative_to(exported))] = found
    context.close()
    assert faults == {}
    assert [address for address in strangers if not address.startswith(("file:", "data:"))] == []
    assert console == []


@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_page_in_the_app(reader: Reader, path: str) -> None:
    reader.open(path)
    language = path.split("/")[1]
    assert reader.page.locator("html").get_attribute("lang") == language
    found = _violations(Axe().run(reader.page, options=OPTIONS).response)
    assert found == []
    # A page that does not exist is answered with 404, which Chromium writes on the console.
    own = [line for line in reader.console if "404" not in line or "bestaat-niet" not in path]
    assert own == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_scrolls_sideways(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    for path in KINDS:
        reader.open(path)
        overflow = reader.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{path} is {overflow} pixels too wide at {width}"
