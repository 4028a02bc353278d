"""The vocabulary of the published figures covers every text of the deliveries."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).resolve().parents[2]
DIMENSIONS = REPO / "warehouse" / "catalogue" / "dimensions"
PUBLISHED = REPO / "etl" / "deliveries" / "published_figures"
DELIVERIES = sorted(PUBLISHED.glob("*/*.csv"))
FACTS = REPO.parent / "shared" / "realdata" / "facts"
EXTERNAL = FACTS / "published_figures_external.csv"

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_CODE = 48

# File of the vocabulary, the key that holds the text of the delivery, and the
# columns of the delivery where that text stands.
VOCABULARIES = [
    pytest.param("measure", "en", ("measure",), id="measure"),
    pytest.param("population", "nl", ("population",), id="population"),
    pytest.param(
        "breakdown_dimension",
        "code",
        ("breakdown_dimension", "breakdown2_dimension"),
        id="breakdown_dimension",
    ),
    pytest.param(
        "breakdown_value",
        "value",
        ("breakdown_value", "breakdown2_value"),
        id="breakdown_value",
    ),
]

Entries = list[dict[str, str]]


def entries_of(name: str) -> Entries:
    """Read one vocabulary file."""
    text = (DIMENSIONS / f"{name}.yaml").read_text(encoding="utf-8")
    entries: Entries = yaml.safe_load(text)
    return entries


def delivered_rows() -> list[tuple[Path, int, dict[str, str]]]:
    """Read every row of every delivery, with its file and line."""
    rows: list[tuple[Path, int, dict[str, str]]] = []
    for path in DELIVERIES:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows.extend((path, reader.line_num, row) for row in reader)
    return rows


def test_there_are_deliveries_to_check() -> None:
    assert DELIVERIES, f"No delivery in {PUBLISHED}; nothing would be checked."


@pytest.mark.parametrize(("name", "key", "columns"), VOCABULARIES)
def test_every_delivered_text_has_exactly_one_entry(
    name: str, key: str, columns: tuple[str, ...]
) -> None:
    found = Counter(entry[key] for entry in entries_of(name))
    missing = [
        f"{path.name}, line {line}, {column}: {row[column]!r} is not in {name}.yaml"
        for path, line, row in delivered_rows()
        for column in columns
        if row[column] and not found[row[column]]
    ]
    assert missing == []
    assert [text for text, times in found.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("measure", "code"),
        ("population", "code"),
        ("breakdown_dimension", "code"),
        ("breakdown_value", "value"),
    ],
)
def test_every_entry_is_complete_text(name: str, first: str) -> None:
    for entry in entries_of(name):
        assert set(entry) == {first, "en", "nl"}
        # YAML reads a bare Yes, No or 10 as something other than text.
        for field, text in entry.items():
            place = f"{name}.yaml, {field} of {entry}"
            assert isinstance(text, str), f"{place} must be text"
            assert text, f"{place} is empty"
            assert text.strip() == text, f"{place} has loose spaces"


@pytest.mark.parametrize("name", ["measure", "population"])
def test_codes_are_unique_short_and_plain(name: str) -> None:
    codes = [entry["code"] for entry in entries_of(name)]
    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert [code for code in codes if len(code) > LONGEST_CODE] == []


def test_every_measure_has_its_own_dutch_words() -> None:
    entries = entries_of("measure")
    assert [entry["en"] for entry in entries if entry["en"] == entry["nl"]] == []
    # Two measures with the same words could not be told apart in a table.
    dutch = Counter(entry["nl"] for entry in entries)
    assert [text for text, times in dutch.items() if times > 1] == []


@pytest.mark.parametrize("dimension", ["insurer_pseudonym", "care_office"])
def test_names_and_letters_stay_as_they_are(dimension: str) -> None:
    words = {entry["value"]: entry for entry in entries_of("breakdown_value")}
    values = {
        row[f"{side}_value"]
        for _, _, row in delivered_rows()
        for side in ("breakdown", "breakdown2")
        if row[f"{side}_dimension"] == dimension
    }
    assert values
    for value in values:
        assert (words[value]["nl"], words[value]["en"]) == (value, value)


@pytest.mark.skipif(not EXTERNAL.exists(), reason="the external figures are absent")
def test_every_external_indicator_has_an_entry() -> None:
    known = {entry["en"] for entry in entries_of("measure")}
    with EXTERNAL.open(encoding="utf-8", newline="") as file:
        texts = {row["indicator"] for row in csv.DictReader(file)}
    assert sorted(texts - known) == []
