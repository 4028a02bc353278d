"""A stray file is refused in one sentence that says what it looks like instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.checking import check_file
from etl.contract import load_contracts
from etl.errors import ContractError, RefusedError
from etl.load import document_origins, prepare
from etl.recognising import known_files

from .conftest import HEADER

STRAY = {
    "cbs_82949NED_typed": ("een gegevensbestand van CBS StatLine", "5 kolommen", "“RegioS”"),
    "cbs_statline_table_export": ("een tabel van CBS StatLine", "Titelregels boven de kop: 1."),
    "nza_acm_polisdata_2016_2018": ("de polisdata van NZa en ACM", "“uzovi”, “concern”"),
    "nza_ggz_wachttijden_2016": ("de wachttijden in de ggz van de NZa", "32 kolommen"),
}


@pytest.mark.parametrize("name", sorted(STRAY))
@pytest.mark.parametrize(
    "source", [None, "vektis_open_data", "claims_aggregate", "provider_survey"]
)
def test_a_stray_file_is_named(realdata: Path, dutch: Any, name: str, source: str | None) -> None:
    checked = check_file(
        realdata / "odd_files" / f"{name}.csv",
        load_contracts(),
        source=source,
        period="2018",
        origins=document_origins(),
    )
    (fault,) = checked.faults
    assert checked.refused
    sentence = dutch.sentence(fault)
    assert all(words in sentence for words in STRAY[name]), sentence
    assert "met een puntkomma ertussen" in sentence
    assert (source or "vektis_open_data") in dutch.expected(fault)


@pytest.mark.parametrize("name", sorted(STRAY))
def test_a_build_refuses_a_stray_file_in_the_same_words(
    realdata: Path, tmp_path: Path, dutch: Any, name: str
) -> None:
    folder = tmp_path / "vektis_open_data" / "2018"
    folder.mkdir(parents=True)
    (folder / "stray.csv").symlink_to(realdata / "odd_files" / f"{name}.csv")
    with pytest.raises(RefusedError) as refused, duckdb.connect() as connection:
        prepare([tmp_path], corrections=None).load(connection)
    (fault,) = refused.value.faults
    assert STRAY[name][0] in dutch.sentence(fault)


def test_a_file_that_nobody_knows_is_described(house: Any, dutch: Any, english: Any) -> None:
    fault = house.fault(b"naam|plaats|bedrag in euro|\nx|y|1|\nz|w|2|\n")
    assert fault.code == "unknown_file"
    assert "4 kolommen met een verticale streep ertussen" in dutch.sentence(fault)
    assert "“naam”, “plaats”, “bedrag in euro”" in dutch.sentence(fault)
    assert "a vertical bar between them" in english.sentence(fault)
    fault = house.fault(b"Jaarverslag\nover 2023\n")
    assert fault.code == "unknown_file"
    assert "1 kolommen" in dutch.sentence(fault)


def test_title_lines_above_the_right_header_are_told_with_its_line(house: Any, dutch: Any) -> None:
    fault = house.fault(f"Levering over 2023\nOpgesteld in mei\n{HEADER}c1,ggz,1,1,,\n".encode())
    assert fault.code == "titles_above"
    assert "op regel 3" in dutch.sentence(fault)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "een Excel-werkmap"),
        (b"<!DOCTYPE html>\n<html></html>\n", "een webpagina"),
        (b'{"value": [{"ID": 0}]}\n', "JSON"),
        (b"%PDF-1.7\n1 0 obj\n", "een pdf"),
    ],
)
def test_another_format_under_the_name_of_a_csv_is_named(
    house: Any, dutch: Any, content: bytes, words: str
) -> None:
    fault = house.fault(content)
    assert fault.code == "other_file"
    assert words in dutch.sentence(fault)


def test_a_new_kind_of_file_is_an_entry(tmp_path: Path) -> None:
    file = tmp_path / "known.yaml"
    file.write_text("- {id: a, columns: [x, Y], nl: een lijst, en: a list}\n", encoding="utf-8")
    (kind,) = known_files(file)
    assert kind.fits("", [["q"], ["y ", "X", "z"]])
    assert not kind.fits("", [["x"], ["y"]])
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- {id: a, nl: een lijst, en: a list}\n", encoding="utf-8")
    with pytest.raises(ContractError) as error:
        known_files(wrong)
    assert "by what is the file known" in str(error.value.faults[0].parameters["problem"])
