"""Parts are compared with the whole; breaks cut series; checks refuse what must not be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.conftest import PROJECT
from tests.sql.method_cells import add, cell, database, indicator

PUBLISHED = PROJECT / "warehouse/models/published"
CHECKS = PROJECT / "warehouse/checks"
PLACE: dict[str, Any] = {
    "indicator_id": "x", "method": "weighted_ratio", "min_observed": 10, "sector_code": "ggz",
    "period_year": 2023, "period": "2023", "insurer_code": "all", "region_code": "NL",
    "provider_group": "all", "category": "all", "evidence": "survey", "base": "contracts",
    "value": 50.0, "unit": "percent", "n_observed": 100, "n_unit": "contracts",
    "qualifier": "exact", "status": "final", "source_id": "s", "document_id": "s", "locator": "d",
    "figure_ids": [], "caveats": [], "voice": "", "decimals": 0, "delivery_id": "d",
    "contributors": 40.0, "comparable_group": "a",
}  # fmt: skip
PART = {"insurer_code": "i1", "value": 40.0, "ci_low": 30.0, "ci_high": 45.0,
        "ci_method": "wilson_design_95"}  # fmt: skip


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    made = database()
    made.execute(
        "create table ref_indicator as select 'x' as id, 'trend' as chart,"
        " ['insurer'] as breakdowns, 'weighted_ratio' as method"
    )
    made.execute(
        "create table mart_correction (figure_id varchar, kind varchar, column_name varchar,"
        " is_applied boolean)"
    )
    made.execute(
        "create table mart_correction_mark (correction_id varchar, error varchar,"
        " source_id varchar, delivery_id varchar, indicators varchar[], sector_code varchar,"
        " insurer_code varchar, region_code varchar, provider_group varchar, period_year integer)"
    )
    made.execute("create table delivery_alias (delivery_id varchar, alias varchar)")
    made.execute("create view edition_cell as select * from indicator.indicator_cell")
    made.execute("set search_path = 'main,indicator'")
    yield made
    made.close()


def publish(connection: duckdb.DuckDBPyConnection, *cells: dict[str, Any]) -> list[dict[str, Any]]:
    """Publish cells, dull but for what the test names, and what follows from them."""
    connection.execute("delete from indicator.indicator_cell")
    for changed in cells:
        row = PLACE | changed
        marks = ", ".join("?" for _ in row)
        connection.execute(
            f"insert into indicator.indicator_cell ({', '.join(row)}) values ({marks})",  # noqa: S608
            list(row.values()),
        )
    for name in ("indicator_value", "trend"):
        sql = (PUBLISHED / f"{name}.sql").read_text(encoding="utf-8")
        connection.execute(f"create or replace table {name} as {sql}")
    frame = connection.execute("select * from indicator_value").df().astype(object)
    return [dict(row) for row in frame.where(frame.notna(), None).to_dict("records")]


def compared(connection: duckdb.DuckDBPyConnection, *cells: dict[str, Any]) -> tuple[Any, Any]:
    """Return verdict and value of the whole of the one part among these cells."""
    (part,) = [row for row in publish(connection, *cells) if row["insurer_code"] == "i1"]
    return part["comparison"], part["comparison_value"]


@pytest.mark.parametrize(
    ("whole", "verdict"), [(50.0, "lower"), (45.0, "similar"), (40.0, "similar"), (29.9, "higher")]
)
def test_a_part_differs_where_its_interval_leaves_the_whole_out(
    connection: duckdb.DuckDBPyConnection, whole: float, verdict: str
) -> None:
    assert compared(connection, {"value": whole}, PART) == (verdict, whole)


def test_without_an_interval_nothing_can_be_said(connection: duckdb.DuckDBPyConnection) -> None:
    part = PART | {"ci_low": None, "ci_high": None, "ci_method": None}
    assert compared(connection, {}, part) == ("undetermined", 50.0)


@pytest.mark.parametrize(
    "whole",
    [
        {"suppression": "secondary"}, {"period_year": 2022}, {"sector_code": "msz"},
        {"category": "other"}, {"base": "costs"}, {"evidence": "example"}, {"value": None},
    ],
)  # fmt: skip
def test_a_hidden_or_another_whole_is_compared_with_nothing(
    connection: duckdb.DuckDBPyConnection, whole: dict[str, Any]
) -> None:
    assert compared(connection, whole, PART) == ("undetermined", None)


def test_the_whole_and_what_is_hidden_are_not_compared(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    whole, part = publish(connection, {}, PART | {"suppression": "few"})
    assert (whole["comparison"], part["comparison"], part["comparison_value"]) == (None, None, None)
    told = {name for name, value in part.items() if value is not None}
    assert not told & {"value", "ci_low", "ci_high", "ci_method", "n_observed", "n_unweighted"}
    assert (part["status"], part["suppression"]) == ("suppressed", "few")


def test_what_the_build_did_not_hide_stays_hidden_all_the_same(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    (row,) = publish(connection, {"contributors": 9.0})
    assert (row["value"], row["suppression"]) == (None, "few")


def test_contributors_and_their_shares_are_never_published(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    (row,) = publish(connection, {})
    assert not {"contributors", "largest_share", "method", "min_observed"} & set(row)


def wrong(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    sql = (CHECKS / f"{name}.sql").read_text(encoding="utf-8")
    return len(connection.execute(sql).fetchall())


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("intervals_where_allowed", "ci_low = value + 1"),
        ("intervals_where_allowed", "ci_high = null"),
        ("intervals_where_allowed", "n_observed = 30"),
        ("intervals_where_allowed", "evidence = 'claims'"),
        ("intervals_where_allowed", "ci_method = 'woodruff_95'"),
        ("intervals_where_allowed", "ci_high = 101"),
        ("comparisons_rest_on_intervals", "ci_low = null"),
        ("comparisons_rest_on_intervals", "comparison = 'higher'"),
        ("comparisons_rest_on_intervals", "comparison_value = null"),
        ("comparisons_rest_on_intervals", "status = 'suppressed'"),
        ("comparisons_rest_on_intervals", "insurer_code = 'all'"),
    ],
)
def test_a_check_finds_what_is_wrong(
    connection: duckdb.DuckDBPyConnection, check: str, change: str
) -> None:
    publish(connection, {}, PART)
    assert wrong(connection, check) == 0
    connection.execute(f"update indicator_value set {change} where insurer_code = 'i1'")  # noqa: S608
    assert wrong(connection, check) == 1


@pytest.mark.parametrize(
    "change",
    ["value_low = 20, value_high = 10", "value = 4", "qualifier = 'exact'", "value_low = -1"],
)
def test_a_median_is_a_number_or_a_class(
    connection: duckdb.DuckDBPyConnection, change: str
) -> None:
    connection.execute("update ref_indicator set method = 'censored_duration'")
    median = {"category": "median", "unit": "days", "value": None, "value_low": 30.0,
              "value_high": 90.0, "qualifier": "range"}  # fmt: skip
    publish(connection, median)
    assert wrong(connection, "medians_lie_in_classes") == 0
    connection.execute(f"update indicator_value set {change}")  # noqa: S608
    assert wrong(connection, "medians_lie_in_classes") == 1


def test_a_share_still_closed_cannot_rise_with_the_days(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("update ref_indicator set method = 'censored_duration'")
    shares = [{"category": f"closed_{day}", "value": value} for day, value in ((30, 50), (60, 60))]
    publish(connection, *shares)
    assert wrong(connection, "medians_lie_in_classes") == 1


def test_a_trend_over_a_break_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    publish(connection, *({"period_year": 2018 + n, "value": 10.0 + n} for n in range(6)))
    assert connection.execute("select verdict from trend").fetchall() == [("rising",)]
    assert wrong(connection, "trends_stop_at_breaks") == 0
    connection.execute("update indicator_value set comparable_group = 'b' where period_year > 2020")
    assert wrong(connection, "trends_stop_at_breaks") == 1


@pytest.mark.parametrize(
    ("source", "insurer", "region", "cut"),
    [
        (None, "i1", None, {("i1", "NL"), ("i1", "r1")}),
        ("s", None, "r1", {("all", "r1"), ("i1", "r1"), ("i2", "r1")}),
        ("other", "i1", None, set()),
        (None, None, None, {("all", "NL"), ("all", "r1"), ("i1", "NL"), ("i1", "r1"), ("i2", "NL"),
                            ("i2", "r1")}),
    ],
)  # fmt: skip
def test_a_break_cuts_what_it_concerns_and_nothing_else(
    source: str | None, insurer: str | None, region: str | None, cut: set[tuple[str, str]]
) -> None:
    rows = [
        {"period_year": year, "insurer_code": code, "numerator": 5.0, "denominator": 10.0,
         "contributors": 40, "largest": 1.0}
        for year in (2020, 2021, 2022) for code in ("i1", "i2")
    ]  # fmt: skip
    made = indicator("ratio", breakdowns=["insurer", "region", "insurer+region"])
    with database() as connection:
        connection.execute(
            "create table mart.mart_break as select ?::varchar as source_id,"
            " ?::varchar as insurer_code, ?::varchar as region_code, 2020 as after_year",
            [source, insurer, region],
        )
        found = add(connection, made, rows)
    groups = {
        (code, place): [
            cell(found, insurer=code, region=place, period_year=year)["comparable_group"]
            for year in (2020, 2021, 2022)
        ]
        for code in ("all", "i1", "i2") for place in ("NL", "r1")
    }  # fmt: skip
    assert {place for place, (a, b, _) in groups.items() if a != b} == cut
    assert all(b == c for _, b, c in groups.values())
