"""The texts of both languages have the same keys and placeholders, and none falls back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.text.words import MissingWordError, PlaceholderError, Words, words

FILES = sorted(
    {
        file.name.split(".")[0] if "." in file.stem else ""
        for file in (Path(__file__).parents[2] / "dashboard" / "text").glob("*.yaml")
        if file.stem.endswith(("nl", "en"))
    }
)


@pytest.mark.parametrize("prefix", FILES)
def test_both_languages_have_the_same_keys_and_placeholders(prefix: str) -> None:
    dutch = words(f"{prefix}.nl" if prefix else "nl").keys()
    english = words(f"{prefix}.en" if prefix else "en").keys()
    assert dutch == english


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_no_text_is_empty(locale: str) -> None:
    texts = words(locale)
    assert [key for key in sorted(texts.keys()) if not texts.raw(key).strip()] == []


def test_a_missing_key_names_key_and_file() -> None:
    with pytest.raises(MissingWordError, match=r"'no\.such\.key' in nl\.yaml"):
        words("nl")("no.such.key")
    with pytest.raises(MissingWordError):
        words("nl").all("no.such")


def test_a_missing_placeholder_names_key_and_placeholder(tmp_path: Path) -> None:
    file = tmp_path / "nl.yaml"
    file.write_text("greeting: 'Dag {name}'\n", encoding="utf-8")
    with pytest.raises(PlaceholderError, match=r"'greeting' in nl\.yaml needs .* \{name\}"):
        Words(file)("greeting")
    assert Words(file)("greeting", name="Ada") == "Dag Ada"


def test_counting_words(tmp_path: Path) -> None:
    file = tmp_path / "en.yaml"
    file.write_text("rows: {one: one row, other: '{n} rows'}\n", encoding="utf-8")
    assert Words(file).count("rows", 1, n=1) == "one row"
    assert Words(file).count("rows", 3, n=3) == "3 rows"
    assert Words(file).all("rows") == {"one": "one row", "other": "{n} rows"}
