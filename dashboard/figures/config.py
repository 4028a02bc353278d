"""How the drawing library behaves around every chart, in the app and in plain files alike."""

from __future__ import annotations

from typing import Any, Final

from dashboard.figures.style import CONFIG
from dashboard.text import Locale
from dashboard.text.words import words

_SAID: Final = {
    "Download plot as a PNG": "download",
    "Preparing image - this may take a few seconds": "preparing",
    "Image download succeeded": "done",
    "Sorry, there was a problem downloading your image!": "failed",
}
"""What Plotly says in English, and the text that stands in its place."""


def chart_config(locale: Locale) -> dict[str, Any]:
    """Returns the settings of a chart: no button but the download, in the language of the page."""
    own = words(f"plotly.{locale}")
    dictionary = {english: own(key) for english, key in _SAID.items()}
    return {**CONFIG, "locale": locale, "locales": {locale: {"dictionary": dictionary}}}
