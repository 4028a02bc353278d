"""What the command-line library says of a line that cannot be right, in the operator's language."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from etl.contract import PROJECT
from warehouse.command_words import LOCALE

WORDS = LOCALE / "nl" / "LC_MESSAGES" / "messages.po"


def typed(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if name != "ETL_LANG"}
    return subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chekc"], "De opdracht 'chekc' bestaat niet. Bedoelt u 'check'?"),
        (["check"], "U noemt niet 'BESTAND...'."),
        (["check", "er-niet.csv"], "Bestand 'er-niet.csv' is er niet."),
        (["publish", "--wyh"], "De keuze '--wyh' bestaat niet. Bedoelt u"),
        (["build", "--accept"], "Bij de keuze '--accept' hoort een waarde."),
        (["publish", "een", "twee"], "Dit hoort er niet bij: twee"),
        (["releases", "--lang", "fy"], "'fy' is niet een van 'nl', 'en'."),
    ],
)
def test_a_line_that_cannot_be_right_is_answered_in_dutch(
    arguments: list[str], sentence: str
) -> None:
    answer = typed(*arguments)
    assert answer.returncode == 2
    assert sentence in answer.stderr
    for english in ("Error", "Usage", "Try", "OPTIONS", "Invalid", "Missing"):
        assert english not in answer.stderr


def test_the_language_may_stand_after_the_command() -> None:
    answer = typed("check", "er-niet.csv", "--lang", "en")
    assert answer.returncode == 2
    assert "'er-niet.csv' does not exist." in answer.stderr
    assert "Usage: python -m etl check [OPTIONS] FILE..." in answer.stderr


def said(words: Catalog) -> dict[str, list[str]]:
    """Each message by its first form; babel writes several forms as a list or as a tuple."""

    def forms(text: str | Sequence[str]) -> list[str]:
        return [text] if isinstance(text, str) else list(text)

    return {forms(one.id)[0]: forms(one.string) for one in words if one.id}


def test_the_compiled_words_are_those_that_were_written() -> None:
    with WORDS.open("rb") as written, WORDS.with_suffix(".mo").open("rb") as compiled:
        wanted = said(read_po(written))
        found = said(read_mo(compiled))
    assert found == wanted, "run pybabel compile -d warehouse/locale"
