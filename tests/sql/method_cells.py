"""Make cells of observations in a database of one's own, with an indicator of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import duckdb
import pandas as pd

from warehouse.catalogue import Catalogue
from warehouse.catalogue.schema import Indicator
from warehouse.cells import add_cells, create_cells

Row = dict[str, Any]
_TEXT = dict.fromkeys(
    ("title", "question", "definition", "population", "numerator", "denominator", "how_to_read",
     "headline", "headline_empty"),
    "x",
)  # fmt: skip
DULL: Row = {
    "evidence": "survey", "source_id": "s", "delivery_id": "d", "period_year": 2023,
    "sector_code": "ggz", "insurer_code": "i1", "region_code": "r1", "provider_group": "g1",
}  # fmt: skip
"""An observation but for what it measures."""


def indicator(method: str, **changed: object) -> Indicator:
    """Return an indicator that is broken down in every way there is."""
    given = {
        "id": "x", "status": "active", "topic": "t", "order": 1, "method": method,
        "sources": ["s"], "unit": "percent", "decimals": 1, "polarity": "none",
        "bases": ["contracts"], "unit_of_analysis": "contracts", "chart": "trend",
        "breakdowns": ["insurer", "region", "provider_group", "insurer+region"],
        "dimensions": ["sector", "period_year", "insurer", "region", "provider_group"],
        "series": "none", "nl": _TEXT, "en": _TEXT, "headline": {"kind": "latest"},
    }  # fmt: skip
    return Indicator.model_validate(given | changed)


def database() -> duckdb.DuckDBPyConnection:
    """Return an empty work database with a table of cells."""
    connection = duckdb.connect()
    connection.execute("create schema indicator")
    connection.execute("create schema mart")
    create_cells(connection)
    return connection


def add(
    connection: duckdb.DuckDBPyConnection, made: Indicator, observed: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """Add the cells of these observations and return all cells."""
    connection.register("observed_rows", pd.DataFrame([DULL | dict(row) for row in observed]))
    connection.execute(f'create or replace table indicator."{made.id}" as from observed_rows')
    connection.unregister("observed_rows")
    return add_table(connection, made)


def add_table(connection: duckdb.DuckDBPyConnection, made: Indicator) -> list[Row]:
    """Add the cells of the observations that stand in the database, and return all cells."""
    empty: dict[str, Any] = {vocabulary.name: {} for vocabulary in fields(Catalogue)}
    add_cells(connection, Catalogue(**(empty | {"indicators": {made.id: made}})), made)
    frame = connection.execute("select * from indicator.indicator_cell order by all").df()
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(row) for row in plain.to_dict("records")]


def cell(
    rows: Sequence[Row],
    *,
    insurer: str = "all",
    region: str = "NL",
    group: str = "all",
    **more: object,
) -> Row:
    """Return the one cell of a place; `more` names other columns."""
    wanted = {"insurer_code": insurer, "region_code": region, "provider_group": group, **more}
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} cells for {wanted}"
    return found[0]
