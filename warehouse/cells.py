"""Make one table of all indicators: the columns of the contract, in one order.

What an indicator's SELECT must return is written in `models/indicators/README.md`.
"""

from __future__ import annotations

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.schema import Indicator
from warehouse.errors import ModelError
from warehouse.methods import compute_cells, is_observations
from warehouse.methods.breaks import cuts_of_catalogue, cuts_of_series
from warehouse.models import CELLS

COLUMNS: dict[str, str] = {
    "sector_code": "varchar",
    "period_year": "integer",
    "insurer_code": "varchar",
    "region_code": "varchar",
    "provider_group": "varchar",
    "category": "varchar",
    "population": "varchar",
    "evidence": "varchar",
    "base": "varchar",
    "value": "double",
    "value_low": "double",
    "value_high": "double",
    "unit": "varchar",
    "numerator": "double",
    "denominator": "double",
    "n_observed": "double",
    "n_unit": "varchar",
    "n_unweighted": "double",
    "qualifier": "varchar",
    "status": "varchar",
    "source_id": "varchar",
    "document_id": "varchar",
    "locator": "varchar",
    "figure_ids": "varchar[]",
    "caveats": "varchar[]",
    "delivery_id": "varchar",
    "period": "varchar",
    "voice": "varchar",
    "decimals": "integer",
    "label_nl": "varchar",
    "label_en": "varchar",
    "comparable_group": "varchar",
}
"""The columns an indicator may return, with their types; the build adds the rest."""

COMPUTED: dict[str, str] = {
    "ci_low": "double",
    "ci_high": "double",
    "ci_method": "varchar",
    "contributors": "double",
    "largest_share": "double",
}
"""The columns that a method adds. The last two decide on suppression and stay in the build."""

_BUILD: dict[str, str] = {
    "method": "varchar",
    "min_observed": "integer",
    "suppression": "varchar",
}

_DEFAULTS: dict[str, str] = {
    "sector_code": "'all'",
    "insurer_code": "'all'",
    "region_code": "'NL'",
    "provider_group": "'all'",
    "category": "'all'",
    "qualifier": "'exact'",
    "status": "'final'",
    "figure_ids": "[]",
    "caveats": "[]",
    "voice": "''",
}


