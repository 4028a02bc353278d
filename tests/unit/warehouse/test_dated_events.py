"""Dated events say what is known, and cut the series that they name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from warehouse.catalogue import CATALOGUE, load_catalogue
from warehouse.catalogue.load import INDICATOR_MODELS
from warehouse.errors import CatalogueError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, to break."""
    ignore = shutil.ignore_patterns("*.py", "__pycache__")
    return shutil.copytree(CATALOGUE, tmp_path / "catalogue", ignore=ignore)


def change(folder: Path, old: str, new: str, name: str = "events.yaml") -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder, models=INDICATOR_MODELS)
    return [str(problem) for problem in caught.value.problems]


def line_of(folder: Path, text: str, name: str = "events.yaml") -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('since: "2022-01-01"', 'since: "2022-13"', "month must be in 1..12"),
        ('since: "2022-01-01"', 'since: "begin 2022"', "should match pattern"),
        ('until: "2022"', 'until: "2011"', "it ends (2011) before it begins (2016)"),
        ('yearly: "04-01"', 'yearly: "04-31"', "day"),
        ('yearly: "04-01"', 'since: "2020"', '"calendar" has "yearly", and no other has'),
        ("checked: true", "checked: false", 'give "sources", or say "checked: false"'),
        ("indicators: [gp_care_costs_per_insured]", "sectors: [ggz]", "names the indicators"),
        ("kind: funding", "kind: fundng", 'kind "fundng" does not exist; do you mean funding'),
        ("document: nza_ggz_2022", "document: nza_ggz", 'sources "nza_ggz" does not exist'),
        ("[gp_care_costs_per_insured]", "[gp_costs]", 'cuts "gp_costs" does not exist'),
        ("topics: [context]", "topics: [contxt]", 'topics "contxt" does not exist'),
        (
            "contradictions: [experiment-length-wijkverpleging]",
            "contradictions: [experiment]",
            'contradictions "experiment" does not exist',
        ),
        ("  doubt:", "  doubts:", '"doubts" is not a field'),
    ],
)
def test_a_wrong_event_is_named_with_its_line(
    folder: Path, old: str, new: str, message: str
) -> None:
    change(folder, old, new)
    (found, *_) = [fault for fault in faults(folder) if message in fault]
    assert found.startswith("catalogue/events.yaml:")


def test_what_an_event_breaks_need_not_be_told_by_the_indicator() -> None:
    catalogue = load_catalogue()
    (cut,) = catalogue.indicators["uncontracted_share_costs"].breaks
    assert (cut.event, cut.after) == ("zorgprestatiemodel", 2021)
    assert cut.nl == "Breuk in 2022: nieuwe bekostiging ggz"
    years = [one.after for one in catalogue.indicators["mental_health_costs_per_insured"].breaks]
    assert years == [2014, 2020, 2021], "breaks stand in the order of the years"


def test_an_event_may_break_every_indicator_of_a_topic(folder: Path) -> None:
    change(folder, "indicators: [gp_care_costs_per_insured]", "topics: [context]")
    catalogue = load_catalogue(folder, models=INDICATOR_MODELS)
    of_topic = [one for one in catalogue.indicators.values() if one.topic == "context"]
    assert of_topic
    for indicator in of_topic:
        assert any(cut.event == "gp_funding_2015" for cut in indicator.breaks), indicator.id


def test_an_indicator_may_not_tell_the_break_of_an_event_again(folder: Path) -> None:
    name = "indicators/gp_care_costs_per_insured.yaml"
    change(
        folder, "related:", 'breaks:\n  - {after: 2014, nl: "Breuk", en: "Break"}\nrelated:', name
    )
    line = line_of(folder, "{after: 2014", name)
    (fault,) = faults(folder)
    assert fault.startswith(f"catalogue/{name}:{line}:")
    assert 'the event "gp_funding_2015" cuts this series already' in fault


def test_an_indicator_may_not_name_the_event_of_a_break(folder: Path) -> None:
    name = "indicators/price_index.yaml"
    broken = 'breaks:\n  - {after: 2014, nl: "Breuk", en: "Break", event: zorgprestatiemodel}\n'
    change(folder, "related:", f"{broken}related:", name)
    (fault,) = faults(folder)
    assert "an event says itself which series it cuts, in events.yaml" in fault


def test_every_source_of_an_event_is_a_document_with_a_place() -> None:
    catalogue = load_catalogue()
    for event in catalogue.events.values():
        assert event.checked == bool(event.sources), event.id
        assert all(source.document in catalogue.documents for source in event.sources)
        assert (
            event.first_year is None
            or event.last_year is None
            or (event.first_year <= event.last_year)
        )


def test_the_contradiction_about_the_experiment_is_told() -> None:
    event = load_catalogue().events["experiment_wijkverpleging_2016"]
    assert (event.since, event.until) == ("2016", "2022"), "the source names years and no days"
    assert event.doubt is not None
    assert "vijf jaar" in event.doubt.nl
    assert event.contradictions == ("experiment-length-wijkverpleging",)
    assert not event.breaks
