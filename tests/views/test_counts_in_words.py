"""One of something is told in the singular, and counts are not called percentages."""

from __future__ import annotations

import re

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import Link, Text
from tests.views.reading import charts_of, context_of, parts_of

_ONE_OF_MANY = re.compile(
    r"(?<![\d.,%–-])1[ \u00a0](polissen|waarden|cijfers|gedrukte|verzekeraars|contracten|"
    r"deelnemers|cliënten|rijen|policies|values|figures|insurers|contracts|respondents)\b"
)


def test_the_word_after_one_is_the_singular(site: Site) -> None:
    labels = context_of(site, Address("nl", "overview")).labels
    assert labels.n_unit("policies", 1) == "polis"
    assert labels.n_unit("policies", 0) == labels.n_unit("policies") == "polissen"


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_no_page_says_one_with_a_plural(site: Site, locale: str) -> None:
    for address in site.export_addresses():
        if address.locale != locale or address.page not in ("topic", "indicator", "overview"):
            continue
        texts = [
            part if isinstance(part, str) else part.text
            for part in parts_of(site.page(address))
            if isinstance(part, str | Text | Link)
        ]
        wrong = [text for text in texts if _ONE_OF_MANY.search(text)]
        assert not wrong, (address, wrong[:3])


def test_counts_of_few_are_not_called_a_percentage(site: Site) -> None:
    subtitles = {}
    for topic in site.catalogue.topics:
        for chart in charts_of(site.page(Address("nl", "topic", topic))):
            told = " ".join(p.text for row in chart.table.rows for cell in row for p in cell.parts)
            subtitles[chart.subtitle] = told
            if chart.subtitle.startswith("Procent") and re.search(r"\d+ van \d+", told):
                assert "%" in told, chart.id
    assert "Aantal van de verzekeraars" in subtitles
