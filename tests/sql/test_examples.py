"""The worked examples of the catalogue hold: given these rows, the SELECT returns those."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from tests.conftest import PROJECT
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.schema import Indicator

WORKED = [i for i in load_catalogue().indicators.values() if i.example is not None]


def test_there_are_worked_examples() -> None:
    assert len(WORKED) >= 3


@pytest.mark.parametrize("indicator", WORKED, ids=lambda indicator: indicator.id)
def test_the_worked_example_holds(indicator: Indicator) -> None:
    assert indicator.example is not None
    file = PROJECT / "warehouse" / "models" / "indicators" / f"{indicator.id}.sql"
    with duckdb.connect() as connection:
        for table, rows in indicator.example.given.items():
            connection.register(f"given_{table}", pd.DataFrame(list(rows)))
            connection.execute(f"create table {table} as select * from given_{table}")  # noqa: S608
        result = connection.execute(file.read_text(encoding="utf-8")).df()
    found = result.astype(object).where(result.notna(), None).to_dict("records")
    for wanted in indicator.example.expect:
        assert any(_agrees(row, wanted) for row in found), f"{wanted} is not among {found}"
    assert len(found) == len(indicator.example.expect)


def _agrees(row: dict[str, object], wanted: dict[str, object]) -> bool:
    return all(
        row[name] == (pytest.approx(value) if isinstance(value, float) else value)
        for name, value in wanted.items()
    )
