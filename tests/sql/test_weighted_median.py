"""Weighted medians: against plain Python and statsmodels, with Woodruff's interval."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from tests.sql.method_cells import Row, add, cell, database, indicator

YEARS = indicator("weighted_median", unit="years", bases=["none"])


def answers(units: int, *, seed: int) -> list[Row]:
    random = np.random.default_rng(seed)
    return [
        {"unit_id": f"u{unit:03}", "weight": round(float(random.uniform(0.5, 3)), 2),
         "value": float(random.integers(1, 9)), "insurer_code": f"i{insurer}"}
        for unit in range(units) for insurer in range(int(random.integers(1, 4)))
    ]  # fmt: skip


def median(rows: list[Row]) -> float:
    """Return where half of the weight is reached; at exactly half the middle of two."""
    half = sum(row["weight"] for row in rows) / 2
    upto = 0.0
    ordered = sorted(rows, key=lambda row: row["value"])
    for place, row in enumerate(ordered):
        upto += row["weight"]
        if upto > half + 1e-9:
            return float(row["value"])
        if abs(upto - half) <= 1e-9:
            return float((row["value"] + ordered[place + 1]["value"]) / 2)
    raise AssertionError


def woodruff(rows: list[Row]) -> tuple[float, float]:
    """Work the interval out one respondent at a time."""
    middle, total = median(rows), sum(row["weight"] for row in rows)
    share = sum(row["weight"] for row in rows if row["value"] <= middle) / total
    off: dict[str, float] = {}
    for row in rows:
        here = row["weight"] * ((row["value"] <= middle) - share)
        off[row["unit_id"]] = off.get(row["unit_id"], 0.0) + here
    m = len(off)
    variance = m / (m - 1) * sum(one**2 for one in off.values()) / total**2
    number = min(share * (1 - share) / variance, len(rows))
    ends = proportion_confint(number / 2, number, method="wilson")

    def reaches(end: float) -> float:
        upto = 0.0
        for row in sorted(rows, key=lambda row: row["value"]):
            upto += row["weight"] / total
            if upto >= end - 1e-12:
                return float(row["value"])
        raise AssertionError

    return reaches(ends[0]), reaches(ends[1])


@pytest.mark.parametrize("seed", range(6))
def test_median_and_interval_are_those_of_plain_python(seed: int) -> None:
    rows = answers(50, seed=seed)
    with database() as connection:
        found = add(connection, YEARS, rows)
    for insurer in ("all", "i0", "i1"):
        some = rows if insurer == "all" else [row for row in rows if row["insurer_code"] == insurer]
        made = cell(found, insurer=insurer)
        assert made["value"] == median(some)
        assert made["n_unweighted"] == len(some)
        if len(some) > 30:
            assert (made["ci_low"], made["ci_high"]) == woodruff(some)
            assert made["ci_method"] == "woodruff_95"
            assert made["ci_low"] <= made["value"] <= made["ci_high"]


@pytest.mark.parametrize("seed", range(6))
def test_the_median_is_that_of_statsmodels(seed: int) -> None:
    rows = answers(50, seed=20 + seed)
    described = DescrStatsW(
        [row["value"] for row in rows], weights=[row["weight"] for row in rows]
    )  # fmt: skip
    with database() as connection:
        made = cell(add(connection, YEARS, rows))
    assert made["value"] == described.quantile([0.5], return_pandas=False)[0]


def test_at_exactly_half_the_median_lies_between_two_answers() -> None:
    rows = [{"unit_id": f"u{n}", "weight": 1.0, "value": value} for n, value in enumerate((1, 2))]
    with database() as connection:
        assert cell(add(connection, YEARS, rows))["value"] == 1.5


def test_an_unknown_answer_is_left_out_and_not_counted() -> None:
    rows = [{"unit_id": f"u{n}", "weight": 1.0, "value": v} for n, v in enumerate((3, None, 5, 5))]
    with database() as connection:
        made = cell(add(connection, YEARS, rows))
    assert (made["value"], made["n_observed"], made["contributors"]) == (5, 3, 3)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(5)
    rows = [
        {"unit_id": f"u{unit}", "weight": float(random.uniform(0.5, 2)),
         "sector_code": f"s{sample}", "value": float(random.exponential(1 / np.log(2)))}
        for sample in range(200) for unit in range(60)
    ]  # fmt: skip
    with database() as connection:
        found = add(connection, YEARS.model_copy(update={"breakdowns": ()}), rows)
    held = sum(row["ci_low"] <= 1 <= row["ci_high"] for row in found) / len(found)
    assert 0.90 <= held <= 0.99
