"""Hide what is computed from too few, and whatever would give a hidden value away.

One step over all computed cells, after the last indicator and before anything is published.
What a source has printed is never touched. The rules stand in `catalogue/disclosure.yaml`.

A *row* is a total with its parts along one dimension: the insurers within all insurers, given
sector, year, region and everything else. Whoever knows the total and all parts but one can
subtract. So, until nothing changes, in each row that gives something away one more cell is
hidden: the part with the fewest contributors that is not hidden yet. A row gives away when

- one part is hidden beside its total, or the total beside all its parts;
- the hidden parts together come from fewer than the minimum: their sum is a small cell too;
- the hidden parts are all 0% or all 100%, which their sum would say of each of them.

What is told more than once is hidden everywhere it is told: `warehouse/same_numbers.py`.

Everything is done in sets: a step of the loop looks only at the rows of the cells that the
step before has hidden.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from warehouse.catalogue.disclosure_schema import Disclosure
from warehouse.models import CELLS
from warehouse.same_numbers import add_rows_told_twice, hide_together, list_places

COMPUTED = ("survey", "claims", "example")
"""The evidences that rest on rows we hold ourselves."""

_KEY = (
    "indicator_id", "evidence", "source_id", "period_year", "period", "sector_code",
    "insurer_code", "region_code", "provider_group", "category", "population", "base", "voice",
)  # fmt: skip
"""What makes a cell another cell."""


@dataclass(frozen=True)
class _Line:
    """A dimension along which parts add up: its column and the code of the whole."""

    column: str
    whole: str


_LINES: Mapping[str, _Line] = {
    "insurer": _Line("insurer_code", "all"),
    "region": _Line("region_code", "NL"),
    "provider_group": _Line("provider_group", "all"),
    "sector": _Line("sector_code", "all"),
    "category": _Line("category", "all"),
}


def hide_cells(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> dict[str, int]:
    """Fill the column `suppression` of all computed cells.

    Args:
        connection: The work database, with `indicator.indicator_cell` and `ref.ref_*`.
        disclosures: The rules by source. A computed source without rules is refused by a
            check, not here.

    Returns:
        How many cells are hidden, per reason: few, dominant, secondary.
    """
    _rules(connection, disclosures)
    _cells(connection)
    connection.execute(
        "create or replace temp table hidden_cell as"
        " select cell, reason from small_cell where reason is not null"
    )
    connection.execute("create or replace temp table fresh_cell as select cell from hidden_cell")
    if _any(connection, "fresh_cell"):
        list_places(connection, disclosures)
        _members(connection, disclosures)
        add_rows_told_twice(connection, disclosures)
        _hide_fresh(connection)
        while _any(connection, "fresh_cell"):
            _spread(connection)
    connection.execute(
        f"update indicator.{CELLS} as c set suppression = h.reason from"
        f" (select k.rowid as cell, h.reason from indicator.{CELLS} as k"
        "  left join hidden_cell as h on k.rowid = h.cell"
        "  where k.suppression is distinct from h.reason) as h"
        " where c.rowid = h.cell"
    )
    counts = connection.execute(
        "select reason, count(*) from hidden_cell group by reason order by reason"
    ).fetchall()
    for name in (
        "hidden_cell", "fresh_cell", "small_cell", "row_member", "place_member", "disclosure_rule"
    ):  # fmt: skip
        connection.execute(f"drop table if exists {name}")
    return {str(reason): int(count) for reason, count in counts}


def _any(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"select 1 from {table} limit 1").fetchall())


def _rules(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> None:  # fmt: skip
    """Write the rules down as a table: a row per source and kind that is counted."""
    connection.execute(
        "create or replace temp table disclosure_rule (source_id varchar, entity varchar,"
        " at_least integer, is_contributor boolean, largest_share double)"
    )
    rows = [
        (rule.source, part.entity, part.at_least, part.entity == rule.contributors,
         rule.largest_share)
        for rule in disclosures.values()
        for part in rule.minimum
    ]  # fmt: skip
    if rows:
        connection.executemany("insert into disclosure_rule values (?, ?, ?, ?, ?)", rows)


def _cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the computed cells, each with the first reason to hide it.

    Who stand behind a value must be known: unknown counts as too few. Where nobody does (no
    contributor, nothing counted) there is nobody to protect, and the zero is shown as one.
    """
    # A source that gives sums counts its contributors in `n_observed`, of the kind of its rule.
    connection.execute(
        f"update indicator.{CELLS} as c set contributors = c.n_observed from disclosure_rule as r"
        " where c.source_id = r.source_id and r.is_contributor and c.n_unit = r.entity"
        " and c.contributors is null"
    )
    columns = ", ".join(f"c.{name}" for name in _KEY)
    evidences = ", ".join(f"'{name}'" for name in COMPUTED)
    connection.execute(
        f"""
        create or replace temp table small_cell as
        select
            c.rowid as cell,
            {columns},
            coalesce(c.contributors, 0) as contributors,
            c.numerator,
            c.denominator,
            greatest(coalesce(r.at_least, 10), coalesce(c.min_observed, 0)) as minimum,
            case
                when c.contributors = 0 and coalesce(c.denominator, c.n_observed, 0) = 0 then null
                when
                    coalesce(c.contributors, 0)
                    < greatest(coalesce(r.at_least, 10), coalesce(c.min_observed, 0))
                    then 'few'
                when c.n_observed < n.at_least then 'few'
                when 100 * c.largest_share > r.largest_share then 'dominant'
            end as reason
        from indicator.{CELLS} as c
        left join disclosure_rule as r on c.source_id = r.source_id and r.is_contributor
        left join disclosure_rule as n on c.source_id = n.source_id and c.n_unit = n.entity
        where c.evidence in ({evidences})
        """
    )


