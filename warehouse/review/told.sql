-- Cells that stay hidden in the new release, and that whoever kept the one before can work out:
-- in a row of a total with its parts every other cell is known from one release or the other.
-- Grain: one row per cell and dimension along which it is told.
--
-- Known is what the new release shows, and what the served one showed of a cell that is hidden
-- now. That only tells something where the row is still the same: every cell that both releases
-- show has the same value and counts in both. What the served release showed of the cell itself is
-- no news, and a row in which it was the only hidden cell already told it then.
--
-- Where both releases show the total and it differs, the difference is what came. That tells a
-- hidden cell that is new, where it is the only new one that is hidden and at least half of the
-- parts that both show are the same: the rest of the row may then be taken to be so too.

with
cell as (
    select
        n.*,
        n.status = 'suppressed' as is_hidden,
        n.status = 'suppressed' and (o.cell_id is null or o.status = 'suppressed') as is_unknown,
        n.status <> 'suppressed'
        and o.status <> 'suppressed'
        and (
            round(n.value, 9) is distinct from round(o.value, 9)
            or n.numerator is distinct from o.numerator
            or n.denominator is distinct from o.denominator
        ) as is_other,
        n.status = 'suppressed' and o.cell_id is null as is_new,
        coalesce(n.status <> 'suppressed' and o.status <> 'suppressed', false) as is_in_both,
        r.kind as region_kind,
        coalesce(s.parent, 'all') as parent_code
    from fresh_cell as n
    left join served_cell as o on n.cell_id = o.cell_id
    left join fresh_region as r on n.region_code = r.code
    left join fresh_sector as s on n.sector_code = s.code
    where n.evidence in ('survey', 'claims', 'example') and coalesce(n.n_observed, 1) > 0
),

-- Only where a cell went into hiding, or a hidden one came, does the release before know more
-- than the new one. What it has nothing of, it knows nothing of.
subject as (
    select distinct
        c.indicator_id,
        c.period_year
    from cell as c
    semi join served_cell as o
        on c.indicator_id = o.indicator_id and c.period_year is not distinct from o.period_year
    where c.is_hidden and (not c.is_unknown or c.is_new)
),

computed as (
    select c.*
    from cell as c
    semi join subject as s
        on c.indicator_id = s.indicator_id and c.period_year is not distinct from s.period_year
),

place as (
    select
        'insurer' as dimension,
        'all' as whole,
        insurer_code = 'all' as is_total,
        hash(
            indicator_id, evidence, source_id, period, sector_code, region_code, provider_group,
            category, population, base, voice
        ) as others,
        cell_id
    from computed
    union all
    select
        'provider_group' as dimension,
        'all' as whole,
        provider_group = 'all' as is_total,
        hash(
            indicator_id, evidence, source_id, period, sector_code, region_code, insurer_code,
            category, population, base, voice
        ) as others,
        cell_id
    from computed
    union all
    select
        'category' as dimension,
        'all' as whole,
        category = 'all' as is_total,
        hash(
            indicator_id, evidence, source_id, period, sector_code, region_code, insurer_code,
            provider_group, population, base, voice
        ) as others,
        cell_id
    from computed
    union all
    select
        'region' as dimension,
        k.kind as whole,
        c.region_code = 'NL' as is_total,
        hash(
            c.indicator_id, c.evidence, c.source_id, c.period, c.sector_code, c.insurer_code,
            c.provider_group, c.category, c.population, c.base, c.voice
        ) as others,
        c.cell_id
    from computed as c
    inner join (values ('zorgkantoorregio'), ('province')) as k (kind)
        on c.region_kind = k.kind or c.region_kind not in ('zorgkantoorregio', 'province')
    union all
    select
        'sector' as dimension,
        parent_code as whole,
        false as is_total,
        hash(
            indicator_id, evidence, source_id, period, region_code, insurer_code, provider_group,
            category, population, base, voice
        ) as others,
        cell_id
    from computed
    where sector_code <> 'all'
    union all
    select
        'sector' as dimension,
        sector_code as whole,
        true as is_total,
        hash(
            indicator_id, evidence, source_id, period, region_code, insurer_code, provider_group,
            category, population, base, voice
        ) as others,
        cell_id
    from computed
)

select
    p.dimension,
    p.whole,
    max(c.evidence) as evidence,
    coalesce(
        max(c.cell_id) filter (c.is_new), max(c.cell_id) filter (c.is_unknown)
    ) as cell_id,
    count(*) filter (c.is_hidden and not c.is_unknown) as once_shown
from place as p
inner join computed as c on p.cell_id = c.cell_id
group by p.dimension, p.whole, p.others
having
    bool_or(p.is_total)
    and count(*) filter (not p.is_total) > 0
    and count(*) filter (c.is_hidden) > 1
    and (
        (count(*) filter (c.is_unknown) = 1 and not coalesce(bool_or(c.is_other), false))
        or (
            coalesce(bool_or(c.is_other) filter (p.is_total), false)
            and count(*) filter (c.is_new) = 1
            and 2 * count(*) filter (not p.is_total and c.is_other)
            <= count(*) filter (not p.is_total and c.is_in_both)
        )
    )
