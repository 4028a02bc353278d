"""Breaks in a series: a merged insurer, a region with other borders.

Points on either side of a break get different groups, so that no line joins them and no
trend is told over them.
"""

from __future__ import annotations

import duckdb

from warehouse.models import CELLS

MART = "mart_break"


def cut_at_breaks_of_series(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> None:
    """Cut the series of one indicator at every break that `mart_break` knows.

    The group names only the year: it is published, and the break may be of an insurer that
    the reader knows under a letter.
    """
    known = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'mart' and table_name = ?", [MART]
    ).fetchall()
    if not known:
        return
    connection.execute(
        f"""
        update indicator.{CELLS} as c
        set comparable_group = concat(c.comparable_group, cut.marks)
        from (
            select
                s.source_id, s.insurer_code, s.region_code, s.period_year,
                string_agg(distinct '|' || b.after_year, '' order by '|' || b.after_year) as marks
            from (
                select distinct source_id, insurer_code, region_code, period_year
                from indicator.{CELLS}
                where indicator_id = $indicator
            ) as s
            inner join mart.{MART} as b
                on s.period_year > b.after_year
                and (b.source_id is null or b.source_id = s.source_id)
                and (b.insurer_code is null or b.insurer_code = s.insurer_code)
                and (b.region_code is null or b.region_code = s.region_code)
            group by s.source_id, s.insurer_code, s.region_code, s.period_year
        ) as cut
        where c.indicator_id = $indicator
            and c.source_id is not distinct from cut.source_id
            and c.insurer_code = cut.insurer_code
            and c.region_code = cut.region_code
            and c.period_year = cut.period_year
        """,  # noqa: S608  # names are ours
        {"indicator": indicator_id},
    )
