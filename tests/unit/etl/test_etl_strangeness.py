"""Files that carry more than figures: what an operator reads of them stays readable."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

import duckdb
import pytest

from etl.checking import check_file
from etl.contract import load_contracts
from etl.errors import Fault
from etl.legible import homely, legible
from etl.messages import LANGUAGES, Messages
from tests.unit.etl.conftest import HEADER, House

ROW = "c1,ggz,10.5,2,2023-01-31,\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("gewoon é € “zo”", "gewoon é € “zo”"),
        ("rood\x1b[31m", "rood␛[31m"),
        ("a\tb\nc\0", "a␉b␊c␀"),
        ("12\u00a0345", "12\u00a0345"),
        ("\u202e\u200b\x85\x7f", "\\u202e\\u200b\\x85\\x7f"),
        ("niet_utf8_\udcff", "niet_utf8_\\udcff"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, seen: str) -> None:
    assert legible(text) == seen


@pytest.mark.parametrize(
    ("home", "path", "seen"),
    [
        ("/home/jan", "/home/jan/nieuw/a.csv", "~/nieuw/a.csv"),
        ("/home/jan", "/home/jansen/a.csv", "/home/jansen/a.csv"),
        ("/home/jan", "nieuw/a.csv", "nieuw/a.csv"),
        ("/home/jan", "een zin over niets", "een zin over niets"),
        ("/", "/data/a.csv", "/data/a.csv"),
        ("", "/data/a.csv", "/data/a.csv"),
    ],
)
def test_a_path_in_the_home_of_the_operator_is_short(
    monkeypatch: pytest.MonkeyPatch, home: str, path: str, seen: str
) -> None:
    monkeypatch.setenv("HOME", home)
    assert homely(path) == seen
    assert seen.encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_neither_steers_a_terminal_nor_goes_on_for_ever(
    house: House, language: str
) -> None:
    house.deliver(ROW.replace("ggz", "g\x1b[2Jz"))
    (fault,) = house.faults()
    messages = Messages("nl" if language == "nl" else "en")
    assert "g␛[2Jz" in messages.sentence(fault)
    assert "\x1b" not in messages.sentence(fault)
    endless = "x" * 9000
    parameters = {"alias": endless, "near": [endless], "column": endless, "last_line": 1}
    long = Fault("column_unknown", "f.csv", 1, endless, endless, parameters=parameters)
    assert len(messages.sentence(long)) < 2000


def test_a_name_that_is_no_text_is_refused_in_words(house: House) -> None:
    name = "cijfers_\udcff.csv"
    path = house.deliver(ROW, f"claims/2023/{name}")
    assert [fault.code for fault in house.faults()] == ["name_unreadable"]
    (fault,) = check_file(path, load_contracts(), origins={}).faults
    assert "\\udcff" in Messages("nl").sentence(fault)


def test_a_cell_may_be_as_long_as_its_line(house: House) -> None:
    text = "x" * 200_000
    house.deliver(ROW + f'c2,"{text},10.5,2,2023-01-31,\n')
    assert house.faults()[0].code in {"quote_open", "line_unreadable"}
    house.deliver(f'c1,"{text}",10.5,2,2023-01-31,\n')
    assert house.faults()[0].code == "unknown_code"


@pytest.mark.parametrize("place", ["2023/index.txt", "nieuw/index.csv", "2023-13/index.csv"])
def test_check_refuses_a_place_that_a_build_refuses(tmp_path: Path, place: str) -> None:
    path = tmp_path / "nza_price_index" / place
    path.parent.mkdir(parents=True)
    path.write_text(
        "figure_id,series,year,value,decimals,value_status,note,document_id\n"
        "idx-ova-2026,ova,2026,3.9,2,provisional,,nza_prijsindex_ova\n",
        encoding="utf-8",
    )
    checked = check_file(path, load_contracts(), origins={})
    assert checked.refused
    assert checked.faults[0].code in {"not_a_csv", "period_unreadable"}


def test_nothing_in_a_folder_of_deliveries_is_passed_over(house: House) -> None:
    file = house.deliver(ROW)
    (file.parent / "later.csv").symlink_to("nowhere.csv")
    (file.parent / "map.csv").mkdir()
    os.mkfifo(file.parent / "pipe.csv")
    assert [
        (fault.code, Path(fault.file).name)
        for fault in sorted(house.faults(), key=lambda fault: fault.file)
    ] == [
        ("not_a_file", "later.csv"),
        ("not_a_file", "map.csv"),
        ("not_a_file", "pipe.csv"),
    ]


def test_what_is_unpacked_stands_beside_the_database(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is killed leaves its copy where the next build cleans up."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "closed"))
    house.connection.close()
    house.connection = duckdb.connect(str(tmp_path / "work.duckdb"))
    house.deliver(gzip.compress((HEADER + ROW).encode()), "claims/2023/claims.csv.gz")
    loader = house.prepare()
    loader.load(house.connection)
    assert [result.rows_loaded for result in loader.results] == [1]


def test_a_wrong_cell_after_a_very_long_one_is_told(house: House) -> None:
    house.deliver(f"c1,{'x' * 50_000},veel,2,2023-01-31,\n")
    (fault,) = house.faults()
    assert (fault.code, fault.line, fault.column) == ("not_a_number", 2, "amount")
