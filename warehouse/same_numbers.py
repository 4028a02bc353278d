"""Numbers that are told more than once: hidden in one place, they are hidden in the others too.

A row of `warehouse/disclosure.py` adds up along one dimension of one indicator. Two other ways to
work out a hidden cell stay inside one *place*: a sector, year, insurer, region and group.

- *Together.* All categories and bases of a survey question rest on the same answers, and some
  indicators are parts or sums of another. Were the company of a small cell another one in each,
  the number of answers shown in one would tell that of the small cell in the other. So in a place
  they are hidden all or none (`together` in `catalogue/disclosure.yaml`).
- *Told twice.* Of a few cells of different indicators, categories or bases all but one give the
  last: shares that add up to 100%, a share that two indicators give, a share of all and of what
  is known. They form a row without a total (`told_twice`).
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from warehouse.catalogue.disclosure_schema import Disclosure

_PLACE = (
    "evidence", "source_id", "period_year", "period", "sector_code", "insurer_code",
    "region_code", "provider_group", "population", "voice",
)  # fmt: skip


def list_places(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> None:
    """Make `place_member`: the cells that are hidden together have the same `place_no`.

    Args:
        connection: The work database, with `small_cell`.
        disclosures: The rules by source.
    """
    families = [
        (rule.source, indicator, group.indicators[0])
        for rule in disclosures.values()
        for group in rule.together
        for indicator in group.indicators
    ]
    place = ", ".join(f"c.{column}" for column in _PLACE)
    connection.execute(
        "create or replace temp table place_member as"
        f" select hash(coalesce(f.family, c.indicator_id), {place}) as place_no, c.cell"
        " from small_cell as c left join"
        " (select unnest(?::varchar[]) as source_id, unnest(?::varchar[]) as indicator_id,"
        "  unnest(?::varchar[]) as family) as f"
        " on c.source_id = f.source_id and c.indicator_id = f.indicator_id"
        " where (c.contributors > 0 or c.reason is not null)"
        " and list_contains(?::varchar[], c.source_id)",
        [
            *([row[at] for row in families] for at in range(3)),
            [rule.source for rule in disclosures.values() if rule.together],
        ],
    )


def hide_together(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `fresh_cell` what stands in a place with one of its cells and is not hidden yet."""
    connection.execute(
        """
        insert into fresh_cell
        select distinct other.cell
        from fresh_cell as f
        inner join place_member as one on f.cell = one.cell
        inner join place_member as other on one.place_no = other.place_no
        anti join hidden_cell as h on other.cell = h.cell
        where other.cell not in (select cell from fresh_cell)
        """
    )


def add_rows_told_twice(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> None:
    """Add to `row_member` the rows whose cells tell the same number twice.

    Which cell keeps another company is the order of the catalogue. How many stand behind each
    plays no part: one cell is a part of the other.
    """
    sets = [
        (rule.source, number, position, cell.indicator, cell.base, cell.category)
        for rule in disclosures.values()
        for number, told in enumerate(rule.told_twice)
        for position, cell in enumerate(told.cells)
    ]
    if not sets:
        return
    place = ", ".join(f"c.{column}" for column in _PLACE)
    connection.execute(
        f"""
        insert into row_member
        with
        told as (
            select
                unnest(?::varchar[]) as source_id,
                unnest(?::integer[]) as set_no,
                unnest(?::integer[]) as position,
                unnest(?::varchar[]) as indicator_id,
                unnest(?::varchar[]) as base,
                unnest(?::varchar[]) as category
        )
        select
            hash('told', t.set_no, {place}) as row_no,
            c.cell,
            false as is_total,
            lpad(t.position::varchar, 3, '0') as code,
            c.minimum as contributors,
            null as numerator,
            null as denominator,
            c.minimum
        from small_cell as c
        inner join told as t
            on
                c.source_id = t.source_id
                and c.indicator_id = t.indicator_id
                and c.base = t.base
                and c.category = t.category
        where c.contributors > 0 or c.reason is not null
        """,
        [[row[at] for row in sets] for at in range(6)],
    )
