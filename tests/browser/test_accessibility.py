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

DISTINCT = (Path(__file__).parent / "distinct.js").read_text(encoding="utf-8")
"""Leaves one of each kind of row and block in sight, and gives the print of a page."""

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
    "/nl/wijzigingen",
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


def _looked_at(page: Page, seen: set[str]) -> list[str]:
    """Let axe read one of each kind of row and block of a page, unless it read such a page before.

    The time of axe grows faster than the page: all 1,400 printed figures at once take it over a
    minute. But most rows differ in words and addresses only, and most pages of regions too.
    What axe cannot tell apart it reads once; what is hidden it leaves out.
    """
    kinds = str(page.evaluate(DISTINCT))
    if kinds in seen:
        return []
    seen.add(kinds)
    return sorted(set(_violations(Axe().run(page, options=OPTIONS).response)))


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
    seen: set[str] = set()
    pages = sorted(exported.rglob("*.html"))
    assert len(pages) > 60
    for file in pages:
        page.goto(file.as_uri())
        language = page.locator("html").get_attribute("lang")
        expected = file.relative_to(exported).parts[0]
        if expected in {"nl", "en"}:
            assert language == expected, file
        found = _looked_at(page, seen)
        if found:
            faults[str(file.relative_to(exported))] = found
    context.close()
    assert faults == {}
    assert [address for address in strangers if not address.startswith(("file:", "data:"))] == []
    assert console == []


PLANTED = {
    "image-alt": '<img src="data:,">',
    "link-name": '<a href="#main"></a>',
    "color-contrast": '<b style="color: #ddd; background: #eee">woorden</b>',
    "aria-allowed-attr": '<span role="img" aria-checked="true" aria-label="x">x</span>',
    "aria-valid-attr-value": '<a href="#main" aria-expanded="misschien">woord</a>',
    "aria-roles": '<span role="tabel">x</span>',
    "valid-lang": '<span lang="klingon">woord</span>',
    "list": "<ul><b>woord</b></ul>",
    "nested-interactive": '<button type="button">a<a href="#main">woord</a></button>',
}
"""Faults of one cell, by the rule of axe that finds them."""


def test_a_fault_in_a_late_row_is_still_found(exported: Path, chromium: Browser) -> None:
    """Rows that are read only once are alike in all that axe looks at."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    file = exported / "nl" / "cijfers.html"
    page.goto(file.as_uri())
    seen = {str(page.evaluate(DISTINCT))}
    page.goto(file.as_uri())
    rows = page.evaluate(
        "(faults) => { const rows = [...document.querySelectorAll('tbody tr')];"
        " faults.forEach((html, n) => { rows.at(-3 - n).lastElementChild.innerHTML = html; });"
        " return rows.length; }",
        list(PLANTED.values()),
    )
    assert rows > 1000
    found = {line.split(":")[0] for line in _looked_at(page, seen)}
    context.close()
    assert found >= set(PLANTED), f"not found: {set(PLANTED) - found}"


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
