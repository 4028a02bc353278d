"""What can be wrong with a file as a whole: bytes, line ends, quotes, header, place, period."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

HEADER = "claim_id,sector,amount,clients,paid_on,remark_of_supplier\n"
ROWS = "c1,ggz,1.5,3,2023-01-02,één\nc2,wlz,2,4,2023-01-03,twee\n"


def test_an_unclosed_quote_is_named_instead_of_swallowing_rows(house: Any, dutch: Any) -> None:
    house.deliver('c1,ggz,1,1,,fine\nc2,ggz,1,1,,"open\nc3,ggz,1,1,,x\nc4,ggz,1,1,,y\n')
    faults = house.faults()
    assert [(fault.code, fault.line) for fault in faults] == [("quote_open", 3)]
    assert "slokt de regels eronder op" in dutch.sentence(faults[0])


def test_an_unclosed_quote_that_a_later_quote_closes_is_named_too(house: Any) -> None:
    house.deliver('c1,ggz,1,1,,"open\nc2,ggz,1,1,,x\nc3,ggz,1,1,,"z"\nc4,ggz,1,1,,y\n')
    assert [(fault.code, fault.line) for fault in house.faults()] == [("quote_open", 2)]


def test_a_line_break_inside_a_cell_is_named(house: Any) -> None:
    house.deliver('c1,ggz,1,1,,"two\nlines"\nc2,ggz,1,1,,x\n')
    assert [fault.line for fault in house.faults()] == [2, 3]


def test_blank_lines_give_no_rows_and_keep_the_line_numbers_right(house: Any) -> None:
    house.deliver("c1,ggz,1,1,,\n\n\nc2,ggz,2,1,,\n\nc3,ggz,3,1,,\n\n")
    house.load()
    assert house.rows("select claim_id, line from raw.claims order by line") == [
        ("c1", 2), ("c2", 5), ("c3", 7),
    ]  # fmt: skip
    house.deliver("c1,ggz,1,1,,\n\n\nc2,ggz,veel,1,,\n\nc3,zzz,3,1,,\n\n")
    assert [(fault.line, fault.column) for fault in house.faults()] == [
        (5, "amount"),
        (7, "sector"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_gives_the_same_rows(house: Any, end: str) -> None:
    house.deliver((HEADER + ROWS).replace("\n", end).encode())
    house.load()
    assert house.rows("select claim_id, remark_of_supplier, line from raw.claims") == [
        ("c1", "één", 2),
        ("c2", "twee", 3),
    ]


def test_mixed_line_ends_are_read_line_by_line(house: Any) -> None:
    house.deliver((HEADER + "c1,ggz,1,1,,\r\nc2,ggz,1,1,,\nc3,ggz,veel,1,,\r\n").encode())
    assert [(fault.line, fault.column) for fault in house.faults()] == [(4, "amount")]


def test_a_last_line_without_an_end_counts(house: Any) -> None:
    house.deliver((HEADER + ROWS).rstrip("\n").encode())
    assert house.load().results[0].rows_loaded == 2


def test_a_byte_order_mark_is_no_part_of_the_header(house: Any) -> None:
    house.deliver(b"\xef\xbb\xbf" + (HEADER + ROWS).encode())
    assert house.load().results[0].rows_loaded == 2


def test_the_wrong_encoding_is_named_with_its_line_and_the_likely_one(
    house: Any, dutch: Any
) -> None:
    fault = house.fault((HEADER + "c0,ggz,1,1,,x\n" + ROWS).encode("cp1252"))
    assert (fault.code, fault.line, fault.value) == ("wrong_encoding", 3, "0xE9")
    sentence = dutch.sentence(fault)
    assert "Waarschijnlijk is het cp1252" in sentence
    assert "encodings" in house.contract.splitlines()[fault.contract_line - 1]


def test_cp1252_is_read_where_the_contract_says_so_and_reported(house: Any) -> None:
    house.contract = house.contract.replace("[utf-8]", "[utf-8, cp1252]")
    house.deliver((HEADER + ROWS).encode("cp1252"))
    house.load()
    assert house.rows("select remark_of_supplier from raw.claims order by line") == [
        ("één",),
        ("twee",),
    ]
    assert house.rows("select encoding from raw.delivery") == [("cp1252",)]


def test_a_character_on_the_edge_of_two_blocks_is_read_whole(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.files.BLOCK", 7)
    house.deliver((HEADER + ROWS * 1).replace("\n", "\r\n").encode())
    assert house.load().results[0].rows_loaded == 2
    house.contract = house.contract.replace("[utf-8]", "[cp1252]")
    house.deliver((HEADER + ROWS).replace("\n", "\r\n").encode("cp1252"))
    house.load()
    assert house.rows("select remark_of_supplier from raw.claims order by line limit 1") == [
        ("één",)
    ]


@pytest.mark.parametrize(
    "content", [(HEADER + ROWS).encode("utf-16"), HEADER.encode() + b"c1,g\0gz,1,1,,\n"]
)
def test_null_bytes_are_refused(house: Any, dutch: Any, content: bytes) -> None:
    fault = house.fault(content)
    assert fault.code == "binary"
    assert "UTF-16" in dutch.sentence(fault)


def test_an_empty_file_is_refused(house: Any) -> None:
    assert house.fault(b"").code == "empty"


def test_a_header_without_rows_is_refused(house: Any) -> None:
    assert house.fault(HEADER.encode()).code == "no_rows"
    assert house.fault(HEADER.encode() + b"\n\n").code == "no_rows"


def test_a_blank_first_line_is_refused(house: Any) -> None:
    fault = house.fault(("\n" + HEADER + ROWS).encode())
    assert (fault.code, fault.line) == ("header_blank", 1)


def test_packed_files_are_read_like_plain_ones(house: Any) -> None:
    house.deliver(gzip.compress((HEADER + ROWS).encode()), "claims/2022/packed.csv.gz")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.csv", HEADER + ROWS.replace("c1", "c3").replace("c2", "c4"))
        archive.writestr("readme.txt", "hello")
    house.deliver(packed.getvalue(), "claims/2023/packed.zip")
    house.load()
    assert house.rows("select delivery_id, rows_loaded from raw.delivery order by 1") == [
        ("claims/2022/packed", 2),
        ("claims/2023/packed", 2),
    ]


def test_a_zip_with_two_csvs_is_refused(house: Any, dutch: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", HEADER)
        archive.writestr("b.csv", HEADER)
    fault = house.fault(packed.getvalue(), "claims/2023/two.zip")
    assert "2 × .csv" in dutch.sentence(fault)


@pytest.mark.parametrize("name", ["claims/2023/broken.zip", "claims/2023/broken.csv.gz"])
def test_a_broken_archive_is_refused(house: Any, name: str) -> None:
    assert house.fault(b"this is no archive", name).code == "unreadable"


def test_a_file_that_changes_between_looking_and_loading_is_refused(house: Any) -> None:
    path = house.deliver(ROWS)
    loader = house.prepare()
    path.write_text(HEADER + "c9,ggz,1,1,,\n", encoding="utf-8")
    with pytest.raises(Exception, match="changed"):
        loader.load(house.connection)


# The header


def header_faults(house: Any, header: str, row: str = "c1,ggz,1,1,,\n") -> list[Any]:
    house.deliver((header + "\n" + row).encode())
    return house.faults()


def test_a_missing_column_is_named_with_the_line_of_the_contract(house: Any, dutch: Any) -> None:
    (fault,) = header_faults(house, "claim_id,sector,amount,clients,paid_on")
    assert (fault.code, fault.line, fault.column) == ("column_missing", 1, "remark_of_supplier")
    assert "remark_of_supplier" in house.contract.splitlines()[fault.contract_line - 1]
    assert f"regel {fault.contract_line} van " in dutch.sentence(fault)


def test_a_renamed_column_is_told_once_with_both_names(house: Any, dutch: Any) -> None:
    (renamed,) = header_faults(house, "claim_id,sektor,amount,clients,paid_on,remark_of_supplier")
    sentence = dutch.sentence(renamed)
    assert "de kolom “sector” heet hier waarschijnlijk “sektor”." in sentence
    assert "aliases" in sentence


def test_two_renamed_columns_are_told_as_missing_and_unknown_with_the_nearest_name(
    house: Any, dutch: Any
) -> None:
    missing_and_unknown = header_faults(
        house, "claim_id,sektor,amount,client,paid_on,remark_of_supplier"
    )
    sentences = [dutch.sentence(fault) for fault in missing_and_unknown]
    assert any("“sektor” staat niet in het contract. Bedoelt u “sector”?" in s for s in sentences)
    assert any("“sector” ontbreekt in de kop. Bedoelt u “sektor”?" in s for s in sentences)


def test_an_extra_column_is_refused(house: Any) -> None:
    (fault,) = header_faults(house, HEADER.strip() + ",extra", "c1,ggz,1,1,,,\n")
    assert (fault.code, fault.value) == ("column_unknown", "extra")


def test_case_blanks_order_and_a_supplier_who_cuts_names_do_not_matter(house: Any) -> None:
    house.deliver(b" Sector ,CLAIM_ID,Amount,Clients,Paid_On,Remark_of\nggz,c1,1,1,,x\n")
    loader = house.load()
    assert house.rows("select claim_id, sector, remark_of_supplier from raw.claims") == [
        ("c1", "ggz", "x")
    ]
    assert ("Remark_of", "remark_of_supplier") in loader.results[0].read_as


def test_a_cut_name_that_fits_two_columns_is_ambiguous(house: Any, dutch: Any) -> None:
    house.contract += "  - name: remark_of_source\n    type: text\n"
    faults = header_faults(
        house, "claim_id,sector,amount,clients,paid_on,remark_of_s,remark_of_source",
        "c1,ggz,1,1,,,\n",
    )  # fmt: skip
    ambiguous = next(fault for fault in faults if fault.code == "column_ambiguous")
    assert "“remark_of_supplier” of “remark_of_source”" in dutch.sentence(ambiguous)


def test_a_column_named_twice_is_refused(house: Any) -> None:
    faults = header_faults(
        house, "claim_id,sector,amount,bedrag,clients,paid_on,remark_of_supplier",
        "c1,ggz,1,1,1,,\n",
    )  # fmt: skip
    assert [(fault.code, fault.value) for fault in faults] == [("column_twice", "bedrag")]


def test_an_alias_holds_in_its_own_periods_only(house: Any) -> None:
    text = (HEADER + ROWS).replace("amount", "kosten_totaal").encode()
    house.deliver(text, "claims/2019/claims.csv")
    assert house.load().results[0].rows_loaded == 2
    house.deliver(text, "claims/2023/claims.csv")
    assert {fault.code for fault in house.faults()} == {"column_renamed"}


def test_a_column_that_came_later_is_not_missed_before(house: Any) -> None:
    house.contract = house.contract.replace(
        "  - name: remark_of_supplier\n", "  - name: remark_of_supplier\n    since: 2022\n"
    )
    house.deliver(b"claim_id,sector,amount,clients,paid_on\nc1,ggz,1,1,\n", "claims/2021/a.csv")
    house.deliver("c2,ggz,1,1,,x\n", "claims/2022/b.csv")
    house.load()
    assert house.rows("select claim_id, remark_of_supplier from raw.claims order by 1") == [
        ("c1", None),
        ("c2", "x"),
    ]


def test_another_delimiter_is_named(house: Any, dutch: Any) -> None:
    (fault,) = header_faults(house, HEADER.strip().replace(",", ";"))
    assert fault.code == "wrong_delimiter"
    assert "gescheiden met een puntkomma" in dutch.sentence(fault)
    assert "een komma tussen de kolommen" in dutch.sentence(fault)


# Place and period


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("claims.csv", "place_unknown"),
        ("claims/2023/deeper/claims.csv", "place_unknown"),
        ("clams/2023/claims.csv", "source_unknown"),
        ("claims/2023/claims.xlsx", "not_a_csv"),
        ("claims/23/claims.csv", "period_unreadable"),
        ("claims/2023-13/claims.csv", "period_unreadable"),
        ("claims/2023/claims_2022.csv", "period_conflict"),
        ("claims/undated/claims_2022.csv", "period_conflict"),
        ("claims/claims.csv", "period_unknown"),
        ("claims/claims_2022_2023.csv", "period_unknown"),
    ],
)
def test_a_misplaced_file_is_refused(house: Any, dutch: Any, name: str, code: str) -> None:
    fault = house.fault(ROWS, name)
    assert fault.code == code
    assert Path(name).name in dutch.sentence(fault)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("claims/2023/claims.csv", "2023"),
        ("claims/2023-02/claims.csv", "2023-02"),
        ("claims/undated/claims.csv", "undated"),
        ("claims/claims_2022.csv", "2022"),
        ("claims/2023/claims_2023.csv", "2023"),
        ("claims/2023/claims_2022_2023.csv", "2023"),
    ],
)
def test_the_period_comes_from_the_folder_or_the_one_year_in_the_name(
    house: Any, name: str, period: str
) -> None:
    house.deliver(ROWS, name)
    house.load()
    assert house.rows("select period from raw.delivery") == [(period,)]


def test_two_files_of_one_name_are_refused(house: Any, dutch: Any) -> None:
    house.deliver(ROWS, "claims/2023/claims.csv")
    fault = house.fault(gzip.compress(b"x"), "claims/2023/claims.csv.gz")
    assert fault.code == "delivery_twice"
    assert "claims/2023/claims" in dutch.sentence(fault)


def test_notes_and_hidden_files_beside_deliveries_are_no_deliveries(house: Any) -> None:
    house.deliver(ROWS)
    house.deliver("note", "claims/2023/README.md")
    house.deliver("x", "claims/.DS_Store")
    assert len(house.load().files) == 1


def test_a_folder_that_is_missing_or_empty_is_refused(house: Any) -> None:
    assert [fault.code for fault in house.faults()] == ["folder_missing"]
    house.deliveries.mkdir()
    assert [fault.code for fault in house.faults()] == ["no_deliveries"]


def test_further_folders_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from etl.deliveries import folders_from_environment

    one, two = tmp_path / "one", tmp_path / "two"
    monkeypatch.setenv("DELIVERIES_DIR", f"{one}{os.pathsep}{two}")
    assert folders_from_environment() == [one, two]
    monkeypatch.delenv("DELIVERIES_DIR")
    assert folders_from_environment() == []


def test_a_line_that_is_too_long_is_named(house: Any, dutch: Any) -> None:
    fault = house.fault("c1,ggz,1,1,," + "x" * 3_000_000 + "\nc2,ggz,1,1,,x\n")
    assert (fault.code, fault.line) == ("line_unreadable", 2)
    assert len(dutch.sentence(fault)) < 1000


def test_a_quote_in_the_middle_of_a_cell_is_named(house: Any) -> None:
    fault = house.fault('c1,ggz,"1"x,1,,\nc2,ggz,1,1,,x\n')
    assert (fault.code, fault.line, fault.column) == ("line_unreadable", 2, "amount")
