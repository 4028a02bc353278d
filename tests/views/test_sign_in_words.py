"""A difference that may go either way says its side in words, never with a bare minus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.cells import ValueCell
from dashboard.views.values import ValueWords
from tests.views.reading import context_of


@pytest.fixture
def gap(site: Site) -> tuple[ValueWords, ValueCell]:
    """The words of a page, and a cell in percentage points below the wage index."""
    ctx = context_of(site, Address("nl", "indicator", "price_index"))
    cell = ctx.data.cells("price_index")[0]
    other = replace(cell, unit="points_below_index", decimals=2, evidence="survey", status="final")
    return ctx.values, other


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.4, "0,40 procentpunt onder de loonindex"),
        (-0.25, "0,25 procentpunt boven de loonindex"),
        (0.0, "0 procentpunt onder de loonindex"),
    ],
)
def test_the_side_is_in_the_words(
    gap: tuple[ValueWords, ValueCell], value: float, said: str
) -> None:
    words, cell = gap
    assert words.number(value, cell).replace("\N{NO-BREAK SPACE}", " ") == said


def test_each_end_of_a_margin_says_its_side(gap: tuple[ValueWords, ValueCell]) -> None:
    words, cell = gap
    both = words.interval(replace(cell, ci_low=-0.1, ci_high=0.3))
    assert both.replace("\N{NO-BREAK SPACE}", " ") == (
        "0,10 procentpunt boven de loonindex tot 0,30 procentpunt onder de loonindex"
    )
    one = words.interval(replace(cell, ci_low=0.1, ci_high=0.3))
    assert one.replace("\N{NO-BREAK SPACE}", " ") == "0,10–0,30 procentpunt onder de loonindex"


def test_a_margin_in_days_stands_off_from_its_unit(gap: tuple[ValueWords, ValueCell]) -> None:
    words, cell = gap
    days = replace(cell, unit="days", decimals=0, ci_low=54.0, ci_high=75.0)
    assert words.interval(days).replace("\N{NO-BREAK SPACE}", " ") == "54–75 dagen"
