"""An applied correction replaces a value where rows are read, and the delivered row stays."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.errors import Fault

FIGURE = """\
- id: erratum
  error: supplier_erratum
  figure_ids: [c1]
  kind: value
  column: amount
  printed: "245"
  should_be: "254.5"
  expect: "245"
  apply: true
  status: confirmed
  found_on: "2024-03-01"
  reason: {nl: De leverancier meldde het., en: The supplier said so.}
  source: supplier
  said_in: brief van 1 maart 2024
"""
ROW = (
    FIGURE.replace("  figure_ids: [c1]\n", "")
    .replace("supplier_erratum", "own_error")
    .replace(
        "  kind: value",
        "  row: {delivery: claims/2023/claims, key: {sector: ggz, paid_on: '2023-05-01'}}\n"
        "  kind: value",
    )
)
KEY = "  - {columns: [sector, paid_on], within: file}\n"
ROWS = "c1,ggz,245.0,3,2023-05-01,tekst\nc2,wlz,10,4,2023-05-01,\nc3,ggz,20,5,2023-05-02,\n"


def folder(house: Any, text: str) -> Path:
    made: Path = house.root / "corrections"
    made.mkdir(exist_ok=True)
    (made / "errors.yaml").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def figures(house: Any) -> Any:
    """A source whose rows are figures."""
    house.contract = house.contract.replace("claim_id", "figure_id")
    header = "figure_id,sector,amount,clients,paid_on,remark_of_supplier\n"
    house.deliver((header + ROWS).encode())
    return house


@pytest.fixture
def rows(house: Any) -> Any:
    """A source whose rows have a key of two columns."""
    house.contract = house.contract.replace("columns:\n", KEY + "columns:\n", 1)
    house.deliver(ROWS)
    return house


def amounts(house: Any) -> list[Decimal]:
    return [row[0] for row in house.rows("select amount from raw.claims order by line")]


def delivered(house: Any) -> list[Decimal]:
    (table,) = house.rows("select table_name from raw.part")[0]
    return [row[0] for row in house.rows(f'select amount from raw."{table}" order by rowid')]  # noqa: S608


@pytest.mark.parametrize(("text", "kind"), [(FIGURE, "figures"), (ROW, "rows")])
def test_the_value_is_replaced_and_the_delivered_row_stays(
    request: pytest.FixtureRequest, text: str, kind: str
) -> None:
    house = request.getfixturevalue(kind)
    house.load(folder(house, text))
    assert amounts(house) == [Decimal("254.5"), 10, 20]
    assert delivered(house) == [245, 10, 20]
    told = house.rows(
        "select error, figure_id, row_key, delivery_id, line, printed, should_be, is_applied,"
        " difference from raw.correction"
    )
    figure, key = ("c1", None) if text is FIGURE else (None, "sector: ggz, paid_on: 2023-05-01")
    error = "supplier_erratum" if text is FIGURE else "own_error"
    assert told == [
        (error, figure, key, "claims/2023/claims", 2, "245", "254.5", True, Decimal("9.5"))
    ]


def refused(house: Any, dutch: Any, text: str) -> tuple[Fault, str]:
    (fault,) = house.faults(folder(house, text))
    sentence = dutch.sentence(fault)
    assert "errors.yaml, regel" in sentence
    return fault, sentence


def test_the_build_stops_when_the_source_repaired_itself(figures: Any, dutch: Any) -> None:
    header = "figure_id,sector,amount,clients,paid_on,remark_of_supplier\n"
    figures.deliver((header + ROWS.replace("245.0", "254.50")).encode())
    fault, sentence = refused(figures, dutch, FIGURE)
    assert (fault.code, fault.line) == ("correction_repaired", 1)
    assert "niet meer nodig" in sentence
    assert "Haal de correctie weg" in sentence


def test_the_build_stops_when_the_source_says_something_else(figures: Any, dutch: Any) -> None:
    header = "figure_id,sector,amount,clients,paid_on,remark_of_supplier\n"
    figures.deliver((header + ROWS.replace("245.0", "250")).encode())
    fault, sentence = refused(figures, dutch, FIGURE)
    assert fault.code == "correction_outdated"
    assert "nu “250”" in sentence


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("sector: ggz,", "sector: wlz,", "correction_outdated", "nu “10”"),
        ("'2023-05-01'", "'2023-05-09'", "correction_row_gone", "paid_on: 2023-05-09"),
        ("'2023-05-01'", "morgen", "correction_row_gone", "paid_on: morgen"),
        ("sector: ggz, ", "", "correction_key_wrong", "paid_on, sector"),
        ("2023/claims,", "2022/claims,", "correction_delivery_gone", "claims/2023/claims"),
        ("column: amount", "column: amuont", "correction_column_unknown", "amuont"),
        ('should_be: "254.5"', "should_be: veel", "correction_value_wrong", "veel"),
        ('should_be: "254.5"', 'should_be: "5000"', "correction_value_wrong", "5000"),
        ('should_be: "254.5"', 'should_be: "-1"', "correction_value_wrong", "should_be"),
    ],
)
def test_a_correction_that_fits_no_row_is_refused_in_words(
    rows: Any, dutch: Any, old: str, new: str, code: str, word: str
) -> None:
    assert old in ROW
    fault, sentence = refused(rows, dutch, ROW.replace(old, new))
    assert fault.code == code
    assert word in sentence


def test_a_code_that_the_contract_does_not_know_is_refused(rows: Any, dutch: Any) -> None:
    text = ROW.replace("column: amount", "column: sector").replace('"245"', "ggz")
    fault, _ = refused(rows, dutch, text.replace('should_be: "254.5"', "should_be: ghz"))
    assert fault.code == "correction_value_wrong"


def test_two_corrections_of_one_value_are_refused(rows: Any, dutch: Any) -> None:
    second = ROW.replace("id: erratum", "id: again")
    fault, sentence = refused(rows, dutch, ROW + second)
    assert (fault.code, fault.line) == ("correction_twice", ROW.count("\n") + 1)
    assert "“erratum” op regel 1" in sentence


def test_other_columns_of_one_row_may_be_corrected_apart(rows: Any) -> None:
    second = (
        ROW.replace("id: erratum", "id: clients")
        .replace("column: amount", "column: clients")
        .replace('"245"', '"3"')
        .replace('"254.5"', '"30"')
    )
    rows.load(folder(rows, ROW + second))
    assert rows.rows("select amount, clients from raw.claims where line = 2") == [
        (Decimal("254.5"), 30)
    ]


def test_a_quote_in_a_value_is_no_sql(rows: Any) -> None:
    text = (
        ROW.replace("column: amount", "column: remark_of_supplier")
        .replace('"245"', "tekst")
        .replace('"254.5"', '"d\'r uit"')
    )
    rows.load(folder(rows, text))
    assert rows.rows("select remark_of_supplier from raw.claims where line = 2") == [("d'r uit",)]


def test_a_key_may_say_that_a_column_is_missing(rows: Any) -> None:
    rows.deliver("c1,ggz,245,3,,tekst\nc2,wlz,10,4,2023-05-01,\nc3,ggz,20,5,2023-05-02,\n")
    rows.load(folder(rows, ROW.replace("'2023-05-01'", "''")))
    assert amounts(rows) == [Decimal("254.5"), 10, 20]


def test_without_its_correction_a_kept_database_shows_what_was_delivered(rows: Any) -> None:
    rows.load(folder(rows, ROW))
    assert amounts(rows)[0] == Decimal("254.5")
    rows.prepare().load(rows.connection)
    assert amounts(rows)[0] == 245
    rows.prepare(folder(rows, ROW)).load(rows.connection)
    assert amounts(rows)[0] == Decimal("254.5")
    assert rows.rows("select count(*) from raw.correction") == [(1,)]
