"""Breaks in a series: a merged insurer, a region with other borders.

Points on either side of a break get different groups, so that no line joins them and no
trend is told over them. The group names only the year: it is published, and the break may be
of an insurer that the reader knows under a letter.
"""

from __future__ import annotations

import duckdb

from warehouse.catalogue.schema import Indicator

MART = "mart_break"


def cuts_of_catalogue(indicator: Indicator) -> str:
    """Write what the breaks of the catalogue add to the group of a cell `c`, as an expression."""
    marks = []
    for number, cut in enumerate(indicator.breaks, start=1):
        sectors = ", ".join(f"'{sector}'" for sector in cut.sectors)
        here = f" and c.sector_code in ({sectors})" if sectors else ""
        marks.append(f"case when c.period_year > {cut.after}{here} then '|{number}' else '' end")
    return " || ".join(marks) or "''"


def cuts_of_series(connection: duckdb.DuckDBPyConnection) -> str:
    """Write a SELECT of what the breaks that `mart_break` knows add to the groups of `cell`.

    Returns:
        One row per source, insurer, region and year that is cut.
    """
    known = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'mart' and table_name = ?", [MART]
    ).fetchall()
    if not known:
        # Small warehouses have no breaks.
        return (
            "select source_id, insurer_code, region_code, period_year, '' as marks"
            " from cell where false"
        )
    return f"""
        select
            s.source_id, s.insurer_code, s.region_code, s.period_year,
            string_agg(distinct '|' || b.after_year, '' order by '|' || b.after_year) as marks
        from (
            select distinct source_id, insurer_code, region_code, period_year from cell
        ) as s
        inner join mart.{MART} as b
            on s.period_year > b.after_year
            and (b.source_id is null or b.source_id = s.source_id)
            and (b.insurer_code is null or b.insurer_code = s.insurer_code)
            and (b.region_code is null or b.region_code = s.region_code)
        group by s.source_id, s.insurer_code, s.region_code, s.period_year
    """  # noqa: S608  # names are ours
