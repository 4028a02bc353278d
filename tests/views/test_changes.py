"""The latest changes: what replaced what, and faults as sure as they are."""

from __future__ import annotations

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import EntryList
from tests.views.reading import parts_of


def _entries(site: Site, locale: str) -> list[tuple[str, str]]:
    page = site.page(Address(locale, "overview"))  # type: ignore[arg-type]  # parametrized
    return [
        (entry.tag, "".join(part.text for part in entry.parts))
        for block in parts_of(page.blocks)
        if isinstance(block, EntryList)
        for entry in block.items
    ]


def test_a_corrected_value_is_told_with_what_it_replaced(site: Site) -> None:
    told = _entries(site, "nl")
    (line,) = [text for tag, text in told if tag == "Verbeterd"]
    assert "materiële kosten, 2023 ging in de bron van 9,99% naar 7,02%" in line


@pytest.mark.parametrize(
    ("locale", "presumed", "explained"),
    [
        ("nl", "Gedrukt staat 73%, waarschijnlijk bedoeld is 74%.", "bedoeld is 254."),
        ("en", "73% is printed, 74% is probably meant.", "254 is meant."),
    ],
)
def test_a_presumed_correction_says_so_with_its_unit(
    site: Site, locale: str, presumed: str, explained: str
) -> None:
    told = " ".join(text for _, text in _entries(site, locale))
    assert presumed in told
    assert explained in told
    assert "waarschijnlijk bedoeld is 254" not in told
