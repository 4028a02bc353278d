"""Tell whether two releases publish the same: every table, without build time and release id."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import duckdb

EDITIONS = ("public", "staff")
HISTORY = "history.jsonl"
MOMENT = re.compile(r".*_at|at|(known|served)_(from|until)")
"""Columns that hold a moment of building or serving."""
OF_COMMANDS = frozenset({"publication", "known_release", "release", "value_history", "revision"})
"""Tables that tell what was served when: other things after a rollback, or after a candidate of a
killed build was published."""


def print_of(releases: Path, release_id: str, *, commands_differ: bool = False) -> dict[str, str]:
    """Give a digest of each published table of a release.

    The names of releases differ from one run to another, so each is replaced by its place in
    the order in which releases were first served.

    Args:
        releases: The folder of releases.
        release_id: Which release.
        commands_differ: Whether tables that tell what the operator did may differ.
    """
    names = _places(releases)
    found: dict[str, str] = {}
    for edition in EDITIONS:
        file = releases / release_id / f"{edition}.duckdb"
        with duckdb.connect(str(file), read_only=True) as connection:
            for table in _tables(connection):
                if not (commands_differ and table in OF_COMMANDS):
                    found[f"{edition}.{table}"] = _digest(connection, table, names)
    return found


def differences(found: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """Name the tables that differ."""
    names = sorted({*found, *expected})
    return [name for name in names if found.get(name) != expected.get(name)]


def _places(releases: Path) -> dict[str, str]:
    """Number the releases in the order in which they were first served."""
    places: dict[str, str] = {}
    for line in (releases / HISTORY).read_text(encoding="utf-8").splitlines():
        release_id = json.loads(line)["release_id"]
        places.setdefault(release_id, f"release {len(places)}")
    return places


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'published' order by 1"
    ).fetchall()
    return [str(name) for (name,) in rows]


def _digest(connection: duckdb.DuckDBPyConnection, table: str, names: Mapping[str, str]) -> str:
    columns = [
        str(name)
        for (name,) in connection.execute(
            "select column_name from duckdb_columns()"
            " where schema_name = 'published' and table_name = ? order by column_index",
            [table],
        ).fetchall()
        if not MOMENT.fullmatch(str(name))
    ]
    asked = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(f"select {asked} from published.{table}").fetchall()  # noqa: S608
    texts = sorted(
        repr([names.get(cell, cell) if isinstance(cell, str) else cell for cell in row])
        for row in rows
    )
    return hashlib.sha256("\n".join([asked, *texts]).encode()).hexdigest()
