"""Weighted shares of answers, with an interval that knows that answers come in clusters.

A respondent answers once per insurer, and answers weigh differently, so the answers tell less
than their number. The linearised variance over respondents gives the number of equal,
independent answers that would tell as much (Korn & Graubard 1998); Wilson's interval (1927)
is worked out with that number, by statsmodels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.methods.cube import CELL, Observations, exact_sum
from warehouse.methods.ratio import DIGITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ONE_PER_UNIT = frozenset({"respondents", "providers"})
"""Units of analysis that count once in a cell, however many rows they have there."""
FEWEST_FOR_INTERVAL = 30
"""With this many answers or fewer a count is shown, and no interval."""
INTERVAL = "wilson_design_95"

CLUSTERS = (
    f"count(*) as contributors, sum(n) as n, {exact_sum('w')} as w, {exact_sum('y')} as y,"
    f" {exact_sum('w * w')} as ww, {exact_sum('w * y')} as wy, {exact_sum('y * y')} as yy"
)
"""What the variance over respondents needs of a cell, from one row per respondent."""


def compute(connection: duckdb.DuckDBPyConnection, observed: Observations, target: str) -> None:
    """Write the cells of a weighted share into the table `target`."""
    once = observed.indicator.unit_of_analysis in ONE_PER_UNIT
    # Who counts once counts as soon as one of its rows in the cell does.
    measures = (
        "max(weight) as w, max(weight * numerator) as y, 1 as n, max(numerator) as hits"
        if once
        else f"{exact_sum('weight * denominator')} as w, {exact_sum('weight * numerator')} as y,"
        " sum(denominator) as n, sum(numerator) as hits"
    )
    units = observed.cube(measures, also=("unit_id",))
    connection.execute(
        "create or replace temp table weighted_cell as"  # noqa: S608  # names are ours
        f" select {', '.join(CELL)}, sum(hits) as hits, {CLUSTERS},"
        " row_number() over () as cell"
        f" from ({units}) as units group by {', '.join(CELL)}"
    )
    add_intervals(connection, "weighted_cell", observed.indicator.min_observed)
    scale = observed.indicator.scale
    connection.execute(
        "create or replace temp view worked_out as"  # noqa: S608  # names are ours
        f" select {', '.join(CELL)},"
        f" round({scale} * y / nullif(w, 0), {DIGITS}) as value, null::double as value_low,"
        " null::double as value_high, hits::double as numerator, n::double as denominator,"
        " n::double as n_observed, contributors::double as contributors,"
        f" round({scale} * low, {DIGITS}) as ci_low, round({scale} * high, {DIGITS}) as ci_high,"
        f" case when low is not null then '{INTERVAL}' end as ci_method"
        " from weighted_cell left join weighted_interval using (cell)"
    )
    observed.write(connection, "worked_out", target)
    connection.execute("drop view worked_out")
    connection.execute("drop table weighted_interval")
    connection.execute("drop table weighted_cell")


def add_intervals(connection: duckdb.DuckDBPyConnection, table: str, minimum: int) -> None:
    """Write `weighted_interval`: cell, low and high.

    Args:
        connection: The work database.
        table: A table with the columns of `CLUSTERS`, and the number `cell` of each row.
        minimum: Cells with fewer respondents get no interval.
    """
    connection.execute(
        "create or replace temp table weighted_interval (cell bigint, low double, high double)"
    )
    found = clusters(connection, table, minimum)
    if not len(found.cell):
        return
    low, high = wilson(found.y / found.w, effective_number(found))
    store(connection, "weighted_interval", {"cell": found.cell, "low": low, "high": high})


@dataclass(frozen=True)
class Clusters:
    """Sums over respondents, one number per cell."""

    cell: NDArray[np.int64]
    m: Numbers
    """Respondents."""
    n: Numbers
    """Answers."""
    w: Numbers
    """Sum of the weights."""
    y: Numbers
    """Sum of the weights in the numerator."""
    ww: Numbers
    """Sum of the squares of the weight of each respondent."""
    wy: Numbers
    """Sum of the weight of each respondent times that in the numerator."""
    yy: Numbers
    """Sum of the squares of the weight of each respondent in the numerator."""


def clusters(connection: duckdb.DuckDBPyConnection, table: str, minimum: int) -> Clusters:
    """Read the sums of the cells that may have an interval."""
    import numpy as np

    found = connection.execute(
        f"select cell, contributors::double, n::double, w::double, y::double, ww::double,"  # noqa: S608
        f" wy::double, yy::double from {table}"
        f" where w > 0 and contributors >= ? and n > {FEWEST_FOR_INTERVAL} order by cell",
        [minimum],
    ).fetchall()
    numbers = np.array(found, dtype=np.float64).reshape(-1, 8).T
    return Clusters(numbers[0].astype(np.int64), *numbers[1:])


def wilson(share: Numbers, number: Numbers) -> tuple[Numbers, Numbers]:
    """Return Wilson's 95% interval of shares, from statsmodels."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(share * number, number, alpha=0.05, method="wilson")
    return low, high


def effective_number(of: Clusters) -> Numbers:
    """Return how many equal, independent answers would tell as much as these do.

    The variance of the share p = Σy / Σw is m / (m - 1) · Σ (y - p·w)² / (Σw)² over m
    respondents. It never counts for more than the answers there are, and where all answers
    are alike it tells nothing: then Kish's number (Σw)² / Σw² stands in.
    """
    import numpy as np

    share = of.y / of.w
    squares = np.maximum(of.yy - 2 * share * of.wy + share**2 * of.ww, 0.0)
    variance = of.m / np.maximum(of.m - 1, 1) * squares / of.w**2
    kish = of.w**2 / of.ww
    spread = share * (1 - share)
    alike = (spread < 1e-9) | (variance < 1e-15)
    told: Numbers = np.where(alike, kish, spread / np.where(alike, 1.0, variance))
    return np.minimum(told, of.n)


def store(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, NDArray[np.int64] | Numbers],
) -> None:
    """Append columns of numbers, worked out in numpy, to a table."""
    import pandas as pd

    connection.register("worked_out_numbers", pd.DataFrame(columns))
    connection.execute(f"insert into {table} by name select * from worked_out_numbers")  # noqa: S608
    connection.unregister("worked_out_numbers")
