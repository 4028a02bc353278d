"""The trend rule: Kendall's tau over an unbroken run, and no single year may make the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau

from tests.conftest import PROJECT

SQL = (PROJECT / "warehouse/models/published/trend.sql").read_text(encoding="utf-8")
DULL: dict[str, Any] = {
    "indicator_id": "x", "sector_code": "ggz", "insurer_code": "all", "region_code": "NL",
    "provider_group": "all", "category": "all", "base": "costs", "evidence": "claims",
    "comparable_group": "a", "qualifier": "exact", "status": "final",
}  # fmt: skip


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


def trends(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the trend of each series, by its insurer."""
    frame = pd.DataFrame([DULL | row for row in rows])
    connection.register("rows", frame)
    connection.execute(
        "create or replace table indicator_value as select * replace (value::double as value)"
        " from rows"
    )
    connection.unregister("rows")
    found = connection.execute(SQL).df().astype(object)
    return {
        str(row["insurer_code"]): dict(row)
        for row in found.where(found.notna(), None).to_dict("records")
    }


def series(values: Sequence[float | None], *, first: int = 2018, **more: object) -> list[Any]:
    return [{"period_year": first + n, "value": value, **more} for n, value in enumerate(values)]


def verdict(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]]
) -> tuple[str, str]:
    (one,) = trends(connection, rows).values()
    return one["verdict"], one["reason"]


def told(values: np.ndarray) -> str:
    """Follow the written rule with scipy."""
    if len(values) < 5:
        return "undetermined"
    whole = kendalltau(range(len(values)), values, method="exact")
    holds = whole.pvalue < 0.05
    for out in range(len(values)):
        rest = np.delete(values, out)
        part = kendalltau(range(len(rest)), rest, method="exact")
        holds &= part.pvalue < 0.10 and np.sign(part.statistic) == np.sign(whole.statistic)
    if not holds:
        return "no_trend"
    return "rising" if whole.statistic > 0 else "falling"


def test_chance_and_verdict_are_those_of_scipy(connection: duckdb.DuckDBPyConnection) -> None:
    random = np.random.default_rng(1)
    drawn = {
        f"i{number}": random.normal(size=count) + np.arange(count) * random.choice([-1, 0, 0.5])
        for number, count in enumerate(random.integers(2, 25, 150))
    }
    rows = [
        row
        for insurer, values in drawn.items()
        for row in series(list(values), insurer_code=insurer)
    ]
    found = trends(connection, rows)
    for insurer, values in drawn.items():
        assert found[insurer]["verdict"] == told(values), insurer
        if len(values) >= 5:
            p_value = kendalltau(range(len(values)), values, method="exact").pvalue
            assert found[insurer]["p_value"] == pytest.approx(p_value)
        assert found[insurer]["points"] == len(values)
    assert {one["verdict"] for one in found.values()} == {
        "rising", "falling", "no_trend", "undetermined",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5], ("rising", "significant")),
        ([5, 4, 3, 2, 1], ("falling", "significant")),
        ([1, 2, 3, 4], ("undetermined", "too_few_points")),
        ([None, 1, 2, 3, 4], ("undetermined", "too_few_points")),
        ([1, 2, 3, 5, 4], ("no_trend", "not_significant")),
        ([5, 5, 5, 5, 5], ("no_trend", "not_significant")),
        ([3, 1, 2, 4, 5, 6], ("no_trend", "not_significant")),
        ([1, 2, 3, 7, 4, 5, 6], ("no_trend", "one_year_decides")),
        ([2, 1, 3, 4, 5, 6, 7], ("rising", "significant")),
    ],
)
def test_the_rule(
    connection: duckdb.DuckDBPyConnection, values: list[float | None], expected: tuple[str, str]
) -> None:
    assert verdict(connection, series(values)) == expected


def test_no_trend_is_told_over_a_break(connection: duckdb.DuckDBPyConnection) -> None:
    before = series([1, 2, 3, 4], comparable_group="a")
    after = series([5, 6, 7, 8], first=2022, comparable_group="a|2021")
    assert verdict(connection, before + after) == ("undetermined", "break")


def test_five_years_after_a_break_are_enough(connection: duckdb.DuckDBPyConnection) -> None:
    before = series([9, 8, 7, 6], comparable_group="a", first=2014)
    after = series([1, 2, 3, 4, 5], comparable_group="a|2017")
    (one,) = trends(connection, before + after).values()
    assert (one["verdict"], one["first_year"], one["last_year"]) == ("rising", 2018, 2022)


def test_provisional_suppressed_and_bounded_years_are_no_points(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = series([1, 2, 3, 4]) + series([5], first=2022, status="provisional")
    rows += series([None], first=2023, status="suppressed")
    rows += series([6], first=2024, qualifier="approximately")
    (one,) = trends(connection, rows).values()
    assert (one["verdict"], one["points"], one["last_year"]) == ("undetermined", 4, 2021)


def test_two_values_in_one_year_are_no_series(connection: duckdb.DuckDBPyConnection) -> None:
    rows = series([1, 2, 3, 4, 5, 6]) + series([2], first=2020)
    assert verdict(connection, rows) == ("undetermined", "more_than_one_value")


def test_a_replaced_value_does_not_count_beside_its_successor(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = series([1, 2, 3, 4, 5, 6]) + series([2], first=2020, status="superseded")
    assert verdict(connection, rows) == ("rising", "significant")


def test_what_is_printed_gets_no_verdict(connection: duckdb.DuckDBPyConnection) -> None:
    assert trends(connection, series([1, 2, 3, 4, 5], evidence="published")) == {}


def test_series_are_told_apart(connection: duckdb.DuckDBPyConnection) -> None:
    rows = series([1, 2, 3, 4, 5], insurer_code="up") + series([5, 4, 3, 2, 1], insurer_code="down")
    found = trends(connection, rows)
    assert [found[name]["verdict"] for name in ("up", "down")] == ["rising", "falling"]


def test_no_trend_is_told_of_noise_more_often_than_it_may(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    random = np.random.default_rng(2)
    rows = [
        row
        for number in range(1000)
        for row in series(list(random.normal(size=7)), insurer_code=f"i{number}")
    ]
    found = trends(connection, rows)
    false = sum(one["verdict"] != "no_trend" for one in found.values())
    assert false / len(found) < 0.05


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 2, 3, 4, 5], [0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 1], [1, 1, 2, 2, 3, 3],
        [1, 1, 2, 3, 4], [1, 1, 1, 2, 3, 4], [0, 1, 1, 1, 1, 2],
    ],
)  # fmt: skip
def test_with_equal_values_the_chance_is_never_put_too_low(
    connection: duckdb.DuckDBPyConnection, values: list[float]
) -> None:
    """The true chance is counted over all orders of these values."""

    def score(order: Sequence[float]) -> int:
        return sum((b > a) - (b < a) for n, a in enumerate(order) for b in order[n + 1 :])

    every = [abs(score(order)) for order in permutations(values)]
    true = sum(one >= abs(score(values)) for one in every) / len(every)
    (one,) = trends(connection, series(values)).values()
    assert true - 1e-12 <= one["p_value"] <= true + 0.15
