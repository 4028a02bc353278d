"""A supplier's files change: a contract is extended in YAML, and a refusal says how."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml

from etl.errors import ContractError

GOOD = "c1,ggz,1.5,2,2023-01-02,x\n"


def replaced(house: Any, old: str, new: str) -> None:
    assert old in house.contract
    house.contract = house.contract.replace(old, new, 1)


def test_an_optional_column_may_be_absent_and_is_then_missing(house: Any) -> None:
    replaced(house, "  - name: clients\n", "  - name: clients\n    optional: true\n")
    house.deliver(b"claim_id,sector,amount,paid_on,remark_of_supplier\nc2,ggz,1,,\n")
    house.deliver(GOOD, "claims/2022/other.csv")
    house.load()
    assert house.rows("select claim_id, clients from raw.claims order by 1") == [
        ("c1", 2),
        ("c2", None),
    ]


GROUP = "one_of: [[town, postcode]]\nrest_row: {blank: [sector, town, postcode]}\ncolumns:\n"
PLACES = "  - {name: town, type: text, required: true}\n  - {name: postcode, type: text}\n"


def grouped(house: Any) -> None:
    replaced(house, "columns:\n  - name", GROUP + "  - name")
    replaced(house, "codes: [ggz, wlz]", "codes: [ggz, wlz]\n    required: true")
    house.contract += PLACES


def test_a_file_has_exactly_one_column_of_a_group(house: Any, dutch: Any) -> None:
    grouped(house)
    header = "claim_id,sector,amount,clients,paid_on,remark_of_supplier"
    house.deliver(f"{header},town\nc1,ggz,1,1,,,Ede\nc2,,0.5,2,,,\n".encode())
    house.deliver(f"{header},POSTCODE\nc3,ggz,4,1,,,671\n".encode(), "claims/2023/code.csv")
    house.load()
    assert house.rows("select claim_id, town, postcode from raw.claims order by 1") == [
        ("c1", "Ede", None),
        ("c2", None, None),
        ("c3", None, "671"),
    ]
    house.deliver(f"{header},town,postcode\nc3,ggz,4,1,,,a,b\n".encode(), "claims/2023/code.csv")
    (fault,) = house.faults()
    assert (fault.code, fault.column) == ("several_of_one", "town + postcode")
    house.deliver(f"{header}\nc3,ggz,4,1,,\n".encode(), "claims/2023/code.csv")
    (fault,) = house.faults()
    assert fault.code == "none_of_one"
    assert "precies een van town, postcode" in dutch.sentence(fault)


def test_a_rest_row_is_a_rest_row_wherever_it_stands(house: Any) -> None:
    grouped(house)
    header = "claim_id,sector,amount,clients,paid_on,remark_of_supplier,town\n"
    rows = ["c1,ggz,1,1,,,Ede\n", "c2,wlz,2,2,,,Oss\n"]
    for place in range(3):
        text = [*rows[:place], "c9,,0.5,1,,,\n", *rows[place:]]
        house.deliver((header + "".join(text)).encode())
        assert house.load().results[0].totals == {"amount": Decimal("3.5000")}


def test_the_files_of_one_period_may_be_written_in_another_way(house: Any) -> None:
    replaced(
        house,
        "  allowed_reject_share: 0\n",
        "  allowed_reject_share: 0\n  by_period:\n    - periods: ['2021']\n"
        "      encodings: [cp1252]\n      delimiter: ';'\n      decimal_mark: ','\n"
        "      date_format: '%d-%m-%Y'\n",
    )
    header = "claim_id;sector;amount;clients;paid_on;remark_of_supplier\n"
    text = header + "c2;ggz;234,5;1;31-12-2021;José\n"
    house.deliver(text.encode("cp1252"), "claims/2021/old.csv")
    house.deliver(GOOD)
    house.load()
    assert house.rows(
        "select claim_id, amount, paid_on::varchar, remark_of_supplier from raw.claims order by 1"
    ) == [("c1", Decimal("1.5"), "2023-01-02", "x"), ("c2", Decimal("234.5"), "2021-12-31", "José")]
    assert house.rows("select encoding, delimiter from raw.delivery order by period") == [
        ("cp1252", ";"),
        ("utf-8", ","),
    ]


def test_a_fault_names_the_line_where_the_form_of_its_period_stands(house: Any) -> None:
    replaced(
        house,
        "  allowed_reject_share: 0\n",
        "  allowed_reject_share: 0\n  by_period:\n    - periods: ['2021']\n      delimiter: ';'\n",
    )
    # Neither in the form of its year nor in the plain one.
    header = "claim_id|sector|amount|clients|paid_on|remark_of_supplier\n"
    house.deliver((header + GOOD.replace(",", "|")).encode(), "claims/2021/old.csv")
    (fault,) = house.faults()
    assert fault.code == "wrong_delimiter"
    assert "delimiter: ';'" in house.contract.splitlines()[fault.contract_line - 1]


def test_other_words_of_one_wave_mean_our_codes(house: Any, dutch: Any) -> None:
    replaced(
        house,
        "codes: [ggz, wlz]",
        "codes: [ggz, wlz]\n    trim: true\n"
        '    recode: {words: {"O\'Zorg": wlz}, periods: ["2021"]}',
    )
    house.deliver("c1, O'Zorg ,1,1,,\nc2,ggz\u00a0,1,1,,\nc3,  ,1,1,,\n", "claims/2021/old.csv")
    house.load()
    assert house.rows("select sector from raw.claims order by claim_id") == [
        ("wlz",),
        ("ggz",),
        (None,),
    ]
    house.deliver("c4,O'Zorg,1,1,,\nc5,O'Zorg,abc,1,,\n", "claims/2022/new.csv")
    faults = house.faults()
    assert [(fault.line, fault.code) for fault in faults] == [
        (2, "unknown_code"),
        (3, "not_a_number"),
        (3, "unknown_code"),
    ]
    assert 'recode: {words: {"O\'Zorg": code}}' in dutch.sentence(faults[0])


@pytest.mark.parametrize(
    ("good", "bad", "word"),
    [
        ("codes: [ggz, wlz]", "codes: [ggz]\n    recode: {words: {x: wlz}}", "unknown codes: wlz"),
        ("type: date", "type: date\n    recode: {words: {x: y}}", "recode is for columns"),
        ("type: date", "type: date\n    trim: true", "trim are for text columns"),
        ("columns:\n  - name", "one_of: [[town, claim_id]]\ncolumns:\n  - name", "town"),
        ("  decimal_mark", "  by_period: [{delimiter: ';'}]\n  decimal_mark", "periods"),
    ],
)
def test_an_extension_that_does_not_fit_is_told(house: Any, good: str, bad: str, word: str) -> None:
    replaced(house, good, bad)
    house.deliver(GOOD)
    with pytest.raises(ContractError) as error:
        house.load()
    assert any(word in str(fault.parameters["problem"]) for fault in error.value.faults)


# A refusal says what to write, and what it says works


def test_a_new_column_comes_with_the_line_to_write_for_it(house: Any, dutch: Any) -> None:
    replaced(house, "columns:\n  - name", 'unknown_columns_like: "kosten_*"\ncolumns:\n  - name')
    replaced(house, "aliases: [bedrag", "unit: euro\n    aliases: [kosten_zorg, bedrag")
    header = "claim_id,sector,amount,clients,paid_on,remark_of_supplier,KOSTEN_NIEUW\n"
    fault = house.fault((header + "c1,ggz,1,1,,,7.5\n").encode())
    assert fault.code == "column_new"
    entry = str(fault.parameters["column"])
    sentence = dutch.sentence(fault)
    assert "zij heeft de vorm “kosten_*”" in sentence
    assert f"na regel {len(house.contract.splitlines())} van {fault.contract}" in sentence
    assert entry in sentence
    assert yaml.safe_load(entry) == [
        {
            "name": "kosten_nieuw", "type": "decimal(18,4)", "optional": True, "since": 2023,
            "unit": "euro", "total": True,
        }
    ]  # fmt: skip
    house.contract += f"  {entry}\n"
    assert house.load().results[0].totals["kosten_nieuw"] == Decimal("7.5")


def test_what_is_told_of_an_unknown_column_can_be_pasted(house: Any) -> None:
    header = "claim_id,sector,amount,clients,paid_on,remark_of_supplier,Nieuwe vraag (2)\n"
    content = (header + "c1,ggz,1,1,,,a\n").encode()
    fault = house.fault(content)
    assert fault.code == "column_unknown"
    before = house.contract
    lines = before.splitlines()
    assert fault.parameters["last_line"] == len(lines)
    house.contract = before + f"  {fault.parameters['column']}\n"
    house.load()
    assert house.rows("select nieuwe_vraag_2 from raw.claims") == [("a",)]
    house.deliver(content.replace(b"remark_of_supplier,", b"").replace(b",,,a", b",,a"))
    house.contract = before.replace(
        "  - name: remark_of_supplier\n",
        f"  - name: remark_of_supplier\n    {fault.parameters['alias']}\n",
    )
    house.load()
    assert house.rows("select remark_of_supplier from raw.claims") == [("a",)]


def test_a_column_that_ended_is_told_with_its_last_year(house: Any, dutch: Any) -> None:
    fault = house.fault(b"claim_id,sector,amount,clients,paid_on\nc1,ggz,1,1,\n")
    assert (fault.code, fault.parameters["write"]) == ("column_missing", "until: 2022")
    replaced(
        house, "  - name: remark_of_supplier\n", "  - name: remark_of_supplier\n    until: 2022\n"
    )
    house.load()
    fault = house.fault(GOOD)
    assert fault.code == "column_out_of_period"
    assert "until: 2022" in house.contract.splitlines()[fault.contract_line - 1]
    assert "hoort volgens het contract niet bij 2023" in dutch.sentence(fault)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("claim_id;sector;amount;clients;paid_on;remark_of_supplier\nc1;ggz;1;1;;\n",
         "wrong_delimiter"),
        ('claim_id,sector,amount,clients,paid_on,remark_of_supplier\nc1,ggz,"1,5",1,,\n',
         "other_decimal_mark"),
    ],
)  # fmt: skip
def test_what_is_told_of_another_form_can_be_pasted(house: Any, content: str, code: str) -> None:
    fault = house.fault(content.encode())
    assert fault.code == code
    replaced(
        house,
        "  allowed_reject_share: 0\n",
        f"  allowed_reject_share: 0\n  {fault.parameters['write']}\n",
    )
    assert house.load().results[0].rows_loaded == 1


def test_a_short_name_is_not_taken_for_the_beginning_of_another(house: Any) -> None:
    house.contract += "  - name: remarkable_other_thing\n    type: text\n    optional: true\n"
    header = "claim_id,sector,amount,clients,paid_on,remark_of,remarkable_other_thing\n"
    house.deliver((header + "c1,ggz,1,1,,x,y\n").encode())
    # Told is that one name may stand for the other; nothing is read as if it did.
    (fault,) = house.faults()
    assert (fault.code, fault.column, fault.value) == (
        "column_renamed", "remark_of_supplier", "remark_of",
    )  # fmt: skip
    assert "remark_of" in str(fault.parameters["alias"])
