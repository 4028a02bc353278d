"""The interval in indicator_value.sql is Wilson's, and stands only where it may."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from tests.conftest import PROJECT
from warehouse.cells import create_cells

SQL = (PROJECT / "warehouse/models/published/indicator_value.sql").read_text(encoding="utf-8")
DULL: dict[str, object] = {
    "sector_code": "ggz", "period_year": 2021, "period": "2021", "insurer_code": "all",
    "region_code": "NL", "provider_group": "all", "category": "all", "population": "instellingen",
    "evidence": "published", "base": "respondents", "unit": "percent", "n_unit": "respondents",
    "qualifier": "exact", "status": "final", "source_id": "s", "document_id": "d", "locator": "l",
    "figure_ids": ["f"], "caveats": [], "voice": "", "decimals": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema indicator")
        connection.execute(
            "create table ref_indicator as"
            " select 'x' as id, 'trend' as chart, []::varchar[] as breakdowns"
        )
        connection.execute(
            "create table mart_correction as select *, false as is_applied from (values"
            " ('misprinted', 'value', 'numerator'), ('named', 'label', 'breakdown_value')"
            ") as c (figure_id, kind, column_name)"
        )
        connection.execute(
            "create table mart_correction_mark (correction_id varchar, error varchar,"
            " source_id varchar, delivery_id varchar, indicators varchar[], sector_code varchar,"
            " insurer_code varchar, region_code varchar, provider_group varchar,"
            " period_year integer)"
        )
        connection.execute("create table delivery_alias (delivery_id varchar, alias varchar)")
        create_cells(connection)
        connection.execute("create view edition_cell as select * from indicator.indicator_cell")
        connection.execute("set search_path = 'main,indicator'")
        yield connection


def published(database: duckdb.DuckDBPyConnection, **cell: object) -> dict[str, object]:
    """Publish one cell, dull but for what the test names."""
    row = DULL | cell
    database.execute("delete from indicator.indicator_cell")
    columns = {"indicator_id": "x", "method": "published", "min_observed": 10, **row}
    marks = ", ".join("?" for _ in columns)
    database.execute(
        f"insert into indicator.indicator_cell ({', '.join(columns)}) values ({marks})",  # noqa: S608
        list(columns.values()),
    )
    frame = database.execute(SQL).df()
    return dict(frame.iloc[0].to_dict())


@settings(deadline=None)
@given(n=st.integers(31, 5000), data=st.data())
def test_the_interval_is_that_of_statsmodels(
    database: duckdb.DuckDBPyConnection, n: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, n))
    row = published(database, value=100 * hits / n, numerator=hits, n_observed=n)
    low, high = proportion_confint(hits, n, alpha=0.05, method="wilson")
    assert row["ci_low"] == pytest.approx(100 * low, abs=1e-6)
    assert row["ci_high"] == pytest.approx(100 * high, abs=1e-6)
    assert row["ci_method"] == "wilson_95"


@pytest.mark.parametrize(
    "cell",
    [
        {"n_observed": 30, "numerator": 15},
        {"n_unit": "insurers"},
        {"n_unit": "amount"},
        {"unit": "count"},
        {"qualifier": "approximately"},
        {"value": None, "value_low": 50.0, "qualifier": "more_than", "numerator": None},
        {"n_observed": None, "numerator": None},
    ],
)
def test_no_interval_where_none_is_allowed(
    database: duckdb.DuckDBPyConnection, cell: dict[str, object]
) -> None:
    row = published(database, **({"value": 50.0, "numerator": 50, "n_observed": 100} | cell))
    assert row["ci_method"] is None
    assert row["ci_low"] != row["ci_low"], "there is a margin"  # not a number


def test_the_counts_behind_a_rounded_percentage_are_used(
    database: duckdb.DuckDBPyConnection,
) -> None:
    row = published(database, value=17.0, numerator=9, n_observed=52)
    low, high = proportion_confint(9, 52, alpha=0.05, method="wilson")
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((100 * low, 100 * high))


@pytest.mark.parametrize("evidence", ["survey", "claims", "example"])
def test_what_is_computed_from_few_is_suppressed(
    database: duckdb.DuckDBPyConnection, evidence: str
) -> None:
    row = published(database, value=50.0, numerator=4, n_observed=8, evidence=evidence)
    assert row["status"] == "suppressed"
    assert all(row[name] != row[name] for name in ("value", "numerator", "n_observed"))


def test_what_a_source_printed_is_never_suppressed(database: duckdb.DuckDBPyConnection) -> None:
    row = published(database, value=75.0, numerator=6, n_observed=8, n_unit="insurers")
    assert (row["status"], row["value"]) == ("final", 75.0)


def test_a_misprinted_count_makes_no_interval(database: duckdb.DuckDBPyConnection) -> None:
    row = published(database, value=56.32, numerator=245, n_observed=451, figure_ids=["misprinted"])
    assert row["value"] == 56.32
    assert all(row[name] != row[name] for name in ("numerator", "ci_low", "ci_high"))
    assert "printed_error" in str(row["caveats"])


def test_a_misprinted_name_leaves_the_interval(database: duckdb.DuckDBPyConnection) -> None:
    row = published(database, value=50.0, numerator=50, n_observed=100, figure_ids=["named"])
    assert row["ci_method"] == "wilson_95"
    assert row["numerator"] == 50
