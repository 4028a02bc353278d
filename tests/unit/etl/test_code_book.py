"""The code book says what the contracts say: every column, value, name and year."""

from __future__ import annotations

import re

import pytest

from etl.column import Alias, Column
from etl.contract import Contract, load_contracts
from tests.conftest import PROJECT
from warehouse.catalogue import load_catalogue

BOOK = (PROJECT / "docs" / "code-book.md").read_text(encoding="utf-8")
SOURCES = ("provider_survey", "claims_aggregate")
CONTRACTS = load_contracts()
COLUMNS = [
    pytest.param(CONTRACTS[source], column, id=f"{source}.{column.name}")
    for source in SOURCES
    for column in CONTRACTS[source].terms.columns
]
KINDS = {
    "text": "tekst",
    "integer": "geheel getal",
    "decimal(18,4)": "getal",
    "date": "datum",
}
DATE_PARTS = {"%Y": "jjjj", "%m": "mm", "%d": "dd"}


def chapter(source: str) -> str:
    return re.split(rf"^## {source}$", BOOK, flags=re.MULTILINE)[1].split("\n## ")[0]


def section(source: str, name: str) -> list[str]:
    text = chapter(source).split(f"\n### `{name}`\n")[1].split("\n### ")[0]
    return text.strip().splitlines()


def line(lines: list[str], start: str) -> str | None:
    found = [one for one in lines if one.startswith(f"- {start}: ")]
    assert len(found) <= 1
    return found[0].removeprefix(f"- {start}: ") if found else None


def quoted(text: str | None) -> list[str]:
    return re.findall(r"`([^`]+)`", text or "")


@pytest.mark.parametrize("source", SOURCES)
def test_the_columns_are_those_of_the_contract_in_its_order(source: str) -> None:
    named = re.findall(r"^### `(\w+)`$", chapter(source), flags=re.MULTILINE)
    assert named == [column.name for column in CONTRACTS[source].terms.columns]


def test_there_is_no_chapter_on_another_source() -> None:
    assert re.findall(r"^## (\w+)$", BOOK, flags=re.MULTILINE) == list(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_the_form_of_the_file_is_told_per_year(source: str) -> None:
    form = CONTRACTS[source].terms.file
    head = chapter(source).split("\n### ")[0]
    for mark in (form.delimiter, form.decimal_mark, dutch(form.date_format)):
        assert f"`{mark}`" in head
    told = {
        one: sorted(quoted(text))
        for one, text in re.findall(r"^In (\d{4}): (.*)$", head, flags=re.MULTILINE)
    }
    assert told == {
        ", ".join(other.periods): sorted(
            [
                *([other.decimal_mark] if other.decimal_mark else []),
                *([dutch(other.date_format)] if other.date_format else []),
                *(other.encodings or ()),
            ]
        )
        for other in form.by_period
    }


def dutch(pattern: str) -> str:
    for part, word in DATE_PARTS.items():
        pattern = pattern.replace(part, word)
    return pattern


@pytest.mark.parametrize(("contract", "column"), COLUMNS)
def test_a_column_is_described_as_the_contract_has_it(contract: Contract, column: Column) -> None:
    lines = section(contract.source, column.name)
    assert lines[0].endswith((".", "?"))
    words = [
        KINDS[column.type],
        "altijd gevuld" if column.required else "mag leeg zijn",
        *(["de kolom mag ontbreken"] if column.optional else []),
    ]
    assert line(lines, "Soort") == "; ".join(words) + "."
    values = line(lines, "Waarden")
    if column.codes_from:
        assert quoted(values)[0] == f"warehouse/catalogue/{column.codes_from.file}"
    else:
        assert quoted(values) == list(column.codes)
    form = column.pattern_means.nl + "." if column.pattern_means else None
    assert line(lines, "Vorm") == form
    limits = [str(one) for one in (column.minimum, column.maximum) if one is not None]
    told = re.findall(r"-?\d+", line(lines, "Grenzen") or "")
    assert told == limits


@pytest.mark.parametrize(("contract", "column"), COLUMNS)
def test_other_names_and_words_are_told_with_their_year(contract: Contract, column: Column) -> None:
    lines = section(contract.source, column.name)
    names = dict(
        re.findall(r"^- Heette in ([\d, ]+): `(.+)`\.$", "\n".join(lines), flags=re.MULTILINE)
    )
    assert names == {
        ", ".join(alias.periods): alias.name for alias in column.aliases if isinstance(alias, Alias)
    }
    recodes = dict(
        re.findall(r"^- Woorden in ([\d, ]+): (.+)$", "\n".join(lines), flags=re.MULTILINE)
    )
    assert {years: quoted(text) for years, text in recodes.items()} == {
        ", ".join(recode.periods): [word for pair in recode.words.items() for word in pair]
        for recode in column.recodes
    }


def test_a_changed_question_is_told_and_has_its_words_in_the_contract() -> None:
    changed = load_catalogue().changed_questions.values()
    for one in changed:
        lines = section(one.source, one.question)
        assert line(lines, "Let op") == one.nl
    told = re.findall(r"^- Let op: ", BOOK, flags=re.MULTILINE)
    assert len(told) == len([one for one in changed if one.source in SOURCES])
