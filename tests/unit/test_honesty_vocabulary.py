"""Caveats, corrections, repeats, contradictions and terms fit each other and the deliveries."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

REPO = Path(__file__).resolve().parents[2]
CATALOGUE = REPO / "warehouse" / "catalogue"
DELIVERIES = REPO / "etl" / "deliveries"
CORRECTIONS = REPO / "etl" / "corrections" / "printed_errors.yaml"
STATEMENTS = DELIVERIES / "statements"
# Sources whose rows are figures with a key of their own and a caveat in words.
FIGURE_SOURCES = ("published_figures", "external_figures")

VOICES = {"providers", "insurers", "nza", "party", "source"}
TOPICS = {"uncontracted_care", "multi_year_contracts", "indexation", "client_stops", "context"}
PLACEHOLDER = re.compile(r"\{(\w*)\}")

Row = dict[str, str]
Entry = dict[str, Any]


def yaml_entries(path: Path) -> list[Entry]:
    """Read one YAML file that holds a list of entries."""
    entries: list[Entry] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def csv_rows(path: Path) -> list[Row]:
    """Read one CSV file as rows of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def delivered(*sources: str) -> dict[str, Row]:
    """All rows of the named sources, by figure_id."""
    rows: dict[str, Row] = {}
    for source in sources:
        for path in sorted((DELIVERIES / source).glob("*/*.csv")):
            for row in csv_rows(path):
                assert row["figure_id"] not in rows, f"{row['figure_id']} is delivered twice"
                rows[row["figure_id"]] = row
    return rows


FIGURES = delivered(*FIGURE_SOURCES)
STATED = delivered("statements")
CAVEATS = yaml_entries(CATALOGUE / "caveats.yaml")
CAVEAT_CODES = {entry["code"] for entry in CAVEATS}
FIGURE_CAVEATS = yaml_entries(CATALOGUE / "figure_caveats.yaml")
CONTRADICTIONS = yaml_entries(CATALOGUE / "contradictions.yaml")
GLOSSARY = yaml_entries(CATALOGUE / "glossary.yaml")
REPEATS = csv_rows(CATALOGUE / "repeats.csv")
PRINTED_ERRORS = yaml_entries(CORRECTIONS)


