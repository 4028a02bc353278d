"""What must not be told any more stays behind when a release takes over the past."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.editions import EDITIONS, Edition
from warehouse.past import Past, load_cells, load_releases
from warehouse.publication import Publication

CELLS = {
    "named": "share|ggz|2023|cz|NL|all|all|claims|costs||claims_aggregate",
    "gone": "share|ggz|2019|vgz|NL|all|all|claims|costs||claims_aggregate",
    "whole": "share|ggz|2023|all|NL|all|all|claims|costs||claims_aggregate",
    "printed": "share|ggz|2023|vgz|NL|all|all|published|costs||nza_2023",
    "dropped": "share|ggz|2023|dsw|utrecht|all|all|survey|costs||provider_survey",
    "withheld": "share|ggz|2022|all|NL|all|all|published|costs||nza_2022",
}
NOW = (
    "select ''::varchar as cell_id, '' as indicator_id, [''] as figure_ids, '' as source_id,"
    " '' as insurer_code, '' as region_code, '' as delivery_id, '' as locator"
)
TABLES = ("previous_value", "previous_history")


def earlier(folder: Path, file: str) -> None:
    """Write what an earlier release published: a new one, whose history goes on."""
    with duckdb.connect(str(folder / file)) as connection:
        connection.execute("create schema published")
        connection.execute(f"create table published.indicator_value as {NOW} limit 0")
        for name, cell in CELLS.items():
            parts = cell.split("|")
            file = f"{parts[-1]}/{parts[2]}/{parts[3]}"
            connection.execute(
                "insert into published.indicator_value values (?, 'share', [?], ?, ?, ?, ?, ?)",
                [cell, name, parts[-1], parts[3], parts[4], file, file],
            )
        connection.execute(
            "create table published.value_history as select *, 'r1' as release_id,"
            " '2026-01-01' as published_at, false as is_gone,"
            " null::varchar as status_before_hiding from published.indicator_value"
        )
        connection.execute(
            "create table published.known_release as select 'r1' as release_id,"
            " null::varchar as previous_release_id, '2026-01-01' as built_at"
        )


def work_on(connection: duckdb.DuckDBPyConnection, edition: Edition) -> None:
    """Make what the build has by the time it looks back."""
    for schema in ("build", "mart", "ref"):
        connection.execute(f"create schema {schema}")
    connection.execute("create table build.letter as select 'share' as indicator_id,"
                       " 'cz' as insurer_code")  # fmt: skip
    connection.execute("create table build.masked_source as select 'claims_aggregate' as source_id")
    connection.execute("create table mart.mart_withheld as select 'withheld' as figure_id")
    connection.execute(
        "create table ref.ref_disclosure as select 'provider_survey' as source,"
        " ['insurer+region'] as public_drops"
    )
    connection.execute(f"attach ':memory:' as {edition.database}")
    connection.execute(f"create schema {edition.database}.published")
    connection.execute(
        f"create table {edition.database}.published.indicator_value as {NOW} limit 0"
    )


def taken_over(folder: Path, edition: Edition) -> dict[str, dict[str, str | None]]:
    """Return the cells that are taken over, each with the file that it came from."""
    past = Past(folder, (folder,), (Publication("2026-01-01T00:00:00+00:00", "build", "r1"),))
    with duckdb.connect() as connection:
        work_on(connection, edition)
        load_releases(connection, edition, past)
        load_cells(connection, "memory", edition, past)
        return {
            table: dict(connection.table(table).project("cell_id, delivery_id").fetchall())
            for table in TABLES
        }


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_names_and_withheld_figures_stay_behind(tmp_path: Path, edition: Edition) -> None:
    """Also the name of an insurer that the source does not have any more, and so has no letter."""
    earlier(tmp_path, edition.file)
    kept = taken_over(tmp_path, edition)
    told = {"whole", "printed"} | (set() if edition.is_public else {"named", "gone", "dropped"})
    for table in TABLES:
        assert set(kept[table]) == {CELLS[name] for name in told}
        assert kept[table][CELLS["printed"]] == "nza_2023/2023/vgz"
        # A file of a confidential source may be called after an insurer.
        whole = None if edition.is_public else "claims_aggregate/2023/all"
        assert kept[table][CELLS["whole"]] == whole


def test_of_an_older_release_the_cells_themselves_are_taken_over(tmp_path: Path) -> None:
    """A release from before there were parents: all it showed is known, but not what it changed."""
    edition = EDITIONS[1]
    earlier(tmp_path, edition.file)
    with duckdb.connect(str(tmp_path / edition.file)) as connection:
        connection.execute("drop table published.known_release")
        connection.execute("drop table published.value_history")
        connection.execute("create table published.value_history as select 'x' as cell_id")
        connection.execute(
            "create table published.release as select 'r0' as release_id, 'then' as built_at"
        )
    past = Past(tmp_path, (tmp_path,))
    with duckdb.connect() as connection:
        work_on(connection, edition)
        load_releases(connection, edition, past)
        load_cells(connection, "memory", edition, past)
        (one,) = connection.execute("select * from build.previous_release").fetchall()
        assert one == ("r0", None, "then")
        rows = connection.execute(
            "select distinct release_id, published_at, is_gone from previous_history"
        ).fetchall()
        assert rows == [("r0", "then", False)]
