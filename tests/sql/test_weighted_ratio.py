"""Weighted shares of answers: against plain Python, and statsmodels for the variance."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import proportion_confint

from tests.sql.method_cells import Row, add, cell, database, indicator

Z = 1.959963984540054


def survey(units: int, *, seed: int, weighted: bool = True, per_unit: int = 4) -> list[Row]:
    """Invent respondents who answer once per insurer, alike within a respondent."""
    random = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        leaning = random.beta(2, 3)
        weight = round(float(random.uniform(0.4, 3)), 2) if weighted else 1.0
        for insurer in range(int(random.integers(1, per_unit + 1))):
            rows.append(
                {
                    "unit_id": f"u{unit:04}", "weight": weight, "insurer_code": f"i{insurer}",
                    "numerator": int(random.random() < leaning), "denominator": 1,
                }
            )  # fmt: skip
    return rows


def plain(rows: list[Row]) -> tuple[float, float, float, float]:
    """Return share, effective number and interval, worked out one respondent at a time."""
    total = sum(row["weight"] for row in rows)
    share = sum(row["weight"] * row["numerator"] for row in rows) / total
    by_unit: dict[str, float] = {}
    for row in rows:
        off = row["weight"] * (row["numerator"] - share)
        by_unit[row["unit_id"]] = by_unit.get(row["unit_id"], 0.0) + off
    m = len(by_unit)
    variance = m / (m - 1) * sum(off**2 for off in by_unit.values()) / total**2
    effective = min(share * (1 - share) / variance, len(rows))
    centre = (share + Z**2 / (2 * effective)) / (1 + Z**2 / effective)
    margin = Z * math.sqrt(share * (1 - share) / effective + Z**2 / (4 * effective**2))
    margin /= 1 + Z**2 / effective
    return share, effective, centre - margin, centre + margin


@pytest.mark.parametrize("seed", range(4))
def test_share_and_interval_are_those_of_plain_python(seed: int) -> None:
    rows = survey(60, seed=seed)
    with database() as connection:
        found = add(connection, indicator("weighted_ratio"), rows)
    for insurer in ("all", "i0", "i1"):
        some = rows if insurer == "all" else [row for row in rows if row["insurer_code"] == insurer]
        made = cell(found, insurer=insurer)
        share, _, low, high = plain(some)
        assert made["value"] == pytest.approx(100 * share)
        assert made["n_unweighted"] == made["denominator"] == len(some)
        assert made["numerator"] == sum(row["numerator"] for row in some)
        assert made["contributors"] == len({row["unit_id"] for row in some})
        if len(some) > 30:
            assert (made["ci_low"], made["ci_high"]) == pytest.approx((100 * low, 100 * high))
            assert made["ci_method"] == "wilson_design_95"


def test_the_variance_is_that_of_a_weighted_regression_with_clusters() -> None:
    rows = survey(80, seed=11)
    share, effective, _, _ = plain(rows)
    codes = np.unique([row["unit_id"] for row in rows], return_inverse=True)[1]
    fit = sm.WLS(
        [row["numerator"] for row in rows],
        np.ones(len(rows)),
        weights=[row["weight"] for row in rows],
    ).fit(cov_type="cluster", cov_kwds={"groups": codes, "use_correction": True})
    # Their correction for small numbers has a part for the regression: with one constant it is
    # m / (m - 1) · (n - 1) / (n - 1).
    assert fit.params[0] == pytest.approx(share)
    assert effective == pytest.approx(share * (1 - share) / fit.bse[0] ** 2)
    with database() as connection:
        made = cell(add(connection, indicator("weighted_ratio"), rows))
    low, high = proportion_confint(share * effective, effective, method="wilson")
    assert (made["ci_low"], made["ci_high"]) == pytest.approx((100 * low, 100 * high))


def test_equal_weights_and_one_answer_each_give_the_plain_wilson_interval() -> None:
    rows = survey(90, seed=3, weighted=False, per_unit=1)
    with database() as connection:
        made = cell(add(connection, indicator("weighted_ratio"), rows))
    hits = sum(row["numerator"] for row in rows)
    low, high = proportion_confint(hits, 90, method="wilson")
    # m / (m - 1) in the variance makes it a hair wider.
    assert made["ci_low"] == pytest.approx(100 * low, abs=0.1)
    assert made["ci_high"] == pytest.approx(100 * high, abs=0.1)


@pytest.mark.parametrize("answer", [0, 1])
def test_where_all_answer_alike_the_margin_follows_from_the_weights(answer: int) -> None:
    rows = [row | {"numerator": answer} for row in survey(50, seed=4)]
    with database() as connection:
        made = cell(add(connection, indicator("weighted_ratio"), rows))
    by_unit: dict[str, float] = {}
    for row in rows:
        by_unit[row["unit_id"]] = by_unit.get(row["unit_id"], 0.0) + row["weight"]
    kish = sum(by_unit.values()) ** 2 / sum(weight**2 for weight in by_unit.values())
    low, high = proportion_confint(answer * kish, kish, method="wilson")
    assert made["value"] == 100 * answer
    assert (made["ci_low"], made["ci_high"]) == pytest.approx((100 * low, 100 * high), abs=1e-6)


def test_answers_that_come_in_clusters_make_the_interval_wider() -> None:
    alone = [
        {"unit_id": f"u{n}", "weight": 1.0, "numerator": n % 2, "denominator": 1} for n in range(80)
    ]
    together = [row | {"unit_id": f"u{n // 8}-{n % 2}"} for n, row in enumerate(alone)]
    widths = []
    for rows in (alone, together):
        with database() as connection:
            made = cell(add(connection, indicator("weighted_ratio"), rows))
        widths.append(made["ci_high"] - made["ci_low"])
    assert widths[1] > 1.5 * widths[0]


def test_respondents_count_once_however_many_rows_they_have() -> None:
    rows = [
        {"unit_id": f"u{n}", "weight": 1.0 + n % 2, "insurer_code": insurer,
         "numerator": int(n < 10 and insurer == "i1"), "denominator": 1}
        for n in range(40) for insurer in ("i1", "i2", "i3")
    ]  # fmt: skip
    made = indicator("weighted_ratio", unit_of_analysis="respondents")
    with database() as connection:
        found = add(connection, made, rows)
    assert (cell(found)["n_unweighted"], cell(found)["numerator"]) == (40, 10)
    assert cell(found)["value"] == pytest.approx(100 * 15 / 60)
    assert cell(found, insurer="i2")["value"] == 0
    assert cell(found)["n_unit"] == "respondents"


def test_thirty_answers_or_too_few_respondents_get_no_interval() -> None:
    thirty = survey(30, seed=1, per_unit=1)
    nine = [row | {"unit_id": f"u{n % 9}"} for n, row in enumerate(survey(40, seed=2, per_unit=1))]
    for rows in (thirty, nine):
        with database() as connection:
            made = cell(add(connection, indicator("weighted_ratio"), rows))
        assert (made["ci_low"], made["ci_method"]) == (None, None)
        assert made["value"] is not None


def test_who_was_not_asked_is_in_no_number() -> None:
    rows = survey(40, seed=5)
    asked = [row for row in rows if row["insurer_code"] != "i1"]
    with database() as connection:
        made = cell(
            add(
                connection,
                indicator("weighted_ratio"),
                [row | {"denominator": int(row in asked)} for row in rows],
            )
        )
    assert made["n_unweighted"] == len(asked)
    assert made["value"] == pytest.approx(100 * plain(asked)[0])


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(8)
    rows = []
    for sample in range(200):
        for unit in range(40):
            # Clustered, unequal weights that have nothing to do with the answer; truth 30%.
            leaning = random.beta(1.5, 3.5)
            weight = float(random.uniform(0.5, 2))
            rows += [
                {"unit_id": f"u{unit}", "weight": weight, "sector_code": f"s{sample}",
                 "numerator": int(random.random() < leaning), "denominator": 1}
                for _ in range(3)
            ]  # fmt: skip
    made = indicator("weighted_ratio", breakdowns=[])
    with database() as connection:
        found = add(connection, made, rows)
    held = sum(row["ci_low"] <= 30 <= row["ci_high"] for row in found) / len(found)
    assert len(found) == 200
    assert 0.90 <= held <= 0.99