def bilingual_pairs(value: object, place: str) -> Iterator[tuple[str, Entry]]:
    """Every mapping with a language in it, however deep, with the way to it."""
    if isinstance(value, dict):
        if {"nl", "en"} & set(value):
            yield place, value
        for key, inner in value.items():
            yield from bilingual_pairs(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from bilingual_pairs(inner, f"{place}[{position}]")


def duplicates(values: list[str]) -> list[str]:
    """The values that stand there more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        pytest.param(CAVEATS, "code", id="caveats"),
        pytest.param(FIGURE_CAVEATS, "caveat", id="figure_caveats"),
        pytest.param(CONTRADICTIONS, "id", id="contradictions"),
        pytest.param(PRINTED_ERRORS, "id", id="printed_errors"),
        pytest.param(REPEATS, "figure_id", id="repeats"),
    ],
)
def test_every_key_stands_once(entries: list[Entry], key: str) -> None:
    assert entries
    assert duplicates([entry[key] for entry in entries]) == []


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(CAVEATS, id="caveats"),
        pytest.param(CONTRADICTIONS, id="contradictions"),
        pytest.param(PRINTED_ERRORS, id="printed_errors"),
        pytest.param(GLOSSARY, id="glossary"),
    ],
)
def test_both_languages_are_complete(entries: list[Entry]) -> None:
    pairs = list(bilingual_pairs(entries, "entry"))
    assert pairs
    faults = [
        place
        for place, pair in pairs
        if set(pair) != {"nl", "en"} or not all(str(text).strip() for text in pair.values())
    ]
    assert faults == []


def test_severities_are_known() -> None:
    assert {entry["severity"] for entry in CAVEATS} == {"caution", "note"}


def test_every_caveat_text_of_the_deliveries_is_explained() -> None:
    explained = {entry["caveat"] for entry in FIGURE_CAVEATS}
    texts = {row["caveat"] for row in FIGURES.values()} - {""}
    assert texts - explained == set()


def test_figure_caveats_use_known_keys_and_say_something() -> None:
    for entry in FIGURE_CAVEATS:
        assert set(entry) == {"caveat", "keys", "nl"}, entry["caveat"]
        assert set(entry["keys"]) <= CAVEAT_CODES, entry["caveat"]
        assert entry["keys"] or entry["nl"], entry["caveat"]
        assert duplicates(entry["keys"]) == [], entry["caveat"]


def test_statements_are_complete() -> None:
    assert STATED
    for figure_id, row in STATED.items():
        assert figure_id.startswith("stmt-"), figure_id
        assert row["statement_nl"], figure_id
        assert row["statement_en"], figure_id
        assert row["topic"] in TOPICS, figure_id
        assert row["voice"] in (VOICES - {"source"}) | {""}, figure_id
        assert re.fullmatch(r'".+"', row["locator"]), figure_id
        assert {key for key in row["caveat"].split(";") if key} <= CAVEAT_CODES, figure_id


def printing_step(row: Row) -> Decimal:
    """The smallest difference the printed number can show."""
    value = Decimal(row["value"])
    # Amounts printed in billions with one decimal stand in the delivery in millions.
    if row["unit"] == "eur_million" and value >= 1000 and value % 100 == 0:
        return Decimal(100)
    return Decimal(1).scaleb(-int(row["decimals"]))


def test_repeats_point_at_existing_figures_without_chains() -> None:
    repeating = {row["figure_id"] for row in REPEATS}
    for row in REPEATS:
        assert row["figure_id"] in FIGURES, row
        assert row["repeats_figure_id"] in FIGURES, row
        assert row["repeats_figure_id"] not in repeating, row
        assert row["kind"] in {"same_number", "count_of", "range_end"}, row


def test_repeated_numbers_agree_up_to_rounding() -> None:
    for row in REPEATS:
        if row["kind"] != "same_number":
            continue
        here, there = FIGURES[row["figure_id"]], FIGURES[row["repeats_figure_id"]]
        assert here["unit"] == there["unit"], row
        step = max(printing_step(here), printing_step(there))
        assert abs(Decimal(here["value"]) - Decimal(there["value"])) <= step / 2, row


def test_a_count_is_the_numerator_of_its_percentage() -> None:
    for row in REPEATS:
        if row["kind"] == "count_of":
            count, share = FIGURES[row["figure_id"]], FIGURES[row["repeats_figure_id"]]
            assert (share["unit"], share["numerator"]) == ("percent", count["value"]), row


def test_both_ends_of_a_range_measure_the_same() -> None:
    for row in REPEATS:
        if row["kind"] == "range_end":
            high, low = FIGURES[row["figure_id"]], FIGURES[row["repeats_figure_id"]]
            assert (high["qualifier"], low["qualifier"]) == ("range_high", "range_low"), row
            assert high["measure"] == low["measure"], row


def test_every_upper_end_has_its_lower_end() -> None:
    listed = {row["figure_id"] for row in REPEATS if row["kind"] == "range_end"}
    delivered_ends = {key for key, row in FIGURES.items() if row["qualifier"] == "range_high"}
    assert delivered_ends == listed


def test_printed_errors_still_stand_in_the_delivery() -> None:
    for entry in PRINTED_ERRORS:
        assert entry["kind"] in {"value", "label", "text"}, entry["id"]
        assert entry["status"] in {"explained", "presumed"}, entry["id"]
        assert entry["printed"] != entry["should_be"], entry["id"]
        assert entry["figure_ids"], entry["id"]
        for figure_id in entry["figure_ids"]:
            assert FIGURES[figure_id][entry["column"]] == entry["expect"], (
                f"{entry['id']}: {figure_id} no longer says {entry['expect']!r} in column "
                f"{entry['column']}; look at the correction again"
            )


def test_values_are_carried_as_printed() -> None:
    for entry in PRINTED_ERRORS:
        if entry["kind"] in {"value", "label"}:
            assert entry["printed"] == entry["expect"], entry["id"]


def test_contradictions_have_two_sides_on_existing_figures() -> None:
    for entry in CONTRADICTIONS:
        assert entry["kind"] in {"two_voices", "two_sources", "two_passages"}, entry["id"]
        assert entry["topic"] in TOPICS, entry["id"]
        assert len(entry["sides"]) == 2, entry["id"]
        for side in entry["sides"]:
            assert side["voice"] in VOICES, entry["id"]
            assert side["figure_ids"], entry["id"]
            unknown = set(side["figure_ids"]) - set(FIGURES) - set(STATED)
            assert unknown == set(), entry["id"]


def test_headlines_take_their_number_from_the_figure() -> None:
    for entry in CONTRADICTIONS:
        for side in entry["sides"]:
            used = [set(PLACEHOLDER.findall(side["headline"][key])) for key in ("nl", "en")]
            assert used[0] == used[1], entry["id"]
            assert used[0] <= {"value"}, entry["id"]
            if used[0]:
                first = FIGURES.get(side["figure_ids"][0])
                assert first is not None, f"{entry['id']}: the first figure has no number"
                assert first["value"], f"{entry['id']}: the first figure has no number"
            digits = re.search(r"\d", PLACEHOLDER.sub("", str(side["headline"])))
            assert digits is None, entry["id"]


def test_glossary_terms_are_unique_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert duplicates([entry["term"][language].lower() for entry in GLOSSARY]) == []
