"""The text alternative of a chart says at least what its headline says."""

from __future__ import annotations

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.cells import distinct
from dashboard.views.headlines import headline
from dashboard.views.shown import shown_cells
from tests.views.reading import charts_of, context_of


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_alternative_tells_the_values_of_the_headline(site: Site, locale: str) -> None:
    for code, indicator in site.catalogue.indicators.items():
        address = Address(locale, "indicator", code)  # type: ignore[arg-type]  # parametrized
        ctx = context_of(site, address)
        cells = [cell for cell in shown_cells(ctx, indicator) if cell.kind != "image"]
        for chart in charts_of(site.page(address)):
            if indicator.chart == "events":
                continue
            for cell in headline(ctx, indicator, cells).cells:
                assert ctx.values.short(cell) in chart.alt, (code, chart.alt)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_alternative_says_what_is_provisional_or_replaced(site: Site, locale: str) -> None:
    address = Address(locale, "indicator", "price_index")  # type: ignore[arg-type]  # parametrized
    ctx = context_of(site, address)
    (chart,) = charts_of(site.page(address))
    statuses = distinct(cell.status for cell in ctx.data.cells("price_index"))
    for status in set(statuses) & {"provisional", "superseded", "corrected"}:
        assert f"({ctx.labels.status(status)})" in chart.alt
