"""No verdict crosses an event that breaks a series: the check finds each that would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT

SQL = (PROJECT / "warehouse/checks/verdicts_stop_at_events.sql").read_text(encoding="utf-8")
SERIES = ("all", "NL", "all", "all", "costs", "claims")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables as the build makes them: an event breaks x after 2021, in ggz only."""
    with duckdb.connect() as made:
        named = (
            "indicator_id varchar, sector_code varchar, insurer_code varchar, region_code varchar,"
            " provider_group varchar, category varchar, base varchar, evidence varchar"
        )
        made.execute(
            f"create table trend ({named}, first_year int, last_year int, verdict varchar)"
        )
        made.execute(
            f"create table indicator_value ({named}, period_year int, comparable_group varchar)"
        )
        made.execute(
            "create table dated_event_cut as select 'rule' as event_id, 'x' as indicator_id,"
            " 2021 as after_year, 'ggz' as sector_code"
        )
        yield made


def tell(
    connection: duckdb.DuckDBPyConnection,
    first: int,
    last: int,
    verdict: str = "rising",
    *,
    sector: str = "ggz",
) -> None:
    row = ["x", sector, *SERIES, first, last, verdict]
    connection.execute("insert into trend values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def group(
    connection: duckdb.DuckDBPyConnection, name: str, *years: int, sector: str = "ggz"
) -> None:
    for year in years:
        row = ["x", sector, *SERIES, year, name]
        connection.execute("insert into indicator_value values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def found(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int]]:
    rows = connection.execute(SQL).df()[["verdict", "first_year", "last_year"]]
    return sorted(tuple(row) for row in rows.itertuples(index=False))


def test_a_trend_over_the_event_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    tell(connection, 2018, 2022)
    tell(connection, 2016, 2021)
    tell(connection, 2022, 2026)
    tell(connection, 2016, 2026, "undetermined")
    tell(connection, 2016, 2026, sector="wijkverpleging")
    assert found(connection) == [("trend", 2018, 2022)]


def test_cells_on_both_sides_in_one_group_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    group(connection, "joined", 2019, 2022)
    group(connection, "before", 2020, 2021)
    group(connection, "after", 2022, 2023)
    group(connection, "elsewhere", 2019, 2023, sector="wijkverpleging")
    assert found(connection) == [("group", 2019, 2022)]


def test_an_event_without_a_sector_breaks_every_sector(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("update dated_event_cut set sector_code = null")
    group(connection, "elsewhere", 2019, 2023, sector="wijkverpleging")
    tell(connection, 2018, 2023, sector="wijkverpleging")
    assert found(connection) == [("group", 2019, 2023), ("trend", 2018, 2023)]


def test_every_cut_of_the_catalogue_is_published(shipped_releases: Path) -> None:
    with duckdb.connect(shipped_releases / "current" / "public.duckdb", read_only=True) as file:
        cuts = file.execute(
            "select distinct event_id, indicator_id, after_year from published.dated_event_cut"
        ).fetchall()
        breaks = file.execute(
            "select event, indicator_id, after from published.break where event is not null"
        ).fetchall()
        assert sorted(cuts) == sorted(breaks)
        assert cuts


def test_dates_say_the_first_and_the_last_day_that_they_can_mean(shipped_releases: Path) -> None:
    with duckdb.connect(shipped_releases / "current" / "public.duckdb", read_only=True) as file:
        told = {
            row[0]: row[1:]
            for row in file.execute(
                "select event_id, since, date_from::varchar, until, date_until::varchar"
                " from published.dated_event"
            ).fetchall()
        }
    assert told["experiment_wijkverpleging_2016"] == ("2016", "2016-01-01", "2022", "2022-12-31")
    assert told["th_nr_021"] == ("2022-01-01", "2022-01-01", "2024-03-27", "2024-03-27")
    assert told["zorgprestatiemodel"] == ("2022-01-01", "2022-01-01", None, None)
    assert told["calendar_premiums"] == (None, None, None, None)
    assert any(event.startswith("ext-") for event in told), "rulings of judges stand among them"
