"""What was public under a name stays behind once its source is confidential."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.editions import EDITIONS
from warehouse.publishing import HISTORY_COLUMNS, VALUE_COLUMNS, Past, load_previous

CELLS = {
    "named": "share|ggz|2023|cz|NL|all|all|claims|costs||claims_aggregate",
    "gone": "share|ggz|2019|vgz|NL|all|all|claims|costs||claims_aggregate",
    "whole": "share|ggz|2023|all|NL|all|all|claims|costs||claims_aggregate",
    "printed": "share|ggz|2023|vgz|NL|all|all|published|costs||nza_2023",
}


def earlier(folder: Path, file: str) -> None:
    with duckdb.connect(str(folder / file)) as connection:
        connection.execute("create schema published")
        for table, columns in (
            ("indicator_value", VALUE_COLUMNS),
            ("value_history", HISTORY_COLUMNS),
        ):
            listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table published.{table} ({listed})")
            connection.executemany(
                f"insert into published.{table} (cell_id, indicator_id, value)"  # noqa: S608
                " values (?, 'share', 1)",
                [[cell] for cell in CELLS.values()],
            )


def test_names_of_a_source_that_became_confidential_stay_behind(tmp_path: Path) -> None:
    """Also the name of an insurer that the source does not have any more, and so has no letter."""
    kept = {}
    for edition in EDITIONS:
        earlier(tmp_path, edition.file)
        with duckdb.connect() as connection:
            connection.execute("create schema build")
            connection.execute(
                "create table build.letter (indicator_id varchar, insurer_code varchar)"
            )
            connection.execute("insert into build.letter values ('share', 'cz')")
            connection.execute("create table build.masked_source (source_id varchar)")
            connection.execute("insert into build.masked_source values ('claims_aggregate')")
            load_previous(connection, edition, Past(tmp_path, (tmp_path,)))
            for table in ("previous_value", "previous_history"):
                found = connection.execute(f"select cell_id from build.{table}").fetchall()  # noqa: S608
                kept[edition.name, table] = {cell for (cell,) in found}
    for table in ("previous_value", "previous_history"):
        assert kept["public", table] == {CELLS["whole"], CELLS["printed"]}
        assert kept["staff", table] == set(CELLS.values())
