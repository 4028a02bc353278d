"""Words of a source that a headline repeats are the words that its figure carries."""

from __future__ import annotations

from typing import Literal

import pytest

from warehouse.catalogue import load_catalogue


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_headline_on_patient_stops_names_both_answers(locale: Literal["nl", "en"]) -> None:
    catalogue = load_catalogue()
    label = catalogue.figure_labels["ext-ha-patient-stop-2024-survey"].text(locale)
    headline = catalogue.indicators["gp_patient_stops"].text(locale).headline
    assert label in headline
    assert "{value}" in headline


def test_every_counted_unit_has_a_word_for_one() -> None:
    units = load_catalogue().n_units
    assert units["insurers"].one.text("nl") == "verzekeraar"
    assert all(unit.one.nl and unit.one.en for unit in units.values())
