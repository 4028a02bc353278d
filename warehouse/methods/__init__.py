"""The methods that turn observations into cells: one module per method.

An indicator's SELECT returns cells, or observations: one row per answer or per row of claims.
Which of the two is seen from its columns. DuckDB adds up; only what it cannot do is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module

import duckdb

from warehouse.catalogue.schema import Indicator, Method
from warehouse.methods import durations, median, ratio, weighted
from warehouse.methods.cube import Observations

COMPUTED_TABLE = "computed_cell"
"""The table, thrown away with the build, in which a method leaves its cells."""

_METHODS: dict[Method, Callable[[duckdb.DuckDBPyConnection, Observations, str], None]] = {
    "ratio": ratio.compute,
    "weighted_ratio": weighted.compute,
    "weighted_median": median.compute,
    "censored_duration": durations.compute,
}


_LIBRARIES = ("lifelines.fitters.npmle", "statsmodels.stats.proportion")
"""What takes seconds to import; methods import it when they first need it."""


def import_libraries() -> None:
    """Import what the methods use, so that it can be done beside something else."""
    for name in _LIBRARIES:
        import_module(name)


def is_observations(returned: Collection[str]) -> bool:
    """Say whether a SELECT with these columns returns observations, and not cells."""
    return bool({"unit_id", "contributors"} & set(returned))


def compute_cells(
    connection: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    table: str,
    returned: Collection[str],
) -> str:
    """Turn the observations of an indicator into its cells.

    Args:
        connection: The work database.
        indicator: The indicator; its method and breakdowns say what is made.
        table: The table of observations.
        returned: The columns of that table.

    Returns:
        The name of a temporary table: cells, with the columns of the long form.

    Raises:
        ModelError: When the observations lack a column, or hold one that is not known.
    """
    observations = Observations.of(connection, indicator, table, returned)
    connection.execute(f"drop table if exists {COMPUTED_TABLE}")
    _METHODS[indicator.method](connection, observations, COMPUTED_TABLE)
    observations.drop(connection)
    return COMPUTED_TABLE
