"""Headlines follow the data: another number gives another sentence, a break gives no verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.cells import ValueCell
from dashboard.views.context import Context
from dashboard.views.headlines import headline, plain_headline
from tests.views.reading import context_of

COSTS = "uncontracted_share_costs"


@pytest.fixture
def ctx(site: Site) -> Context:
    return context_of(site, Address("nl", "indicator", COSTS))


@pytest.fixture
def pair(ctx: Context) -> list[ValueCell]:
    """District nursing, 2018 and 2019, of the costs."""
    return [
        cell
        for cell in ctx.data.cells(COSTS)
        if cell.sector_code == "wijkverpleging" and cell.period_year in (2018, 2019) and cell.value
    ]


def _sentence(ctx: Context, cells: list[ValueCell]) -> str:
    return headline(ctx, ctx.catalogue.indicators[COSTS], cells).text


def test_a_change_of_the_data_changes_the_sentence(ctx: Context, pair: list[ValueCell]) -> None:
    assert "daalde in 2019 van 9,0% naar 5,7%" in _sentence(ctx, pair)
    higher = [replace(cell, value=12.3) if cell.year == 2019 else cell for cell in pair]
    assert "steeg in 2019 van 9,0% naar 12,3%" in _sentence(ctx, higher)


def test_no_word_of_change_between_groups_that_cannot_be_compared(
    ctx: Context, pair: list[ValueCell]
) -> None:
    broken = [replace(cell, comparable_group=str(cell.year)) for cell in pair]
    sentence = _sentence(ctx, broken)
    assert "daalde" not in sentence
    assert "steeg" not in sentence
    assert "5,7%" in sentence


def test_no_word_of_change_where_margins_overlap(ctx: Context, pair: list[ValueCell]) -> None:
    unsure = [replace(cell, ci_low=2.0, ci_high=15.0) for cell in pair]
    assert "daalde" not in _sentence(ctx, unsure)


def test_equal_values_are_not_a_change(ctx: Context, pair: list[ValueCell]) -> None:
    same = [replace(cell, value=9.0) for cell in pair]
    assert "daalde" not in _sentence(ctx, same)
    assert "9,0%" in _sentence(ctx, same)


def test_a_replaced_value_is_never_the_latest(ctx: Context, pair: list[ValueCell]) -> None:
    newest = [replace(cell, status="superseded") if cell.year == 2019 else cell for cell in pair]
    assert "9,0%" in _sentence(ctx, newest)
    assert "5,7%" not in _sentence(ctx, newest)


def test_nothing_to_say_is_said(ctx: Context) -> None:
    assert _sentence(ctx, []).startswith("Voor deze keuze is er geen cijfer")


def test_equal_largest_values_are_named_together(ctx: Context) -> None:
    weeks = ctx.catalogue.indicators["ggz_waiting_weeks"]
    cells = [
        replace(cell, value=30.0) if cell.value == 22 or cell.value == 16 else cell
        for cell in ctx.data.cells(weeks.id)
        if cell.sector_code == "ggz_gespecialiseerd"
    ]
    sentence = headline(ctx, weeks, cells).text
    assert " en " in sentence
    assert "30 weken" in sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_every_headline_stands_on_cells_that_are_shown(site: Site) -> None:
    for locale in ("nl", "en"):
        for indicator in site.catalogue.indicators.values():
            ctx = context_of(site, Address(locale, "indicator", indicator.id))
            cells = list(ctx.data.cells(indicator.id))
            made = headline(ctx, indicator, cells)
            assert made.text
            assert set(made.cells) <= set(cells)


def test_a_provisional_number_is_said_to_be_so(ctx: Context, pair: list[ValueCell]) -> None:
    waiting = [replace(cell, status="provisional") if cell.year == 2019 else cell for cell in pair]
    made = headline(ctx, ctx.catalogue.indicators[COSTS], waiting)
    assert "van 9,0% naar 5,7% (voorlopig)" in made.text
    # The word is no number: only the number itself is marked with its cell.
    assert [part.text for part in made.parts if getattr(part, "strong", False)] == ["9,0%", "5,7%"]
    alone = plain_headline(ctx, ctx.catalogue.indicators[COSTS], waiting)
    assert alone.text.endswith("2019, voorlopig)")
