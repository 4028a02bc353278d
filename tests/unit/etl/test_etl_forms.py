"""A file in the plain form of its contract is as good as one in the form of its year."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.contract import load_contracts
from tests.conftest import run_etl

FORM = """  decimal_mark: "."
  by_period:
    - {periods: ["2019"], delimiter: ";", decimal_mark: ",", date_format: "%d-%m-%Y"}
"""
HEADER = "claim_id,sector,amount,clients,paid_on,remark_of_supplier\n"
PLAIN = HEADER + "c1,ggz,1.25,1,2019-01-02,x\nc2,ggz,2.5,1,2019-01-03,x\n"
SPECIAL = HEADER.replace(",", ";") + "c1;ggz;1,25;1;02-01-2019;x\nc2;ggz;2,5;1;03-01-2019;x\n"
MARKS_ONLY = FORM.replace('delimiter: ";", ', "").replace(', date_format: "%d-%m-%Y"', "")
HALF_COMMA = HEADER + 'c1,ggz,"1,25",1,2019-01-02,x\nc2,ggz,1.25,1,2019-01-02,x\n'


@pytest.mark.parametrize(("text", "plain"), [(PLAIN, True), (SPECIAL, False)])
def test_both_forms_load_and_the_other_one_is_told(house: Any, text: str, *, plain: bool) -> None:
    house.contract = house.contract.replace('  decimal_mark: "."\n', FORM)
    house.deliver(text.encode(), "claims/2019/claims.csv")
    result = house.load().results[0]
    assert result.in_plain_form is plain
    assert result.totals == {"amount": Decimal("3.75")}
    assert (result.rows_read, result.rows_rejected) == (2, 0)


def test_a_file_that_is_in_neither_form_is_told_what_is_wrong_in_that_of_its_year(
    house: Any,
) -> None:
    house.contract = house.contract.replace('  decimal_mark: "."\n', MARKS_ONLY)
    house.deliver(HALF_COMMA.encode(), "claims/2019/claims.csv")
    (fault,) = house.faults()
    assert (fault.code, fault.line, fault.value) == ("other_decimal_mark", 3, "1.25")


def test_a_plain_number_with_too_many_decimals_is_not_rounded(house: Any) -> None:
    house.contract = house.contract.replace('  decimal_mark: "."\n', MARKS_ONLY)
    house.deliver(PLAIN.replace("1.25", "1.23456").encode(), "claims/2019/claims.csv")
    (fault,) = house.faults()
    assert fault.code == "too_many_decimals"


def test_utf8_is_tried_before_an_encoding_that_any_bytes_fit() -> None:
    for contract in load_contracts().values():
        assert contract.for_period("2019").terms.file.encodings[0] == "utf-8"


def test_a_delimiter_at_the_end_of_each_line_is_no_column(house: Any) -> None:
    house.deliver(PLAIN.replace("\n", ",\n").encode())
    result = house.load().results[0]
    assert (result.rows_loaded, result.totals["amount"]) == (2, Decimal("3.75"))


def test_marks_between_thousands_are_told_as_such(house: Any, dutch: Any) -> None:
    fault = house.fault('c1,ggz,"1,234.50",1,2023-01-02,x\n')
    assert fault.code == "thousands_mark"
    assert "duizendtallen" in dutch.sentence(fault)


def test_the_notes_of_a_mac_in_a_zip_are_no_delivery(house: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("claims.csv", PLAIN)
        archive.writestr("__MACOSX/._claims.csv", "notes")
    house.deliver(packed.getvalue(), "claims/2023/claims.zip")
    assert house.load().results[0].rows_loaded == 2


def test_check_says_which_form_it_read(tmp_path: Path) -> None:
    example = tmp_path / "examples"
    made = run_etl("example", "--years", "2019", "--out", str(example), releases=tmp_path)
    assert made.returncode == 0, made.stderr
    file = example / "claims_aggregate" / "2019" / "claims_aggregate_2019.csv"
    text = file.read_bytes().decode("cp1252")
    standard = text.replace(",", ".").replace("cliënten", "clients")
    file.write_text(standard, encoding="utf-8")
    ran = run_etl("check", str(file), "--json", releases=tmp_path)
    assert ran.returncode == 0, ran.stdout
    (told,) = json.loads(ran.stdout)["files"]
    assert told["in_plain_form"] is True
    assert told["rows_rejected"] == 0
    words = run_etl("check", str(file), releases=tmp_path)
    assert "in de gewone vorm van het contract" in words.stdout
