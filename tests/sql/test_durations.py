"""Durations of stops: simulated with a known median, and against plain Python and lifelines."""

from __future__ import annotations

import math

import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from tests.sql.method_cells import Row, add, cell, database, indicator
from warehouse.methods import survival

DAYS = indicator("censored_duration", unit="days", bases=["none"], unit_of_analysis="stops")
SHARES = indicator("censored_duration", bases=["stops"], unit_of_analysis="stops", decimals=0)
EDGES = (0.0, 30.0, 90.0, math.inf)
TRUE_MEDIAN = 45.0
"""Of the durations below: exponential, so that 30, 60 and 90 days are known as well."""
RATE = math.log(2) / TRUE_MEDIAN


def truth(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return true durations, and after how many days each respondent was asked."""
    random = np.random.default_rng(seed)
    return random.exponential(1 / RATE, count), random.uniform(5, 200, count)


def rows_of(low: np.ndarray, high: np.ndarray, **more: object) -> list[Row]:
    """Return stops, three to a respondent."""
    return [
        {
            "unit_id": f"u{n // 3:04}", "weight": 1.0, "duration_low": float(a),
            "duration_high": None if math.isinf(b) else float(b), **more,
        }
        for n, (a, b) in enumerate(zip(low, high, strict=True))
    ]  # fmt: skip


def in_classes(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answer with a class; a running stop only says that it runs."""
    edges = np.array(EDGES)
    at = np.searchsorted(edges, low, side="right") - 1
    running = np.isinf(high)
    return np.where(running, 0, edges[at]), np.where(running, np.inf, edges[at + 1])


def made(rows: list[Row], what: object = DAYS, **place: object) -> Row:
    with database() as connection:
        return cell(add(connection, what, rows), **place)  # type: ignore[arg-type]


def test_exact_dates_give_the_known_median() -> None:
    days, _ = truth(900, seed=1)
    found = made(rows_of(days, days))
    assert found["value"] == pytest.approx(TRUE_MEDIAN, rel=0.12)
    assert found["value"] == pytest.approx(np.median(days), rel=0.01)
    assert found["ci_low"] < TRUE_MEDIAN < found["ci_high"]
    assert (found["category"], found["unit"], found["n_observed"]) == ("median", "days", 900)


def test_running_stops_are_counted_and_the_naive_mean_is_far_too_short() -> None:
    days, asked = truth(900, seed=2)
    over = days <= asked
    found = made(rows_of(np.minimum(days, asked), np.where(over, days, np.inf)))
    assert found["value"] == pytest.approx(TRUE_MEDIAN, rel=0.12)
    assert found["ci_low"] < TRUE_MEDIAN < found["ci_high"]
    finished = days[over]
    true_mean = 1 / RATE
    assert finished.mean() < 0.75 * true_mean, "the mean of finished stops is not even biased"
    assert np.median(finished) < found["ci_low"], "leaving running stops out shortens the median"


def test_classes_give_the_class_that_holds_the_known_median() -> None:
    days, asked = truth(900, seed=3)
    over = days <= asked
    low, high = in_classes(days, np.where(over, days, np.inf))
    found = made(rows_of(low, high))
    assert (found["value_low"], found["value_high"]) == (30, 90)
    assert (found["value"], found["qualifier"]) == (None, "range")
    assert found["ci_low"] <= 30
    assert found["ci_high"] >= 90
    assert found["ci_method"] == "bootstrap_95"


def test_a_median_in_the_first_class_is_not_moved_to_its_neighbour() -> None:
    # What lifelines does when both ends of a class are closed: true median 20 days.
    days = np.random.default_rng(4).exponential(20 / math.log(2), 900)
    found = made(rows_of(*in_classes(days, days)))
    assert (found["value_low"], found["value_high"], found["qualifier"]) == (None, 30, "less_than")


def test_a_median_beyond_the_last_class_is_a_bound() -> None:
    days = np.full(40, 120.0)
    found = made(rows_of(*in_classes(days, days)))
    assert (found["value_low"], found["value_high"], found["qualifier"]) == (90, None, "more_than")
    assert found["ci_low"] is None, "nothing bounds it from above"


def test_where_most_still_run_the_median_is_at_least_the_longest_seen() -> None:
    low = np.arange(1.0, 41.0)
    found = made(rows_of(low, np.where(low <= 10, low, np.inf)))
    assert (found["qualifier"], found["value_low"], found["value"]) == ("more_than", 40, None)


@pytest.mark.parametrize("classes", [False, True])
def test_shares_still_closed_are_near_the_truth(classes: bool) -> None:  # noqa: FBT001  # a case
    days, asked = truth(1200, seed=5)
    high = np.where(days <= asked, days, np.inf)
    low = np.minimum(days, asked)
    # The class of a stop that still runs is at least the one it has reached.
    stops = in_classes(days, days) if classes else (low, high)
    with database() as connection:
        found = add(connection, SHARES, rows_of(*stops))
    for day in (30, 60, 90):
        share = cell(found, category=f"closed_{day}")
        assert share["unit"] == "percent"
        assert share["base"] == "stops"
        true = 100 * math.exp(-RATE * day)
        if classes and day == 60:
            # Between 30 and 90 days the classes tell nothing: the share lies between theirs.
            ends = [cell(found, category=f"closed_{other}")["value"] for other in (90, 30)]
            assert [share["value_low"], share["value_high"]] == pytest.approx(ends)
            assert share["qualifier"] == "range"
        else:
            assert share["value"] == pytest.approx(true, abs=4)
            assert share["ci_low"] <= true <= share["ci_high"]


def test_dates_among_classes_are_read_as_their_class() -> None:
    days, _ = truth(300, seed=6)
    low, high = in_classes(days, days)
    mixed_low, mixed_high = low.copy(), high.copy()
    mixed_low[:150], mixed_high[:150] = days[:150], days[:150]
    alone, mixed = (made(rows_of(*stops)) for stops in ((low, high), (mixed_low, mixed_high)))
    for name in ("value_low", "value_high", "ci_low", "ci_high"):
        assert alone[name] == mixed[name]


def test_running_stops_without_a_start_widen_the_answer_instead_of_shortening_it() -> None:
    days, asked = truth(1500, seed=12)
    over = days <= asked
    low, high = in_classes(days, np.where(over, days, np.inf))
    low = np.where(over, low, 0)
    with database() as connection:
        found = add(connection, SHARES, rows_of(low, high))
    finished = days[over]
    for day in (30, 60, 90):
        share, true = cell(found, category=f"closed_{day}"), 100 * math.exp(-RATE * day)
        assert share["value_low"] < true < share["value_high"]
        assert share["ci_low"] <= share["value_low"] < share["value_high"] <= share["ci_high"]
        assert 100 * (finished >= day).mean() < true - 5, "leaving them out does no harm"


def test_where_all_run_since_nobody_knows_when_there_is_no_answer() -> None:
    low = np.zeros(60)
    for what, category in ((DAYS, "median"), (SHARES, "closed_60")):
        found = made(rows_of(low, np.full(60, np.inf)), what, category=category)
        assert [found[name] for name in ("value", "value_low", "value_high", "ci_low")] == [
            None
        ] * 4
        assert found["status"] == "not_measured"


def test_a_stop_of_exactly_thirty_days_is_thirty_days_or_longer() -> None:
    assert survival.to_classes(np.array([30.0]), np.array([30.0]), EDGES[:3])[0][0] == 30
    days = np.repeat([30.0, 10.0], 20)
    for stops in ((days, days), in_classes(days, days)):
        assert made(rows_of(*stops), SHARES, category="closed_30")["value"] == 50


def test_survival_is_that_of_kaplan_and_meier_by_hand() -> None:
    random = np.random.default_rng(7)
    low = random.integers(1, 60, 80).astype(float)
    high = np.where(random.random(80) < 0.7, low, np.inf)
    weight = random.integers(1, 5, 80) / 2
    rows = [
        row | {"weight": float(w)} for row, w in zip(rows_of(low, high), weight, strict=True)
    ]  # fmt: skip
    stays, median = 1.0, None
    after: dict[float, float] = {}
    for day in sorted(set(low[np.isfinite(high)])):
        at_risk = weight[low >= day].sum()
        stays *= 1 - weight[(low == day) & np.isfinite(high)].sum() / at_risk
        after[day] = stays
        if median is None and stays <= 0.5:
            median = day
    assert made(rows)["value"] == median
    still = min(share for day, share in after.items() if day < 30)
    assert made(rows, SHARES, category="closed_30")["value"] == pytest.approx(100 * still)


def test_when_the_last_stops_have_ended_nobody_is_left() -> None:
    """Weights that are no whole numbers: rounding may not keep the longest stops open."""
    random = np.random.default_rng(12)
    for _ in range(40):
        days = np.unique(random.integers(1, 300, 8)).astype(float)
        high = np.where(random.random(len(days)) < 0.4, days, np.inf)
        high[-1] = days[-1]
        weight = random.choice([1.19, 1.53, 1.7, 2.21, 3.4, 3.57], len(days))
        curve, mass = survival.kaplan_meier(days, high, weight)
        assert mass[0, -1] == pytest.approx(0)
        assert curve.median(mass)[1][0] <= days[-1]


@pytest.mark.filterwarnings("ignore:It looks like your weights")
@pytest.mark.parametrize("classes", [False, True])
def test_what_is_drawn_again_is_estimated_as_lifelines_does(classes: bool) -> None:  # noqa: FBT001
    random = np.random.default_rng(8)
    days = random.exponential(50, 200).round() + 1
    high = np.where(random.random(200) < 0.8, days, np.inf)
    low, high = in_classes(days, high) if classes else (days, high)
    weight = random.uniform(0.5, 2, 200)
    pairs, place = np.unique(np.column_stack([low, high]), axis=0, return_inverse=True)
    total = np.bincount(place.reshape(-1), weights=weight)
    fit = survival.turnbull if classes else survival.kaplan_meier
    curve, mass = fit(pairs[:, 0], pairs[:, 1], total)
    again = survival.masses(curve, pairs[:, 0], pairs[:, 1], total[None, :], in_classes=classes)
    assert again == pytest.approx(mass, abs=1e-4)
    if not classes:
        fitter = KaplanMeierFitter().fit(low, np.isfinite(high), weights=weight)
        days = curve.left[:-1]
        after = fitter.survival_function_at_times(days).to_numpy()
        assert 1 - np.cumsum(mass[0])[:-1] == pytest.approx(after, abs=1e-9)


def test_when_the_last_ones_at_risk_end_nobody_is_left() -> None:
    """Sums of weights leave a rounding error, and lifelines then finds fewer at risk than ended."""
    low = np.array([21.0, 47, 54, 110, 118, 126, 138, 139, 142, 143, 153, 228, 284])
    weight = np.array([3.57, 3.4, 6.63, 1.19, 3.4, 4.42, 5.1, 6.63, 4.42, 1.53, 3.4, 3.4, 3.4])
    high = np.where(np.isin(low, [21, 153, 284]), low, np.inf)
    curve, mass = survival.kaplan_meier(low, high, weight)
    assert curve.closed(mass, 285)[1][0] == pytest.approx(0, abs=1e-12)
    assert curve.median(mass)[0][0] == 284


def test_classes_weigh_what_lifelines_gives_them() -> None:
    random = np.random.default_rng(13)
    low, high = in_classes(*([random.exponential(50, 300)] * 2))
    running = random.random(300) < 0.3
    high[running] = np.inf
    weight = random.uniform(0.5, 2, 300)
    pairs, place = np.unique(np.column_stack([low, high]), axis=0, return_inverse=True)
    total = np.bincount(place.reshape(-1), weights=weight)
    _, mass = survival.turnbull(pairs[:, 0], pairs[:, 1], total)
    fitter = KaplanMeierFitter().fit_interval_censoring(low + 1e-4, high, weights=weight, tol=1e-7)
    table = fitter.survival_function_["NPMLE_estimate_lower"]
    after = [table[table.index <= edge + 1e-5].iloc[-1] for edge in (30, 90)]
    expected = [1 - after[0], after[0] - after[1], after[1]]
    assert mass[0] == pytest.approx(expected, abs=1e-3)


def test_lifelines_itself_closes_both_ends() -> None:
    """The trap that the shifted lower edge is there for: a bound that two classes share."""
    low, high = np.repeat([[0.0, 30], [30, 90]], [50, 40], axis=0).T
    touching = KaplanMeierFitter().fit_interval_censoring(low, high)
    merged = touching.survival_function_["NPMLE_estimate_lower"]
    curve, mass = survival.turnbull(low[[0, 50]], high[[0, 50]], np.array([50.0, 40.0]))
    assert mass[0] == pytest.approx([50 / 90, 40 / 90], abs=1e-4)
    assert (curve.left[0], curve.right[0]) == (0, 30)
    assert merged[merged.index < 30].min() == 1.0, "lifelines now keeps neighbours apart"


def test_a_rebuild_draws_the_same_and_another_cell_draws_otherwise() -> None:
    days, _ = truth(120, seed=9)
    rows = rows_of(days, days)
    survival._KNOWN.clear()
    first = made(rows)
    survival._KNOWN.clear()
    second = made(list(reversed(rows)))
    other = made([row | {"sector_code": "msz"} for row in rows])
    assert (first["ci_low"], first["ci_high"]) == (second["ci_low"], second["ci_high"])
    assert (first["ci_low"], first["ci_high"]) != (other["ci_low"], other["ci_high"])


def test_too_few_respondents_are_not_estimated() -> None:
    days, _ = truth(27, seed=10)
    found = made(rows_of(days, days))
    assert found["contributors"] == 9
    assert (found["value"], found["value_low"], found["ci_low"]) == (None, None, None)


def test_thirty_stops_get_no_interval() -> None:
    days, _ = truth(30, seed=11)
    found = made(rows_of(days, days))
    assert found["value"] is not None
    assert found["ci_low"] is None


def test_each_part_has_its_own_durations() -> None:
    short, long = np.full(45, 10.0), np.full(45, 80.0)
    rows = rows_of(short, short, insurer_code="i1", unit_id="a") + rows_of(
        long, long, insurer_code="i2"
    )
    for number, row in enumerate(rows):
        row["unit_id"] = f"u{number}"
    with database() as connection:
        found = add(connection, DAYS, rows)
    assert cell(found, insurer="i1")["value"] == 10
    assert cell(found, insurer="i2")["value"] == 80
    assert cell(found, insurer="i2", region="r1")["value"] == 80


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rows: list[Row] = []
    for sample in range(80):
        days, asked = truth(90, seed=100 + sample)
        high = np.where(days <= asked, days, np.inf)
        rows += rows_of(np.minimum(days, asked), high, sector_code=f"s{sample}")
    with database() as connection:
        found = add(connection, DAYS.model_copy(update={"breakdowns": ()}), rows)
    held = sum(row["ci_low"] <= TRUE_MEDIAN <= row["ci_high"] for row in found) / len(found)
    assert len(found) == 80
    assert held >= 0.87
