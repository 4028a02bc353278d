"""A share or an average of amounts: the sum of the numerators over that of the denominators.

These are counts of everything, not answers of some: there is no sampling error to give an
interval for.
"""

from __future__ import annotations

import duckdb

from warehouse.methods.cube import CELL, Observations, exact_sum

DIGITS = 9
"""Decimals kept of a result: adding up in another order must not change a rebuild."""
_AMOUNT_DIGITS = 4
"""The same of amounts: a billion euros to the cent takes most of what a number can hold."""


def compute(connection: duckdb.DuckDBPyConnection, observed: Observations, target: str) -> None:
    """Write the cells of a ratio into the table `target`.

    How many contributed is a safe lower bound: providers return in several rows, so the
    largest row counts. Both the numerator and what it leaves of the denominator are amounts
    that a reader can work out, so the part with the fewest contributors decides, and the part
    in which the largest contributor weighs most.
    """
    # A row that is partly in the numerator counts in both parts.
    inside = "coalesce(numerator, 0) <> 0"
    outside = "denominator - coalesce(numerator, 0) <> 0"
    fine = (
        f"(select {', '.join(CELL)},"  # noqa: S608  # names are ours
        f" {exact_sum('coalesce(numerator, 0)')} as numerator,"
        f" {exact_sum('denominator')} as denominator,"
        " max(contributors) as contributors,"
        f" max(contributors) filter (where {inside}) as inside,"
        f" max(contributors) filter (where {outside}) as outside,"
        f" max(largest) filter (where {inside}) as largest_inside,"
        f" max(largest) filter (where {outside}) as largest_outside,"
        f" {exact_sum(f'case when {inside} then denominator end')} as amount_inside,"
        f" {exact_sum(f'case when {outside} then denominator end')} as amount_outside"
        f" from {observed.table} group by all) as fine"
    )
    cells = observed.cube(
        f"{exact_sum('numerator')} as numerator, {exact_sum('denominator')} as denominator,"
        " least(max(contributors), max(inside), max(outside)) as contributors,"
        f" greatest(max(largest_inside) / nullif({exact_sum('amount_inside')}, 0),"
        f" max(largest_outside) / nullif({exact_sum('amount_outside')}, 0)) as share",
        source=fine,
    )
    indicator = observed.indicator
    connection.execute(
        "create or replace temp view worked_out as"  # noqa: S608  # names are ours
        f" select {', '.join(CELL)},"
        f" round({indicator.scale} * numerator::double / nullif(denominator::double, 0), {DIGITS})"
        " as value, null::double as value_low, null::double as value_high,"
        f" round(numerator::double, {_AMOUNT_DIGITS}) as numerator,"
        f" round(denominator::double, {_AMOUNT_DIGITS}) as denominator,"
        f" round(denominator::double, {_AMOUNT_DIGITS}) as n_observed,"
        " contributors::double as contributors, least(share::double, 1) as largest_share,"
        " null::double as ci_low, null::double as ci_high, null::varchar as ci_method"
        f" from ({cells}) as cells"
    )
    observed.write(connection, "worked_out", target)
    connection.execute("drop view worked_out")
