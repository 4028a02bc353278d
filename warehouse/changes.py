"""Read what releases changed, counted or row by row: a new year brings more than one page shows.

A change has a kind that says what it is to a reader: a value that is `new`, `gone`, `hidden`
from now on, no longer provisional (`final`), or otherwise `changed`. Invented cells are never
returned beside others.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.cube import EXAMPLE

if TYPE_CHECKING:
    from warehouse.read_model import ReadModel

Row = dict[str, Any]
KIND = """
case
    when kind in ('new', 'gone') then kind
    when new_status = 'suppressed' and old_status is distinct from 'suppressed' then 'hidden'
    when old_status = 'provisional' and new_status = 'final' then 'final'
    else 'changed'
end"""
"""What a change is to a reader."""
_REVISED = """(kind = 'final' and (
    old_value is distinct from new_value
    or old_value_low is distinct from new_value_low
    or old_value_high is distinct from new_value_high
))"""
"""Says that what became final has another value as well."""
_WEIGHT = """
case kind when 'changed' then 1 when 'final' then 2 when 'hidden' then 3 when 'gone' then 4 else 5
end,
(insurer_code <> 'all')::int + (region_code <> 'NL')::int + (provider_group <> 'all')::int,
period_year desc nulls last, period desc, sector_code, insurer_code, region_code, provider_group,
category, base, cell_id"""
"""What a reader wants to know first: what was known and is not so any more, the whole before parts,
the latest period before earlier ones."""


@dataclass(frozen=True)
class Wanted:
    """Which changes a view asks for; what is empty lets everything through."""

    examples: bool = False
    """Invented cells only; otherwise none of them."""
    indicators: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    releases: tuple[str, ...] | None = None


def are_known(model: ReadModel) -> bool:
    """Say whether the served release knows what earlier ones changed; an old one does not."""
    return model.has_table("known_release")


def change_counts(model: ReadModel, wanted: Wanted) -> list[Row]:
    """Count the changes per release, indicator, kind and year; `revised` also got another value."""
    if not are_known(model):
        return []
    where, values = _conditions(wanted)
    return model.rows(
        "select release_id, indicator_id, kind, period_year, count(*) as cells,"
        f" count(*) filter (where {_REVISED}) as revised"
        f" from (select * replace ({KIND} as kind) from published.revision) where {where}"
        " group by all order by all",
        values,
    )


def change_rows(
    model: ReadModel,
    wanted: Wanted,
    *,
    per_group: int | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[Row]:
    """Return changes, of each release the indicators together, what matters most first.

    Args:
        model: The release.
        wanted: Which changes.
        per_group: How many at most of one indicator in one release.
        offset: How many to leave out at the start.
        limit: How many at most.

    Returns:
        The columns of the history, as the cell became; as it was, they start with `old_`.
        Beside them stand `kind` and the `old_value` … `new_status` of the revision. What is hidden
        now has the status of a hidden cell, whatever it had at the time.
    """
    if not are_known(model):
        return []
    where, values = _conditions(wanted)
    most = "" if per_group is None else f" where place <= {int(per_group)}"
    page = "" if limit is None else f" limit {int(limit)} offset {int(offset)}"
    return model.rows(
        f"""
with recursive
chain as (
    select release_id, previous_release_id as ancestor_id, 1 as steps
    from published.known_release
    where previous_release_id is not null
    union all
    select c.release_id, k.previous_release_id as ancestor_id, c.steps + 1 as steps
    from chain as c
    inner join published.known_release as k on c.ancestor_id = k.release_id
    where k.previous_release_id is not null
),
placed as (
    select
        *,
        row_number() over (partition by release_id, indicator_id order by {_WEIGHT}) as place
    from (select * replace ({KIND} as kind) from published.revision)
    where {where}
),
page as (
    select * from placed{most}
    order by published_at desc, release_id desc, indicator_id, place{page}
),
older as (
    select n.release_id as changed_in, o.*
    from page as n
    inner join chain as c on n.release_id = c.release_id
    inner join published.value_history as o
        on c.ancestor_id = o.release_id and n.cell_id = o.cell_id
    qualify row_number() over (partition by n.release_id, n.cell_id order by c.steps) = 1
)
select
    h.* exclude (published_at, is_gone),
    p.kind,
    p.published_at,
    p.old_value,
    p.old_value_low,
    p.old_value_high,
    p.old_status,
    p.new_status,
    o.numerator as old_numerator,
    o.n_observed as old_n_observed,
    o.qualifier as old_qualifier,
    o.label_nl as old_label_nl,
    o.label_en as old_label_en,
    o.unit as old_unit,
    o.decimals as old_decimals,
    o.suppression as old_suppression
from page as p
inner join published.value_history as h on p.release_id = h.release_id and p.cell_id = h.cell_id
left join older as o on p.release_id = o.changed_in and p.cell_id = o.cell_id
order by p.published_at desc, p.release_id desc, p.indicator_id, p.place
""",
        values,
    )


def _conditions(wanted: Wanted) -> tuple[str, list[object]]:
    conditions = [f"evidence {'=' if wanted.examples else '<>'} ?"]
    values: list[object] = [EXAMPLE]
    for column, codes in (
        ("indicator_id", wanted.indicators),
        ("kind", wanted.kinds or None),
        ("release_id", wanted.releases),
    ):
        if codes is not None:
            # A value that became final and was revised is of both kinds.
            more = f" or {_REVISED}" if column == "kind" and "changed" in codes else ""
            conditions.append(f"(list_contains(?, {column}){more})")
            values.append(list(codes))
    if wanted.years is not None:
        conditions.append("period_year between ? and ?")
        values.extend(wanted.years)
    return " and ".join(conditions), values
