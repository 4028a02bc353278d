"""The weighted median of answers, with Woodruff's interval (1952).

The interval of the share of answers up to the median is worked out as for any share, around
one half; where the distribution passes its two ends stand the ends of the interval of the
median.
"""

from __future__ import annotations

import duckdb

from warehouse.methods.cube import CELL, Observations, exact_sum, same_cell
from warehouse.methods.ratio import DIGITS
from warehouse.methods.weighted import CLUSTERS, clusters, effective_number, store, wilson

INTERVAL = "woodruff_95"
_CLOSE = 1e-9
"""Shares this near are the same: weights add up with a rounding error."""


def compute(connection: duckdb.DuckDBPyConnection, observed: Observations, target: str) -> None:
    """Write the cells of a weighted median into the table `target`."""
    by = ", ".join(CELL)
    values = observed.cube(f"{exact_sum('weight')} as w, count(*) as n", also=("value",))
    exact = "sum(w::decimal(38, 12))"
    connection.execute(
        f"create or replace temp table median_value as select {by}, value, n,"  # noqa: S608
        f" {exact} over (partition by {by} order by value)::double"
        f" / {exact} over (partition by {by})::double as upto"
        f" from ({values}) as spread where w > 0"
    )
    # Where exactly half lies at or under a value, the median lies halfway to the next one.
    connection.execute(
        f"create or replace temp table median_cell as select {by}, sum(n) as answers,"  # noqa: S608
        f" (min(value) filter (where upto >= 0.5 - {_CLOSE})"
        f" + min(value) filter (where upto > 0.5 + {_CLOSE})) / 2 as median"
        f" from median_value group by {by}"
    )
    _add_intervals(connection, observed)
    connection.execute(
        "create or replace temp view worked_out as"  # noqa: S608  # names are ours
        f" select {', '.join(f'a.{name}' for name in CELL)}, round(a.median, {DIGITS}) as value,"
        " null::double as value_low, null::double as value_high,"
        " a.answers::double as n_observed, a.contributors::double as contributors,"
        " i.low as ci_low, i.high as ci_high,"
        f" case when i.low is not null then '{INTERVAL}' end as ci_method"
        " from median_spread as a left join median_interval as i using (cell)"
    )
    observed.write(connection, "worked_out", target)
    connection.execute("drop view worked_out")
    for table in ("median_value", "median_cell", "median_spread", "median_ends", "median_interval"):
        connection.execute(f"drop table {table}")


def _add_intervals(connection: duckdb.DuckDBPyConnection, observed: Observations) -> None:
    """Write `median_spread`, a row per cell, and `median_interval`: cell, low and high."""
    by = ", ".join(CELL)
    units = observed.cube(
        f"{exact_sum('weight')} as w, count(*) as n,"
        " list({'value': value, 'weight': weight::decimal(38, 12)}) as answers",
        also=("unit_id",),
    )
    connection.execute(
        "create or replace temp table median_spread as"  # noqa: S608  # names are ours
        f" with units as (select a.*, b.median, list_sum(list_transform(a.answers, lambda answer:"
        " case when answer.value <= b.median then answer.weight else 0 end))::double as y"
        f" from ({units}) as a inner join median_cell as b on {same_cell('a', 'b')})"
        f" select {by}, any_value(median) as median, {CLUSTERS}, sum(n) as answers,"
        f" row_number() over (order by {by}) as cell from units where w > 0 group by {by}"
    )
    connection.execute(
        "create or replace temp table median_ends (cell bigint, lower double, upper double)"
    )
    found = clusters(connection, "median_spread", observed.indicator.min_observed)
    if len(found.cell):
        effective = effective_number(found)
        lower, upper = wilson(0.5 + 0 * effective, effective)
        store(connection, "median_ends", {"cell": found.cell, "lower": lower, "upper": upper})
    connection.execute(
        "create or replace temp table median_interval as"  # noqa: S608  # names are ours
        " select e.cell, min(v.value) filter (where v.upto >= e.lower) as low,"
        " min(v.value) filter (where v.upto >= e.upper) as high"
        " from median_ends as e inner join median_spread as s using (cell)"
        f" inner join median_value as v on {same_cell('s', 'v')} group by e.cell"
    )
