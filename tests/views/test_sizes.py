"""A difference is told in the unit that a reader counts in, and as the printed values have it."""

from __future__ import annotations

import pytest

from dashboard.addresses import Address, Locale
from dashboard.site import Site
from dashboard.views.sizes import size_of_change


@pytest.mark.parametrize(
    ("locale", "old", "new", "unit", "decimals", "told"),
    [
        ("nl", 12.3, 12.7, "percent", 1, "0,4 procentpunt hoger"),
        ("en", 12.7, 12.3, "percent", 1, "0.4 percentage points lower"),
        ("nl", 4.74, 5.0, "percent", 2, "0,26 procentpunt hoger"),
        ("nl", 22.0, 23.0, "weeks", 0, "1\N{NO-BREAK SPACE}week hoger"),
        ("nl", 1200.0, 1000.0, "eur", 0, "200\N{NO-BREAK SPACE}euro lager"),
        ("nl", 2019.0, 2021.0, "year", 0, "2 hoger"),
        ("nl", 150.0, 90.0, "count", 0, "60 lager"),
        # As printed 12,3 and 12,4: a reader who subtracts finds 0,1.
        ("nl", 12.34, 12.36, "percent", 1, "0,1 procentpunt hoger"),
        ("nl", 12.31, 12.33, "percent", 1, ""),
    ],
)
def test_a_size_is_in_the_unit_that_a_reader_counts_in(
    site: Site, locale: Locale, old: float, new: float, unit: str, decimals: int, told: str
) -> None:
    with site._reading(Address(locale, "overview"), "site") as (ctx, _):
        assert size_of_change(ctx, old, new, unit, decimals) == told
