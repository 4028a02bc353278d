"""What the catalogue says of computed indicators fits what is asked, counted and shown."""

from __future__ import annotations

import re
from typing import Literal

import pytest

from tests.conftest import PROJECT
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.schema import Indicator

CATALOGUE = load_catalogue()
LOADED = {"provider_survey", "claims_aggregate"}
COMPUTED = [one for one in CATALOGUE.indicators.values() if LOADED & set(one.sources)]
FINDING = {"title": 12, "question": 25, "definition": 30, "numerator": 25, "how_to_read": 30}
"""Most words in one sentence, per field, for a reader at level B1."""
by_id = pytest.mark.parametrize("indicator", COMPUTED, ids=lambda one: one.id)


def sql(indicator: Indicator) -> str:
    file = PROJECT / "warehouse" / "models" / "indicators" / f"{indicator.id}.sql"
    return file.read_text(encoding="utf-8")


@by_id
def test_every_filter_is_served_and_every_number_says_what_it_counts(indicator: Indicator) -> None:
    assert {"insurer", "region", "provider_group"} <= set(indicator.breakdowns)
    parts = {"sector", "period_year", "insurer", "region", "provider_group"}
    assert parts <= set(indicator.dimensions)
    assert ("base" in indicator.dimensions) == (len(indicator.bases) > 1)
    assert indicator.unit_of_analysis in CATALOGUE.n_units
    assert set(indicator.units_by_base.values()) <= set(CATALOGUE.n_units)


@by_id
def test_its_headline_is_about_the_whole_country_in_one_sector(indicator: Indicator) -> None:
    where = indicator.headline.where
    assert (where["insurer_code"], where["region_code"]) == ("all", "NL")
    assert where["sector_code"] in CATALOGUE.sectors
    if "category" in where:
        assert where["category"] in CATALOGUE.categories
    if len(indicator.bases) > 1:
        assert where["base"] == indicator.bases[0]
    for words in (indicator.nl, indicator.en):
        assert {"{year}", "{value}", "{sector}"} <= set(re.findall(r"\{\w+\}", words.headline))
        if indicator.unit == "percent" and "previous_year" not in indicator.bases:
            assert "{base}" in words.headline


@by_id
def test_every_category_of_its_select_has_words(indicator: Indicator) -> None:
    families = "status|why|term|left|indexed|offer|stop|request"
    named = set(re.findall(rf"\('((?:{families})_\w+)'\)", sql(indicator)))
    assert named <= set(CATALOGUE.categories)
    assert bool(named) <= ("category" in indicator.dimensions)


@by_id
def test_its_sentences_are_short_enough_to_read(indicator: Indicator) -> None:
    for field, most in FINDING.items():
        for sentence in re.split(r"[.?!:;]\s", getattr(indicator.nl, field)):
            assert len(sentence.split()) <= most, (field, sentence)


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("name", ["multi_year_share", "multi_year_fixed_price_share"])
def test_a_multi_year_contract_never_stands_without_its_definition(
    name: str, locale: Literal["nl", "en"]
) -> None:
    words = CATALOGUE.indicators[name].text(locale)
    term = "twee jaar of langer" if locale == "nl" else "two years or longer"
    price = "vaste prijs" if locale == "nl" else "fixed price"
    for text in (words.title, words.headline, words.definition):
        assert term in text
    if name != "multi_year_share":
        assert price in words.title
        assert price in words.headline


def test_a_changed_question_breaks_the_indicators_that_use_it() -> None:
    for changed in CATALOGUE.changed_questions.values():
        uses = rf"s\.{changed.question}\b(?! as)"
        using = [
            one
            for one in COMPUTED
            if changed.source in one.sources and re.search(uses, sql(one))
        ]  # fmt: skip
        assert using, f"no indicator uses {changed.question}"
        for one in using:
            assert changed.year - 1 in {cut.after for cut in one.breaks}, one.id
            assert f"'{changed.question}'" in sql(one), one.id


@pytest.mark.parametrize("name", ["stop_duration", "stops_still_closed", "stops_running"])
def test_classes_and_dates_of_stops_are_not_one_series(name: str) -> None:
    """The waves until 2020 asked for a class, those from 2021 on for a start and an end."""
    assert 2020 in {cut.after for cut in CATALOGUE.indicators[name].breaks}


def test_the_share_without_a_contract_has_all_three_denominators() -> None:
    bases = CATALOGUE.indicators["uncontracted_share"].bases
    assert bases[:3] == ("costs", "clients", "provider_pairs")
    assert [f"{base}_known" for base in bases[:3]] == list(bases[3:])