def _members(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> None:  # fmt: skip
    """List which cells stand in which row, as its total or as a part.

    Rows never cross a source, evidence or period, so those where nothing is hidden are left out
    at once. They may cross indicators, through numbers that are told twice.
    """
    connection.execute(
        """
        create or replace temp table row_member as
        select
            0::ubigint as row_no, cell, false as is_total, '' as code,
            contributors, numerator, denominator, minimum
        from small_cell limit 0
        """
    )
    for name, line in _LINES.items():
        sources = sorted(rule.source for rule in disclosures.values() if name in rule.rows)
        others = ", ".join(f"c.{column}" for column in _KEY if column != line.column)
        whole = _wholes(name, line)
        connection.execute(
            f"""
            insert into row_member
            with
            touched as (
                select distinct evidence, source_id, period_year
                from small_cell
                where reason is not null and list_contains(?, source_id)
            ),
            member as (
                select
                    hash('{name}', w.whole, {others}) as row_no,
                    c.cell,
                    w.is_total,
                    c.{line.column} as code,
                    c.contributors,
                    c.numerator,
                    c.denominator,
                    c.minimum
                from small_cell as c
                inner join touched as t
                    on
                        c.evidence = t.evidence
                        and c.source_id = t.source_id
                        and c.period_year is not distinct from t.period_year
                inner join ({whole}) as w on c.{line.column} = w.code
            ),
            split as (
                select row_no
                from member
                group by row_no
                having bool_or(is_total) and not bool_and(is_total)
            )
            select m.* from member as m semi join split as s on m.row_no = s.row_no
            """,
            [sources],
        )


def _wholes(name: str, line: _Line) -> str:
    """Say of each code of a dimension in which rows it stands, and whether as the total."""
    codes = f"select distinct {line.column} as code from small_cell"
    if name == "sector":
        # A tree: a sector is a part of its parent, and the total of its own parts.
        return (
            "select s.code, coalesce(s.parent, 'all') as whole, false as is_total"
            " from ref.ref_sector as s where s.code <> 'all'"
            " union all select s.code, s.code as whole, true as is_total from ref.ref_sector as s"
        )
    if name == "region":
        # The country is cut up in more than one way; what has no kind belongs to each of them.
        return (
            "with known as ("
            f"select c.code, case when r.kind = 'country' then null else r.kind end as kind"
            f" from ({codes}) as c left join ref.ref_region as r on c.code = r.code),"
            " kind as (select distinct kind from known where kind is not null"
            " union select 'none' where not exists (select 1 from known where kind is not null))"
            f" select k.code, d.kind as whole, k.code = '{line.whole}' as is_total"
            " from known as k inner join kind as d on k.kind is null or k.kind = d.kind"
        )
    return f"select code, '{line.whole}' as whole, code = '{line.whole}' as is_total from ({codes})"


def _spread(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide one more cell in every row that the cells hidden last make give something away."""
    connection.execute(
        """
        create or replace temp table fresh_cell as
        with
        active as (
            select distinct m.row_no
            from row_member as m
            semi join fresh_cell as f on m.cell = f.cell
        ),
        member as (
            select m.*, h.cell is not null as is_hidden
            from row_member as m
            semi join active as a on m.row_no = a.row_no
            left join hidden_cell as h on m.cell = h.cell
        ),
        state as (
            select
                row_no,
                bool_and(is_hidden) filter (is_total) as is_total_hidden,
                count(*) filter (not is_total and is_hidden) as hidden_parts,
                max(minimum) as minimum,
                sum(contributors) filter (not is_total and is_hidden) as contributors,
                sum(numerator) filter (not is_total and is_hidden) as numerator,
                sum(denominator) filter (not is_total and is_hidden) as denominator
            from member
            group by row_no
        ),
        candidate as (
            select
                m.row_no,
                m.cell,
                m.is_total,
                m.code,
                m.contributors,
                s.is_total_hidden,
                s.hidden_parts,
                s.contributors < s.minimum as is_small,
                coalesce(
                    s.numerator <= 0.000000001 * s.denominator
                    or s.numerator >= 0.999999999 * s.denominator,
                    false
                ) as is_even,
                coalesce(
                    s.numerator + m.numerator
                    between 0.000000001 * (s.denominator + m.denominator)
                    and 0.999999999 * (s.denominator + m.denominator),
                    true
                ) as is_mixed
            from member as m
            inner join state as s on m.row_no = s.row_no
            where not m.is_hidden and (m.is_total or m.contributors > 0)
        ),
        -- A total hides a single hidden part only where no other part can.
        needed as (
            select *
            from candidate
            where
                case
                    when is_total_hidden then hidden_parts = 0
                    when hidden_parts = 1 then true
                    when is_total or hidden_parts = 0 then false
                    else is_small or (is_even and is_mixed)
                end
        )
        select distinct cell
        from needed
        qualify row_number() over (
            partition by row_no order by is_total, not is_mixed, contributors, code
        ) = 1
        """
    )
    _hide_fresh(connection)


def _hide_fresh(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide the cells that were chosen, and what is hidden together with them."""
    hide_together(connection)
    connection.execute(
        "insert into hidden_cell select f.cell, 'secondary' from fresh_cell as f"
        " anti join hidden_cell as h on f.cell = h.cell"
    )
