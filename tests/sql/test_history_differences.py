"""Nobody subtracts two releases: not in the history of values, and the gate tells of it."""

# Names in the SQL below are ours.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from etl.gate_findings import comparison_findings
from warehouse.models import CHECKS, MODELS
from warehouse.releases import PUBLIC
from warehouse.review.comparison import compare

HISTORY = (MODELS / "published" / "value_history.sql").read_text(encoding="utf-8")
SAFE = tuple(
    (CHECKS / f"{name}.sql").read_text(encoding="utf-8")
    for name in ("history_is_whole", "history_tells_no_secrets")
)
Clients = Mapping[str, int | None]
"""Per region how many clients; None where that is hidden."""
OWN = ", null::varchar as status_before_hiding"
FIRST: Clients = {"NL": 494067, "ZK11": 300001, "ZK12": 100000, "ZK13": 94066}
LATE: Clients = {"NL": 498224, "ZK11": 300001, "ZK12": 100000, "ZK13": None, "ZK14": None}
"""A region came later, and it and its company are hidden: the difference of the totals is it."""


def cells(clients: Clients, *, evidence: str = "claims", year: int = 2023) -> str:
    rows = ", ".join(
        f"('{region}', {'null' if count is None else count})" for region, count in clients.items()
    )
    return f"""
        select
            concat_ws('|', 'share', 'all', '{year}', 'all', region, '{evidence}') as cell_id,
            'share' as indicator_id, 'all' as sector_code, {year} as period_year,
            '{year}' as period, 'all' as insurer_code, region as region_code,
            'all' as provider_group, 'all' as category, null::varchar as population,
            'clients' as base, null::varchar as voice, '{evidence}' as evidence,
            'source' as source_id, null::varchar as document_id, 'source/{year}/1' as delivery_id,
            100 * floor(n / 3) / n as value, null::double as value_low,
            null::double as value_high, floor(n / 3)::double as numerator,
            n::double as denominator, n::double as n_observed, n::double as n_unweighted,
            null::double as ci_low, null::double as ci_high, null::varchar as ci_method,
            'exact' as qualifier, null::varchar as comparison,
            case when region <> 'NL' and n is not null then 33.25 end as comparison_value,
            null::varchar as label_nl, null::varchar as label_en, 'percent' as unit,
            1 as decimals, [region] as figure_ids,
            case when n is null then 'suppressed' else 'final' end as status,
            case when n is null then 'few' end as suppression
        from (values {rows}) as t (region, n)
    """


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def history(
    connection: duckdb.DuckDBPyConnection, then: str, now: str
) -> dict[tuple[str, str], dict[str, object]]:
    """Make the history of a second release; it must pass the checks of a build."""
    connection.execute(f"create table previous_value as {then}")
    connection.execute(
        "create table previous_history as select *, 'r1' as release_id, '2026' as published_at,"
        f" false as is_gone{OWN} from previous_value"
    )
    connection.execute(f"create table indicator_value as {now}")
    connection.execute("create table this_release as select 'r2' as release_id, '2027' as built_at")
    connection.execute(
        "create table known_release as select * from (values"
        " ('r1', null, false), ('r2', 'r1', true))"
        " as t (release_id, previous_release_id, is_this)"
    )
    connection.execute(f"create table value_history as {HISTORY}")
    connection.execute(
        "create table revision as select *, value as old_value, value_low as old_value_low,"
        " value_high as old_value_high, value as new_value, value_low as new_value_low,"
        " value_high as new_value_high from value_history limit 0"
    )
    connection.execute("create table withheld_figure (figure_id varchar)")
    connection.execute("create table masked_source (source_id varchar)")
    for check in SAFE:
        assert connection.execute(check).fetchall() == []
    cursor = connection.execute("select * from value_history")
    names = [str(one[0]) for one in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(str(row["release_id"]), str(row["region_code"])): row for row in rows}


def test_the_totals_of_two_releases_tell_no_hidden_part(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    told = history(connection, cells(FIRST), cells(LATE))
    before = told["r1", "NL"]
    assert before["value"] == 33.3
    assert before["status"] == "final"
    for column in ("numerator", "denominator", "n_observed", "n_unweighted"):
        assert before[column] is None
    assert told["r2", "NL"]["denominator"] == 498224
    # What is published now is whole, also where an earlier release brought it.
    assert told["r1", "ZK11"]["denominator"] == 300001
    assert told["r1", "ZK13"]["value"] is None


def test_a_part_that_went_leaves_nothing_to_subtract(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    then: Clients = {**FIRST, "ZK15": 50}
    told = history(connection, cells(then), cells(LATE))
    for release in ("r1", "r2"):
        gone = told[release, "ZK15"]
        assert [gone[name] for name in ("value", "denominator", "comparison_value")] == [None] * 3
    assert told["r1", "ZK15"]["status"] == "suppressed"
    assert told["r1", "ZK15"]["status_before_hiding"] == "final"
    assert told["r2", "ZK15"]["is_gone"]


@pytest.mark.parametrize(
    ("evidence", "now"),
    [
        ("published", LATE),
        # Nothing of this source and year is hidden.
        ("claims", {"NL": 498224, "ZK11": 300001, "ZK12": 100000, "ZK13": 98223}),
    ],
)
def test_the_history_of_what_hides_nothing_is_kept(
    connection: duckdb.DuckDBPyConnection, evidence: str, now: Clients
) -> None:
    told = history(connection, cells(FIRST, evidence=evidence), cells(now, evidence=evidence))
    assert told["r1", "NL"]["denominator"] == 494067
    assert told["r1", "NL"]["value"] == pytest.approx(100 * 164689 / 494067)


@pytest.mark.parametrize(
    ("then", "now", "evidence", "severity"),
    [
        (FIRST, LATE, "claims", "stop"),
        (FIRST, LATE, "example", "look"),
        # More than half of the row changed: the rest need not be the same either.
        (FIRST, {**LATE, "ZK11": 300000, "ZK12": 100002}, "claims", None),
        # Two came: their sum is told, neither of them is.
        (FIRST, {**LATE, "ZK15": None}, "claims", None),
        # A year that the served release had nothing of.
        ({}, LATE, "claims", None),
        (LATE, LATE, "claims", None),
    ],
)
def test_the_gate_finds_a_part_that_the_totals_tell(
    tmp_path: Path, then: Clients, now: Clients, evidence: str, severity: str | None
) -> None:
    for name, clients in (("then", then), ("now", now)):
        (tmp_path / name).mkdir()
        with duckdb.connect(str(tmp_path / name / PUBLIC)) as connection:
            connection.execute("create schema published")
            rows = cells(clients or FIRST, evidence=evidence, year=2023 if clients else 2022)
            connection.execute(f"create table published.indicator_value as {rows}")
            connection.execute(
                "create table published.region as select region as code,"
                " region as nl, region as en, case when region = 'NL'"
                " then 'country' else 'zorgkantoorregio' end as kind"
                " from (values ('NL'), ('ZK11'), ('ZK12'), ('ZK13'), ('ZK14'), ('ZK15'))"
                " as t (region)"
            )
    with compare(tmp_path / "now", tmp_path / "then") as comparison:
        told = {each.cell_id.split("|")[4] for each in comparison.told()}
        found = [
            each.severity
            for each in comparison_findings(comparison)
            if each.fault.code == "hidden_told"
        ]
    assert told == ({"ZK14"} if severity else set())
    assert found == ([severity] if severity else [])
