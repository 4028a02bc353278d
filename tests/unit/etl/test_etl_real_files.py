"""The reader on large real files of another supplier: known totals, whatever the header."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

TEXTS = ("geslacht", "leeftijdsklasse", "gemeentenaam")


def contract_for(header: str) -> str:
    """Write a contract for a file of claims per municipality."""
    columns = [
        f"  - name: {name.lower()}\n"
        + (
            "    type: text\n    required: true\n"
            if name.lower() in TEXTS
            else "    type: decimal(18,4)\n    required: true\n    total: true\n"
        )
        for name in header.split(";")
    ]
    return (
        "source: claims\nsupplier: Vektis\nlicence: eigen gebruik\npublished_on: onbekend\n"
        "url: onbekend\nfile:\n  encodings: [utf-8, cp1252]\n  delimiter: ';'\n"
        "  decimal_mark: '.'\n  allowed_reject_share: 0\n"
        f"rest_row: {{blank: [{', '.join(TEXTS)}]}}\ncolumns:\n" + "".join(columns)
    )


@pytest.fixture
def claims_2015(realdata: Path) -> str:
    return (realdata / "vektis_open_data/vektis_2015_gemeente.csv").read_text(encoding="utf-8")


def totals(house: Any) -> dict[str, Decimal]:
    return dict(house.rows("select column_name, total from raw.delivery_total"))


def test_national_totals_include_the_rest_row(house: Any, claims_2015: str) -> None:
    house.contract = contract_for(claims_2015.splitlines()[0])
    house.deliver(claims_2015.encode(), "claims/2015/claims.csv")
    house.load()
    found = totals(house)
    assert found["aantal_bsn"] == 17_268_188
    assert found["aantal_verzekerdejaren"] == Decimal("16869489.39")


def test_cp1252_small_letters_cut_names_and_another_order_give_the_same(
    house: Any, claims_2015: str
) -> None:
    house.contract = contract_for(claims_2015.splitlines()[0])
    house.deliver(claims_2015.encode(), "claims/2015/claims.csv")
    house.load()
    expected = totals(house)
    header, rest_row, *rows = claims_2015.splitlines()
    names = [name.lower() for name in header.split(";")]
    cut = [
        name[:32] if sum(other.startswith(name[:32]) for other in names) == 1 else name
        for name in names
    ]
    # The rest row last, windows line ends, and a name with an accent.
    lines = [";".join(cut), *rows, rest_row]
    text = "\r\n".join(lines).replace(";NOARDEAST-FRYSLAN;", ";NOARDEAST-FRYSLÂN;") + "\r\n"
    house.deliver(text.encode("cp1252"), "claims/2015/claims.csv")
    loader = house.load()
    assert totals(house) == expected
    assert loader.results[0].rows_loaded == len(rows) + 1
