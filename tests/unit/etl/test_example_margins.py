"""The margins of the examples: points are the printed figures, and the deliveries meet them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from lifelines import KaplanMeierFitter
from pydantic import BaseModel

from etl.deliveries import SHIPPED
from etl.example import make_examples, read_size
from etl.example.margins import Point, at, read_margins
from tests.survey_claims import marts

MARGINS = read_margins()
YEARS = range(2017, 2024)
PRINTED_COMPLETE = 2023
"""The last year is provisional: its claims are not all in."""


def points(value: object) -> Iterator[Point]:
    """Find every point in the margins."""
    if isinstance(value, Point):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from points(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from points(one)


def printed() -> dict[str, tuple[float, str]]:
    """Read value and year of every figure that ships."""
    found = {}
    for path in SHIPPED.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if row.get("figure_id") and row.get("value"):
                    found[row["figure_id"]] = (float(row["value"]), row.get("year") or "")
    return found


def test_every_point_with_a_figure_has_the_value_that_was_printed() -> None:
    figures = printed()
    with_figure = [point for point in points(MARGINS) if point.figure]
    assert len(with_figure) > 50
    for point in with_figure:
        assert point.figure in figures, point
        value, year = figures[point.figure]
        assert value == pytest.approx(point.value), point
        assert year[:4] == str(point.year), point


def test_a_series_runs_straight_between_points_and_level_outside() -> None:
    series = (Point(year=2018, value=9), Point(year=2020, value=5))
    assert [at(series, year) for year in (2010, 2018, 2019, 2020, 2030)] == [9, 9, 7, 5, 5]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder: Path = tmp_path_factory.mktemp("examples") / "large"
    size = read_size("300k")
    assert size is not None
    make_examples(YEARS, size, folder, seed=11)
    connection, _ = marts(folder)
    return connection


def test_costs_clients_and_shares_of_the_claims_meet_their_margins(
    large: duckdb.DuckDBPyConnection,
) -> None:
    rows = large.execute(
        "select sector_code, period_year,"
        " sum(amount) / 1e6,"
        " 100 * sum(amount) filter (contract_status = 'uncontracted')"
        "   / sum(amount) filter (contract_status <> 'unknown'),"
        " 100 * sum(clients) filter (contract_status = 'uncontracted')"
        "   / sum(clients) filter (contract_status <> 'unknown')"
        " from mart_claims where status = 'final' group by all"
    ).fetchall()
    sectors = {one.sector: one for one in MARGINS.claims.sectors}
    assert len(rows) == len(sectors) * (len(YEARS) - 1)
    for name, year, total, costs, clients in rows:
        margins = sectors[name]
        assert total == pytest.approx(at(margins.costs_million, year), rel=0.02)
        assert costs == pytest.approx(at(margins.uncontracted_costs, year), abs=0.25)
        assert clients == pytest.approx(at(margins.uncontracted_clients, year), abs=0.25)


def test_late_claims_make_a_provisional_share_of_uncontracted_care_too_low(
    large: duckdb.DuckDBPyConnection,
) -> None:
    sql = (
        "select status, sum(amount) filter (contract_status = 'uncontracted') / sum(amount)"
        " from stg_claims_aggregate where period_year = 2022 and sector_code = ? group by all"
    )
    for sector in ("wijkverpleging", "ggz_basis", "ggz_gespecialiseerd"):
        share = dict(large.execute(sql, [sector]).fetchall())
        assert share["provisional"] < 0.97 * share["final"]


def test_regions_and_insurers_differ(large: duckdb.DuckDBPyConnection) -> None:
    for column in ("region_code", "insurer_code"):
        sql = (
            f"select max(s) / min(s) from (select {column},"  # noqa: S608
            " sum(amount) filter (contract_status = 'uncontracted') / sum(amount) as s"
            " from mart_claims where sector_code = 'wijkverpleging' and period_year = 2019"
            " group by all)"
        )
        row = large.execute(sql).fetchone()
        assert row is not None
        assert row[0] > 1.3


SHARES = {
    # What a share of the respondents, or of the contracts, meets: series and tolerance.
    "avg(nothing::int)": ("without_contract", 3.5),
    "avg(stop_ceiling::int)": ("stop_ceiling", 3.5),
    "avg(stop_staff::int)": ("stop_staff", 4.5),
    "avg(asked::int)": ("requests", 5),
    "sum(multi) / sum(contracts)": ("multi_year", 5),
}


@pytest.mark.parametrize("year", [2019, 2021, 2022])
def test_answers_meet_the_margins_of_their_group(
    large: duckdb.DuckDBPyConnection, year: int
) -> None:
    wanted = ", ".join(f"100 * ({sql})" for sql in SHARES)
    rows = large.execute(
        "with person as (select sector_code, provider_group, respondent_id,"  # noqa: S608  # names are ours
        " not bool_or(has_contract) as nothing,"
        " bool_or(coalesce(stop_cause = 'ceiling', false)) as stop_ceiling,"
        " bool_or(coalesce(stop_cause = 'staff', false)) as stop_staff,"
        " bool_or(has_request) as asked,"
        " count(*) filter (has_contract) as contracts,"
        " count(*) filter (term_years >= 2) as multi"
        " from mart_survey_contract where period_year = ? group by all)"
        f" select sector_code, provider_group, count(*), {wanted} from person group by all",
        [year],
    ).fetchall()
    groups = {(one.sector, one.group): one for one in MARGINS.survey.groups}
    assert len(rows) == len(groups)
    for sector, name, people, *found in rows:
        if people < 500:
            continue
        for (series, tolerance), value in zip(SHARES.values(), found, strict=True):
            expected = at(getattr(groups[sector, name], series), year)
            if sector == "wijkverpleging" and name == "zzp" and series == "multi_year":
                continue
            assert value == pytest.approx(expected, abs=tolerance), (sector, name, series)


def test_gp_practices_answer_about_indexation_as_in_2019(
    large: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(
        large.execute(
            "select indexation, 100 * count(*) / sum(count(*)) over () from mart_survey_contract"
            " where provider_group = 'huisartsenpraktijk' and period_year = 2019 group by all"
        ).fetchall()
    )
    figures = printed()
    known = "ha2019-annex-idx-seg1"
    assert found["full"] == pytest.approx(figures[f"{known}-nee-pct"][0], abs=4)
    assert found["unknown"] == pytest.approx(figures[f"{known}-dat-weet-ik-niet-pct"][0], abs=4)
    assert found["partly"] + found["none"] == pytest.approx(figures[f"{known}-ja-pct"][0], abs=4)


def test_offers_follow_the_answer(large: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "select indexation, avg(offered_pct) from mart_survey_contract"
        " where period_year = 2022 group by all"
    )
    offered = dict(large.execute(sql).fetchall())
    index = at(MARGINS.survey.price_index, 2022)
    assert offered["full"] == pytest.approx(index, abs=0.05)
    assert 0.5 * index < offered["partly"] < 0.7 * index
    assert offered["none"] == 0
    assert offered["unknown"] is None


@pytest.mark.parametrize(
    ("sector", "group", "cause"),
    [
        ("wijkverpleging", "instelling", "ceiling"),
        ("ggz_basis", "vrijgevestigd", "staff"),
        ("huisartsenzorg", "huisartsenpraktijk", "staff"),
    ],
)
def test_stops_last_as_long_as_their_margin_says_running_ones_included(
    large: duckdb.DuckDBPyConnection, sector: str, group: str, cause: str
) -> None:
    stops = large.execute(
        "select any_value(stop_low_days) as low,"
        " bool_and(stop_high_days is not null) as ended from mart_survey_contract"
        " where has_stop and stop_cause = ? and sector_code = ? and provider_group = ?"
        " and period_year > 2020 group by period_year, respondent_id",
        [cause, sector, group],
    ).fetchnumpy()
    margins = next(
        one for one in MARGINS.survey.groups if (one.sector, one.group) == (sector, group)
    )
    fitted = KaplanMeierFitter().fit(stops["low"], stops["ended"])
    expected = getattr(margins.stop_days, cause)
    assert fitted.median_survival_time_ == pytest.approx(expected, rel=0.1)
    # Leaving out the stops that still run would understate them.
    ended = sorted(stops["low"][stops["ended"]])
    assert ended[len(ended) // 2] < fitted.median_survival_time_


def test_early_waves_give_classes_and_later_ones_dates(large: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "select period_year, count(*) filter (stop_bucket is not null),"
        " count(*) filter (stop_start is not null)"
        " from stg_provider_survey where has_stop group by all"
    )
    for year, classes, dates in large.execute(sql).fetchall():
        assert (classes > 0) == (year <= MARGINS.survey.buckets_until)
        assert (dates > 0) == (year > MARGINS.survey.buckets_until)
