"""The one button over a chart, and copying a reference where the browser does not allow it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser
PAGE = "/nl/indicator/uncontracted-share-costs"


def test_a_chart_is_saved_as_an_image_with_a_button_for_the_mouse(
    reader: Reader, tmp_path: Path
) -> None:
    reader.open(PAGE)
    plot = reader.page.locator("#content .js-plotly-plot").first
    button = plot.locator(".modebar-btn")
    assert button.count() == 1, "nothing but the download"
    assert not button.is_visible(), "out of the way of the keyboard"
    plot.hover()
    assert button.is_visible()
    assert button.get_attribute("aria-label") == "Bewaar de grafiek als afbeelding"
    assert button.get_attribute("tabindex") == "-1"
    with reader.page.expect_download() as download:
        button.click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "contracteermonitor.png"
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert reader.strangers() == []


@pytest.mark.parametrize(
    "clipboard", ["undefined", "{ writeText: () => Promise.reject(new Error('no')) }"]
)
def test_where_copying_is_not_allowed_the_text_is_selected(reader: Reader, clipboard: str) -> None:
    reader.page.add_init_script(
        f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})"
    )
    reader.open(PAGE)
    cite = reader.page.locator("#content .cite").first
    cite.locator("summary").click()
    cite.locator("[data-copy]").click()
    status = cite.locator("[role=status]")
    status.filter(has_text="De tekst is geselecteerd").wait_for()
    selected = reader.page.evaluate("String(window.getSelection())")
    assert selected.strip() == cite.locator(".cite__text").inner_text().strip()
    assert not [line for line in reader.console if line.startswith("error")]
