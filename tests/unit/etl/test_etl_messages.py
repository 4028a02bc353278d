"""Every message exists in both languages, with the same placeholders, and is a whole one."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.errors import Fault
from etl.messages import Messages, read_texts

TEXT: Mapping[str, Any] = read_texts()


def placeholders(text: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {re.sub("_(nl|en)$", "", name) for name in names}


@pytest.mark.parametrize("code", sorted(TEXT["faults"]))
def test_a_fault_has_its_three_parts_in_both_languages(code: str) -> None:
    dutch, english = TEXT["faults"][code]["nl"], TEXT["faults"][code]["en"]
    assert set(dutch) == set(english) == {"what", "expected", "next"}
    for part in dutch:
        assert placeholders(dutch[part]) == placeholders(english[part]), part
        assert dutch[part] != english[part] or placeholders(dutch[part]), part


@pytest.mark.parametrize("section", ["cli", "help"])
def test_commands_speak_both_languages(section: str) -> None:
    for key, texts in TEXT[section].items():
        assert set(texts) == {"nl", "en"}, key
        assert placeholders(texts["nl"]) == placeholders(texts["en"]), key


def test_both_languages_have_the_same_words() -> None:
    assert set(TEXT["words"]["nl"]) == set(TEXT["words"]["en"])


def test_every_fault_of_the_program_has_words_and_every_word_a_fault() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("etl").rglob("*.py"))
    for code in TEXT["faults"]:
        assert f'"{code}"' in source, f"{code} is never used"
    used = set(re.findall(r'(?:Fault|_fault|cell_fault|Rule)\(\s*"([a-z_]+)"', source))
    assert used <= set(TEXT["faults"]), used - set(TEXT["faults"])


def test_a_long_value_is_shortened_in_sentences() -> None:
    fault = Fault("not_a_number", "f.csv", 2, "amount", "9" * 5000, parameters={"mark": "."})
    assert len(Messages("nl").sentence(fault)) < 500
    assert Messages("nl").document(fault)["value"] == "9" * 5000


def test_an_english_sentence_is_english() -> None:
    fault = Fault(
        "not_a_date", "f.csv", 2, "paid_on", "x", "etl/contracts/c.yaml", 7, {"format": "%d-%m-%Y"}
    )
    assert Messages("en").sentence(fault) == (
        "f.csv, line 2, column paid_on: “x” is not a date.\n"
        "    Expected: a date as dd-mm-yyyy, or a blank cell.\n"
        "    Have the supplier mend the cell, or change line 7 of etl/contracts/c.yaml."
    )


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("nl", 1, "1 fout."), ("nl", 12_345, "12.345 fouten."),
        ("en", 1, "1 fault."), ("en", 12_345, "12,345 faults."),
    ],
)  # fmt: skip
def test_a_count_has_its_plural_and_marks_between_thousands(
    language: Any, count: int, words: str
) -> None:
    assert words in Messages(language).text("file_refused", file="f.csv", count=count)
