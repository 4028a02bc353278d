"""One setting of the charts for app and export: nothing leaves the browser, in one language."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.addresses import LOCALES, Locale
from dashboard.figures.config import chart_config
from dashboard.text.words import words
from tests.conftest import PROJECT

PLOTLY = PROJECT / "assets" / "plotly" / "plotly-basic.min.js"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_only_button_is_a_download_that_the_browser_makes(locale: Locale) -> None:
    config = chart_config(locale)
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"]["format"] == "png"
    assert config["plotlyServerURL"] == ""
    assert config["displaylogo"] is False


@pytest.mark.parametrize("locale", LOCALES)
def test_what_plotly_says_is_in_the_language_of_the_page(locale: Locale) -> None:
    config = chart_config(locale)
    dictionary = config["locales"][config["locale"]]["dictionary"]
    assert dictionary["Download plot as a PNG"] == words(f"plotly.{locale}")("download")
    bundle = PLOTLY.read_text(encoding="utf-8")
    for english in dictionary:
        assert english in bundle, "this version of Plotly says it in other words"


def test_the_script_of_plain_files_has_no_settings_of_its_own() -> None:
    script = (PROJECT / "assets" / "charts.js").read_text(encoding="utf-8")
    assert not re.search(r"displayModeBar|plotlyServerURL|modeBarButtons", script)


def test_plain_files_carry_the_same_settings() -> None:
    from dashboard.export.html import page_html
    from tests.unit.demo_page import PAGE

    text = page_html(PAGE, root="", sheets=(), alternates={})
    found = re.findall(r'data-figures="[^"]*">(.*?)</script>', text, re.DOTALL)
    assert found
    for written in found:
        assert json.loads(written)["config"] == json.loads(json.dumps(chart_config(PAGE.locale)))
