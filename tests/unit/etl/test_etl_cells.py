"""A bad cell is named by file, line, column, value and what was expected."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

GOOD = "c1,ggz,1.5,3,2023-01-02,fine\n"

BAD_CELLS = [
    ("c2,ggz,abc,3,2023-01-02,x", "amount", "abc", "not_a_number", "punt als decimaalteken"),
    (
        'c2,ggz,"1,5",3,2023-01-02,x',
        "amount",
        "1,5",
        "other_decimal_mark",
        "punt als decimaalteken",
    ),
    ("c2,ggz,NA,3,2023-01-02,x", "amount", "NA", "not_a_number", "punt als decimaalteken"),
    ("c2,ggz,1.23456,3,2023-01-02,x", "amount", "1.23456", "too_many_decimals", "4 decimalen"),
    ("c2,ggz,1.5,2.5,2023-01-02,x", "clients", "2.5", "not_whole", "geheel getal"),
    ("c2,ggz,1.5,0x10,2023-01-02,x", "clients", "0x10", "not_whole", "geheel getal"),
    ("c2,ggz,1.5,9999999999,2023-01-02,x", "clients", "9999999999", "too_high", "2147483647"),
    ("c2,ggz,9999999999999,3,2023-01-02,x", "amount", "9999999999999", "too_large", "12 cijfers"),
    ("c2,ggz,1.5,3,02-01-2023,x", "paid_on", "02-01-2023", "not_a_date", "jjjj-mm-dd"),
    ("c2,ggz,1.5,3,2023-02-30,x", "paid_on", "2023-02-30", "not_a_date", "jjjj-mm-dd"),
    ("c2,GGZ,1.5,3,2023-01-02,x", "sector", "GGZ", "unknown_code", "een van ggz, wlz"),
    ("c2,ggz,-1,3,2023-01-02,x", "amount", "-1", "too_low", "0 of meer"),
    ("c2,ggz,1000.01,3,2023-01-02,x", "amount", "1000.01", "too_high", "1000 of minder"),
    ("d2,ggz,1.5,3,2023-01-02,x", "claim_id", "d2", "wrong_form", "een c en dan cijfers"),
    (",ggz,1.5,3,2023-01-02,x", "claim_id", "", "missing_value", "verplicht"),
]


@pytest.mark.parametrize(("row", "column", "value", "code", "expected"), BAD_CELLS)
def test_a_bad_cell_is_named_with_everything_needed_to_mend_it(
    house: Any, dutch: Any, row: str, column: str, value: str, code: str, expected: str
) -> None:
    fault = house.fault(GOOD + row + "\n")

    assert (fault.line, fault.column, fault.value, fault.code) == (3, column, value, code)
    sentence = dutch.sentence(fault)
    assert f"claims.csv, regel 3, kolom {column}: " in sentence
    assert expected in dutch.expected(fault)
    assert value in sentence


@pytest.mark.parametrize(("row", "column", "value", "code", "expected"), BAD_CELLS)
def test_the_line_of_the_contract_is_the_line_of_the_rule(
    house: Any, row: str, column: str, value: str, code: str, expected: str
) -> None:
    del value, expected
    fault = house.fault(GOOD + row + "\n")
    rule = {
        "too_low": "minimum",
        "unknown_code": "codes",
        "wrong_form": "pattern:",
        "missing_value": "required",
    }.get(code, "type")
    if code == "too_high" and column == "amount":
        rule = "maximum"
    # Whole numbers have a greatest value by their type; then the line of the column is named.
    rules = {"name: clients"} if code == "too_high" and column == "clients" else {rule}
    text = house.contract.splitlines()[fault.contract_line - 1]
    assert any(rule in text for rule in rules), text


def test_every_bad_cell_of_a_file_is_told_at_once(house: Any) -> None:
    house.deliver("x1,zzz,abc,3,2023-01-02,x\n" + GOOD + "x2,ggz,5000,1.5,gisteren,\n")
    found = [(fault.line, fault.column) for fault in house.faults()]
    # What cannot be read as its type hides the other cells of its line, never another line.
    assert (2, "amount") in found
    assert (4, "paid_on") in found
    house.deliver("x1,zzz,5000,3,2023-01-02,x\n" + GOOD + "c2,ggz,-3,1.5,2023-01-01,\n")
    found = [(fault.line, fault.column) for fault in house.faults()]
    assert found == [
        (2, "claim_id"), (2, "sector"), (2, "amount"), (4, "amount"), (4, "clients"),
    ]  # fmt: skip


def test_two_unreadable_cells_of_one_line_are_both_told(house: Any) -> None:
    house.deliver("c1,ggz,abc,def,2023-01-02,x\n")
    assert [(fault.line, fault.column) for fault in house.faults()] == [
        (2, "amount"),
        (2, "clients"),
    ]


def test_an_unknown_code_comes_with_the_nearest_known_one(house: Any, dutch: Any) -> None:
    fault = house.fault("c1,GGZ,1,1,,\n")
    assert "Bedoelt u “ggz”?" in dutch.cell(fault)


def test_a_repeated_key_names_the_first_line(house: Any, dutch: Any) -> None:
    fault = house.fault(GOOD + "c2,ggz,1,1,,\n" + "c1,wlz,1,1,,\n")
    assert (fault.line, fault.column, fault.value) == (4, "claim_id", "c1")
    assert "ook op regel 2" in dutch.sentence(fault)


def test_a_repeated_key_in_another_delivery_names_that_file(house: Any, dutch: Any) -> None:
    house.deliver(GOOD, "claims/2022/first.csv")
    fault = house.fault("c9,ggz,1,1,,\n" + GOOD, "claims/2023/second.csv")
    assert fault.line == 3
    assert "claims/2022/first.csv, regel 2" in dutch.sentence(fault)


def test_too_few_and_too_many_cells_are_told_with_their_number(house: Any, dutch: Any) -> None:
    house.deliver("c1,ggz,1\n" + GOOD.replace("c1", "c2") + "c3,ggz,1,5,3,2023-01-02,x\n")
    few, many = house.faults()
    assert (few.line, few.code, many.line, many.code) == (2, "cell_count", 4, "cell_count")
    assert "aantal cellen van deze regel is 3" in dutch.cell(few)
    assert "aantal cellen van deze regel is 7" in dutch.cell(many)
    assert "6, zoveel als de kop heeft" in dutch.expected(many)


def test_a_blank_cell_is_missing_and_not_zero(house: Any) -> None:
    house.deliver('c1,,,,,\nc2,"",0,0,,""\n')
    house.load()
    assert house.rows(
        "select claim_id, sector, amount, clients, paid_on, line from raw.claims"
    ) == [
        ("c1", None, None, None, None, 2),
        ("c2", None, Decimal("0.0000"), 0, None, 3),
    ]


def test_a_hundred_faults_are_told_and_the_rest_is_counted(house: Any, dutch: Any) -> None:
    good = "".join(f"c{number},ggz,5,1,2023-01-02,x\n" for number in range(1000, 1300))
    house.deliver(good + "".join(f"c{number},ggz,veel,1,2023-01-02,x\n" for number in range(250)))
    faults = house.faults()
    assert len(faults) == 101
    assert "nog 150 fouten" in dutch.sentence(faults[-1])


def test_of_one_cause_the_cause_is_told_first_and_few_cells(house: Any, dutch: Any) -> None:
    house.deliver("".join(f"c{number},ggz,veel,1,2023-01-02,x\n" for number in range(250)))
    faults = house.faults()
    assert [fault.code for fault in faults] == ["one_cause", *["not_a_number"] * 3, "more"]
    assert "250 van de 250 rijen" in dutch.sentence(faults[0])
    assert "nog 247 fouten" in dutch.sentence(faults[-1])


def test_rows_within_the_allowed_share_go_to_the_reject_table(house: Any) -> None:
    house.contract = house.contract.replace("allowed_reject_share: 0", "allowed_reject_share: 0.5")
    house.deliver(GOOD + "c2,ggz,abc,1,,\n" + "c3,zzz,5,1,,\n" + "c4,wlz,7,1,,\n")
    loader = house.load()
    result = loader.results[0]
    assert (result.rows_read, result.rows_loaded, result.rows_rejected) == (4, 2, 2)
    assert house.rows("select claim_id, line from raw.claims order by line") == [
        ("c1", 2),
        ("c4", 5),
    ]
    assert house.rows(
        "select file, line, column_name, value, expected, message from raw.reject order by line"
    ) == [
        (
            "claims/2023/claims.csv", 3, "amount", "abc",
            "een getal met een punt als decimaalteken, of een lege cel", "“abc” is geen getal.",
        ),
        (
            "claims/2023/claims.csv", 4, "sector", "zzz",
            "een van ggz, wlz", "de code “zzz” is niet bekend.",
        ),
    ]  # fmt: skip
    assert house.rows("select expected_en, message_en from raw.reject order by line")[1] == (
        "one of ggz, wlz",
        "the code “zzz” is not known.",
    )
    assert house.rows("select column_name, total from raw.delivery_total") == [
        ("amount", Decimal("8.5000"))
    ]


def test_more_rejects_than_allowed_refuse_the_whole_file(house: Any) -> None:
    house.contract = house.contract.replace("allowed_reject_share: 0", "allowed_reject_share: 0.4")
    house.deliver(GOOD + "c2,ggz,abc,1,,\n")
    assert [fault.code for fault in house.faults()] == ["too_many_rejects", "not_a_number"]
    assert house.rows("select count(*) from raw.claims") == [(0,)]
    assert house.rows("select count(*) from raw.delivery") == [(0,)]


def test_a_decimal_comma_is_read_where_the_contract_says_so(house: Any) -> None:
    house.contract = house.contract.replace('delimiter: ","', 'delimiter: ";"').replace(
        'decimal_mark: "."', 'decimal_mark: ","'
    )
    header = "claim_id;sector;amount;clients;paid_on;remark_of_supplier\n"
    house.deliver((header + "c1;ggz;12,75;1;2023-01-02;a, b\n").encode())
    house.load()
    assert house.rows("select amount, remark_of_supplier from raw.claims") == [
        (Decimal("12.7500"), "a, b")
    ]


def test_one_rest_row_may_be_blank_where_cells_are_required(house: Any, dutch: Any) -> None:
    house.contract = house.contract.replace(
        "columns:\n  - name: claim_id",
        "rest_row: {blank: [claim_id, sector]}\ncolumns:\n  - name: claim_id",
        1,
    )
    house.deliver(",,0.5,1,,\n" + GOOD)
    house.load()
    assert house.rows("select total from raw.delivery_total") == [(Decimal("2.0000"),)]
    fault = house.fault(",,0.5,1,,\n" + GOOD + ",,1,1,,\n")
    assert fault.code == "too_many_rest_rows"
    assert "2 restrijen" in dutch.sentence(fault)
    assert "op de regels 2, 4" in dutch.sentence(fault)


def test_a_rest_row_that_comes_to_all_other_rows_is_a_total(house: Any, dutch: Any) -> None:
    house.contract = house.contract.replace(
        "columns:\n  - name: claim_id",
        "rest_row: {blank: [claim_id, sector]}\ncolumns:\n  - name: claim_id",
        1,
    )
    fault = house.fault(GOOD + ",,1.5,1,,\n")
    assert (fault.code, fault.parameters["lines"]) == ("rest_is_total", ["3"])
    assert "totaalrij" in dutch.sentence(fault)


def test_the_other_cells_of_a_line_with_an_unreadable_one_are_checked_too(house: Any) -> None:
    house.deliver(GOOD + "d2,GGZ,abc,2.5,2023-01-02,x\nc3,ggz,xyz,3,2023-01-02,x\n")

    told = {(f.line, f.column, f.value, f.code) for f in house.faults()}

    assert told == {
        (3, "claim_id", "d2", "wrong_form"),
        (3, "sector", "GGZ", "unknown_code"),
        (3, "amount", "abc", "not_a_number"),
        (3, "clients", "2.5", "not_whole"),
        (4, "amount", "xyz", "not_a_number"),
    }
