"""A sum of weights is the same in whatever order, and by however many cores, it is made."""

from __future__ import annotations

import random
from fractions import Fraction

import duckdb
import pandas as pd
import pytest

from warehouse.methods.cube import exact_sum

ROWS = 300_000
"""More than two blocks of a table, so that more than one core has work."""


@pytest.fixture(scope="module")
def weights() -> list[float]:
    chance = random.Random(7)  # noqa: S311  # nothing secret: the same at every run
    return [round(chance.lognormvariate(0, 1), 4) for _ in range(ROWS)]


def total(weights: list[float], sql: str, *, threads: int) -> float:
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.register("given", pd.DataFrame({"weight": weights}))
        connection.execute("create table weights as select * from given")
        found = connection.execute(f"select {sql} from weights").fetchone()  # noqa: S608
    assert found
    return float(found[0])


@pytest.mark.parametrize("term", ["weight", "weight * weight"])
def test_the_order_of_rows_does_not_matter(weights: list[float], term: str) -> None:
    orders = [weights, weights[::-1], sorted(weights)]
    sums = {
        total(order, exact_sum(term), threads=threads) for order in orders for threads in (1, 4)
    }
    assert len(sums) == 1
    # As doubles it would: that is what this is for.
    assert len({total(order, f"sum({term})", threads=1) for order in orders}) > 1


def test_nothing_is_lost_on_the_way(weights: list[float]) -> None:
    exactly = sum(Fraction(str(weight)) for weight in weights)
    assert total(weights, exact_sum("weight"), threads=4) == float(exactly)


def test_nothing_adds_up_to_nothing() -> None:
    with duckdb.connect() as connection:
        sql = f"select {exact_sum('x')} from (select null::double as x)"  # noqa: S608
        assert connection.execute(sql).fetchone() == (None,)