def create_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty table that `add_cells` fills."""
    every = {"indicator_id": "varchar", **COLUMNS, **COMPUTED, **_BUILD}
    columns = ", ".join(f"{name} {kind}" for name, kind in every.items())
    connection.execute(f"create table indicator.{CELLS} ({columns})")


def add_cells(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, indicator: Indicator
) -> None:
    """Add the cells of one indicator, filling in what its SELECT leaves out.

    Raises:
        ModelError: When the SELECT returns a column the contract does not know, or names a
            figure that `mart_figure_value` does not have.
    """
    name = indicator.id
    label = f"indicators/{name}.sql"
    table = f'indicator."{name}"'
    returned = _columns(connection, table)
    if is_observations(returned):
        table = compute_cells(connection, indicator, table, returned)
        returned = _columns(connection, table)
        _insert(connection, catalogue, indicator, table, returned, by_figure=False)
    else:
        _check_returned(label, indicator, returned)
        by_figure = "figure_id" in returned
        if by_figure:
            _check_figures(connection, name, label)
        _insert(connection, catalogue, indicator, table, returned, by_figure=by_figure)


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"describe {table}").fetchall()]


def _check_returned(label: str, indicator: Indicator, returned: list[str]) -> None:
    """Refuse a SELECT whose columns are neither cells nor observations."""
    unknown = [column for column in returned if column not in {*COLUMNS, "figure_id"}]
    if unknown:
        known = ", ".join(["figure_id", *COLUMNS])
        message = f"returns {', '.join(unknown)}, which the contract does not know."
        raise ModelError(label, message, advice=f"The columns are: {known}.")
    if indicator.method not in {"published", "ratio"}:
        advice = "Return observations: see models/indicators/README.md."
        raise ModelError(label, f"method {indicator.method} needs unit_id.", advice=advice)
    if indicator.method == "published" and not {"figure_id", "figure_ids"} & set(returned):
        advice = "Every cell says which printed figures it rests on."
        raise ModelError(label, "returns neither figure_id nor figure_ids.", advice=advice)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    indicator: Indicator,
    table: str,
    returned: list[str],
    *,
    by_figure: bool,
) -> None:
    """Add the rows of a table to the cells, each with all its columns."""
    expressions = {
        column: f"cast({_expression(column, returned, indicator, by_figure=by_figure)} as {kind})"
        for column, kind in COLUMNS.items()
    }
    expressions |= {column: f"i.{column}" for column in COMPUTED if column in returned}
    join = "left join mart.mart_figure_value as f using (figure_id)" if by_figure else ""
    listed = ", ".join(f"{expression} as {name}" for name, expression in expressions.items())
    cut = f"c.comparable_group || {cuts_of_catalogue(catalogue.indicators[indicator.id])}"
    connection.execute(
        f"insert into indicator.{CELLS}"  # noqa: S608  # names are ours
        f" (indicator_id, method, min_observed, {', '.join(expressions)})"
        f" with cell as (select {listed} from {table} as i {join}),"
        f" cut as ({cuts_of_series(connection)})"
        f" select ?, ?, ?, c.* replace (concat({cut}, cut.marks) as comparable_group)"
        " from cell as c"
        " left join cut on c.source_id is not distinct from cut.source_id"
        " and c.insurer_code = cut.insurer_code"
        " and c.region_code = cut.region_code and c.period_year = cut.period_year",
        [indicator.id, indicator.method, indicator.min_observed],
    )


def _expression(
    column: str, returned: list[str], indicator: Indicator, *, by_figure: bool
) -> str:  # fmt: skip
    """Say where the value of one column comes from."""
    own = f"i.{column}" if column in returned else None
    if column == "caveats":
        listed = ", ".join(f"'{key}'" for key in indicator.caveats)
        given = [f"[{listed}]::varchar[]"]
        # What a SELECT says is added to what the figure says: no remark of a source is lost.
        given += [f"coalesce({own}, [])"] if own else []
        given += ["coalesce(f.caveats, [])"] if by_figure else []
        every = f"list_sort(list_distinct(list_concat({', '.join(given)})))"
        if len(given) > 1:
            # Most cells have no remark of their own, and lists are dear.
            none = " and ".join(f"len({one}) = 0" for one in given[1:])
            return f"case when {none} then list_sort(list_distinct({given[0]})) else {every} end"
        return every
    if own is not None:
        return own
    if column == "value" and indicator.method == "ratio":
        table = "i" if {"numerator", "denominator"} <= set(returned) else "f"
        return f"{indicator.scale} * {table}.numerator / nullif({table}.denominator, 0)"
    if column == "n_unit" and indicator.unit_of_analysis is not None:
        return _n_unit(indicator, "i.base" if "base" in returned else f"'{indicator.bases[0]}'")
    if column == "n_unweighted":
        return (
            "i.n_observed"
            if "n_observed" in returned
            else ("f.n_observed" if by_figure else "null")
        )
    if column == "comparable_group":
        return _group(returned, by_figure=by_figure)
    if by_figure:
        return f"f.{column}"
    if column == "unit":
        return f"'{indicator.unit}'"
    if column == "decimals":
        return str(indicator.decimals)
    if column == "base":
        return "'unknown'" if indicator.unit == "percent" else "'none'"
    if column == "period" and "period_year" in returned:
        return "i.period_year"
    return _DEFAULTS.get(column, "null")


def _n_unit(indicator: Indicator, base: str) -> str:
    """Say what the number behind a cell counts: on another base it may be something else."""
    unit = f"'{indicator.unit_of_analysis}'"
    other = "".join(f" when '{name}' then '{one}'" for name, one in indicator.units_by_base.items())
    return f"case {base}{other} else {unit} end" if other else unit


def _group(returned: list[str], *, by_figure: bool) -> str:
    """Say which points one line may join: one document, base, sector and category."""
    parts = []
    for column in ("document_id", "base", "sector_code", "category"):
        if column in returned:
            parts.append(f"i.{column}")
        elif by_figure:
            parts.append(f"f.{column}")
    return f"concat_ws('|', {', '.join(parts)})" if parts else "''"


def _check_figures(connection: duckdb.DuckDBPyConnection, name: str, label: str) -> None:
    """Refuse figures that are not facts of their own, such as repeats."""
    missing = connection.execute(
        f"""
        select distinct i.figure_id, a.figure_id
        from indicator."{name}" as i
        left join mart.mart_figure_value as f using (figure_id)
        left join mart.mart_figure_value as a on list_contains(a.figure_ids, i.figure_id)
        where f.figure_id is null
        order by all limit 5
        """  # noqa: S608  # names are ours
    ).fetchall()
    if missing:
        shown = ", ".join(
            f"{figure} (it is part of {fact})" if fact else str(figure)
            for figure, fact in missing
        )  # fmt: skip
        raise ModelError(label, f"names figures that are not in mart_figure_value: {shown}.")
