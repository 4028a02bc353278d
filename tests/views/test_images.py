"""What a source has as a picture only: no value is read off, the words of the source are told."""

from __future__ import annotations

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import EmptyState
from tests.views.reading import parts_of


def _told(site: Site, locale: str, indicator: str) -> str:
    page = site.page(Address(locale, "indicator", indicator))  # type: ignore[arg-type]  # parametrized
    return " ".join(
        part.text
        for state in parts_of(page.blocks)
        if isinstance(state, EmptyState) and state.mark == "image"
        for paragraph in state.text
        for part in paragraph.parts
    )


@pytest.mark.parametrize(
    ("locale", "why", "said"),
    [
        ("nl", "Aflezen geeft een getal dat zekerder lijkt dan het is.", "De tekst zegt"),
        ("en", "Reading them off gives a number that looks more certain", "The text does say"),
    ],
)
def test_an_image_says_why_it_is_not_read_and_what_the_text_says(
    site: Site, locale: str, why: str, said: str
) -> None:
    reasons = _told(site, locale, "no_contract_reasons")
    assert why in reasons
    assert said in reasons
    # No statement of this source is about the duration of stops.
    assert said not in _told(site, locale, "lead_times")


def test_every_statement_beside_an_image_exists(site: Site) -> None:
    for indicator in site.catalogue.indicators.values():
        for claim in indicator.text_beside_image:
            row = site._data.figure(claim)
            assert row is not None, claim
            assert row["status"] == "no_number"
