"""What the command-line library says of a line that cannot be right, in the operator's language."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from etl.contract import PROJECT
from etl.deliveries import SHIPPED
from tests.conftest import run_etl
from warehouse.command_words import LOCALE

WORDS = LOCALE / "nl" / "LC_MESSAGES" / "messages.po"


def typed(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What an operator types where there is no release yet."""
    return run_etl(*arguments, releases=PROJECT / "tests" / "no_releases")


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


@pytest.mark.parametrize("command", ["build", "check", "example", "rebuild", "releases"])
def test_the_help_wants_nothing_in_english(command: str) -> None:
    answer = typed(command, "--help").stdout
    for english in ("TEXT", "INTEGER", "DIRECTORY", "FILE", "PATH", "RELEASE]", "Show this"):
        assert english not in answer.replace("RELEASES_DIR", "").replace("DELIVERIES_DIR", "")


def test_a_report_has_to_go_to_a_folder_that_is_there() -> None:
    answer = typed("check", "README.md", "--html", "er-niet/verslag.html")
    assert answer.returncode == 2
    assert "er-niet is er niet. Maak haar eerst" in answer.stderr


def test_a_check_of_nothing_is_no_go(tmp_path: Path) -> None:
    answer = typed("check", str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].startswith("NO-GO: er is niets gecontroleerd")


def test_examples_into_a_full_folder_speak_of_no_delivery(tmp_path: Path) -> None:
    (tmp_path / "scriptie.txt").touch()
    answer = typed("example", "--years", "2024", "--out", str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == "Er is niets gemaakt."


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


def test_a_go_for_files_alone_says_what_was_not_looked_at() -> None:
    index = SHIPPED / "nza_price_index" / "2025" / "price_index.csv"
    first, internal, alone, *_ = typed("check", "--alone", str(index)).stdout.splitlines()
    assert first == "GO voor de bestanden zelf: zij passen bij hun contract."
    assert internal.startswith("Alleen voor intern gebruik")
    assert alone.startswith("Alleen de bestanden zelf zijn bekeken.")


def test_a_row_that_is_left_out_is_told_beside_the_go(tmp_path: Path) -> None:
    made = typed("example", "--years", "2024", "--out", str(tmp_path / "out"))
    assert made.returncode == 0, made.stderr
    (file,) = (tmp_path / "out").glob("claims_aggregate/2024/*.csv")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    mark = ";" if ";" in lines[0] else ","
    place = lines[0].split(mark).index("clients")
    for at, word in ((1, "abc"), (2, "abc"), (3, "abc"), (4, "abc")):
        cells = lines[at].split(mark)
        cells[place] = word
        lines[at] = mark.join(cells)
        file.write_text("".join(lines), encoding="utf-8")
        answer = typed("check", "--alone", str(file))
        if at == 1:
            assert answer.returncode == 0
            assert answer.stdout.splitlines()[0].endswith(
                "Let op: 1 rij is afgekeurd en telt niet mee; zie hieronder."
            )
    assert answer.returncode == 1
    assert "4 rijen zijn fout, van de " in answer.stderr
    assert "foute rijen: ten hoogste 2 (regel" in answer.stderr
