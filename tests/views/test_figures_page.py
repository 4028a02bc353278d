"""The page of all figures: what narrows it is visible, and its CSV is exactly the choice."""

from __future__ import annotations

import csv
import io
from typing import Any

from dashboard.site import Site
from dashboard.views.blocks import FilterPanel, LinkList, Notice, Page
from tests.views.reading import parts_of


def _of(page: Page, kind: type) -> list[Any]:
    return [part for part in parts_of(page.blocks) if isinstance(part, kind)]


def test_years_are_a_visible_choice_that_can_be_removed(site: Site) -> None:
    page = site.page(site.addresses.parse("/nl/cijfers", "years=2018-2018"))
    (panel,) = _of(page, FilterPanel)
    values = {one.name: one.value for one in panel.filters}
    assert values["years_from"] == values["years_to"] == ("2018",)
    assert [(chip.text, chip.href) for chip in panel.chips] == [("2018", "/nl/cijfers")]
    assert panel.clear is not None
    assert 0 < page.data["total"] < 1437


def test_nothing_found_offers_to_leave_the_years_out(site: Site) -> None:
    page = site.page(site.addresses.parse("/nl/cijfers", "topic=client_stops&years=2001-2001"))
    assert page.data["total"] == 0
    hrefs = [part.href for part in parts_of(page.blocks) if hasattr(part, "href")]
    assert "/nl/cijfers?topic=client_stops" in hrefs


def test_the_csv_holds_exactly_the_choice(site: Site) -> None:
    query = "q=omzetplafond&sector=ggz&years=2021-2022&page=1"
    page = site.page(site.addresses.parse("/nl/cijfers", query))
    ((link, text),) = (item for block in _of(page, LinkList) for item in block.items)
    path, _, asked = link.href.partition("?")
    assert (link.text, path) == ("Download CSV", "/nl/csv/cijfers.csv")
    rows = list(csv.DictReader(io.StringIO(site.table_csv(site.addresses.parse(path, asked)))))
    assert len(rows) == page.data["total"] > 0
    assert str(len(rows)) in text
    assert {row["figure_id"] for row in rows} >= set(page.data["figure_ids"])


def test_a_choice_that_does_not_apply_is_named(site: Site) -> None:
    query = "insurer=vgz&region=ZK06&provider=segment_1"
    page = site.page(site.addresses.parse("/nl/cijfers", query))
    told = [one.text for one in _of(page, Notice)]
    assert len(told) == 3
    assert any("‘VGZ’" in text for text in told)
    assert page.data["total"] == 1437
