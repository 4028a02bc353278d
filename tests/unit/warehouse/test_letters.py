"""Letters of insurers: other ones in every table, and after every change of the insurers."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.catalogue.disclosure_schema import Disclosure, Minimum
from warehouse.editions import assign_letters
from warehouse.errors import TooFewLettersError

RULES = {
    source: Disclosure(
        source=source,
        contributors="providers",
        minimum=(Minimum(entity="providers", at_least=10),),
        rows=("insurer",),
        confidential=("insurer",) if source == "claims" else (),
    )
    for source in ("claims", "open")
}
LETTERS = tuple(f"letter-{sign}" for sign in "abcdefghijklmnop")
KEY = bytes(32)
Cell = tuple[str, str, str, int | None]
Letters = dict[tuple[str, str, int], str]


def assign(cells: list[Cell], letters: tuple[str, ...] = LETTERS, key: bytes = KEY) -> Letters:
    """Return the letter of each insurer of a confidential source, by table and year."""
    with duckdb.connect() as connection:
        connection.execute("create schema indicator; create schema build")
        connection.execute(
            "create table indicator.indicator_cell (indicator_id varchar, source_id varchar,"
            " insurer_code varchar, period_year integer)"
        )
        connection.executemany("insert into indicator.indicator_cell values (?, ?, ?, ?)", cells)
        assign_letters(connection, RULES, letters, key)
        found = connection.execute(
            "select c.indicator_id, c.insurer_code, coalesce(c.period_year, 0), l.letter"
            " from indicator.indicator_cell as c inner join build.letter as l"
            " on c.indicator_id = l.indicator_id and c.insurer_code = l.insurer_code"
            " and coalesce(c.period_year, 0) between l.from_year and l.until_year"
        ).fetchall()
    return {(table, insurer, year): letter for table, insurer, year, letter in found}


def cells(years: dict[str, range], table: str = "share", source: str = "claims") -> list[Cell]:
    return [(table, source, insurer, year) for insurer, its in years.items() for year in its]


MERGED = {
    "duin": range(2018, 2021),
    "eiland": range(2018, 2021),
    "kust": range(2021, 2024),
    "anker": range(2018, 2024),
    "baken": range(2018, 2024),
}


def test_a_merger_gives_all_of_them_another_letter() -> None:
    found = assign(cells(MERGED))
    assert len(found) == len(cells(MERGED))
    spans = {
        letter: {year for (_, _, year), own in found.items() if own == letter}
        for letter in set(found.values())
    }
    assert (
        sorted(map(sorted, spans.values())) == [[2018, 2019, 2020]] * 4 + [[2021, 2022, 2023]] * 3
    )


def test_without_a_change_a_letter_goes_on() -> None:
    found = assign(cells({"anker": range(2018, 2024), "baken": range(2018, 2024)}))
    assert len(set(found.values())) == 2


def test_an_insurer_without_answers_in_one_table_has_not_gone() -> None:
    """Were a gap in a table a change, every small table would have other letters every year."""
    whole = cells({"anker": range(2018, 2022), "baken": range(2018, 2022)})
    gaps = cells({"anker": range(2018, 2022), "baken": range(2020, 2021)}, table="small")
    found = assign([*whole, *gaps])
    assert len({letter for (table, *_), letter in found.items() if table == "small"}) == 2


def test_what_is_not_confidential_and_what_is_not_broken_down_has_no_letter() -> None:
    found = assign([
        *cells({"anker": range(2020, 2022), "all": range(2020, 2022)}),
        *cells({"cz": range(2020, 2022)}, source="open"),
        ("share", "claims", "anker", None),
    ])  # fmt: skip
    assert {insurer for _, insurer, _ in found} == {"anker"}
    assert ("share", "anker", 0) in found, "a cell without a year is no exception"


def test_tables_and_keys_have_orders_of_their_own() -> None:
    names = {f"insurer {number}": range(2020, 2021) for number in range(12)}
    tables = [f"table {number}" for number in range(4)]
    every = [cell for table in tables for cell in cells(names, table)]
    orders = {
        tuple(assign(every, key=key)[table, name, 2020] for name in names)
        for table in tables
        for key in (bytes(32), bytes([1] * 32))
    }
    assert len(orders) == 8


def test_too_few_letters_are_told() -> None:
    with pytest.raises(TooFewLettersError, match=r"needs 7 letters .* there are 6"):
        assign(cells(MERGED), LETTERS[:6])
