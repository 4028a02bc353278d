-- Nobody can subtract: along no dimension does a published total stand beside its parts with
-- exactly one of them, or of them and the total, hidden. Written apart from the step that hides:
-- it looks at what is published, in each edition.

with
cell as (
    select
        v.*,
        v.suppression is not null as is_hidden,
        case when r.kind in ('zorgkantoorregio', 'province') then r.kind end as region_kind,
        coalesce(s.parent, 'all') as parent_code
    from indicator_value as v
    left join ref_region as r on v.region_code = r.code
    left join ref_sector as s on v.sector_code = s.code
    where v.evidence in ('survey', 'claims', 'example') and coalesce(v.n_observed, 1) > 0
),

-- Rows without a hidden cell are most of them; only the others are looked at.
subject as (
    select distinct
        indicator_id,
        period_year
    from cell
    where is_hidden
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
            indicator_id, evidence, source_id, period, sector_code, region_code,
            provider_group, category, population, base, voice
        ) as others,
        is_hidden,
        cell_id
    from computed
    union all
    select
        'provider_group' as dimension,
        'all' as whole,
        provider_group = 'all' as is_total,
        hash(
            indicator_id, evidence, source_id, period, sector_code, region_code,
            insurer_code, category, population, base, voice
        ) as others,
        is_hidden,
        cell_id
    from computed
    union all
    select
        'category' as dimension,
        'all' as whole,
        category = 'all' as is_total,
        hash(
            indicator_id, evidence, source_id, period, sector_code, region_code,
            insurer_code, provider_group, population, base, voice
        ) as others,
        is_hidden,
        cell_id
    from computed
    union all
    select
        'region' as dimension,
        k.kind as whole,
        c.region_code = 'NL' as is_total,
        hash(
            c.indicator_id, c.evidence, c.source_id, c.period, c.sector_code,
            c.insurer_code, c.provider_group, c.category, c.population, c.base,
            c.voice
        ) as others,
        c.is_hidden,
        c.cell_id
    from computed as c
    inner join (values ('zorgkantoorregio'), ('province')) as k (kind)
        on c.region_kind is null or c.region_kind = k.kind
    union all
    select
        'sector' as dimension,
        parent_code as whole,
        false as is_total,
        hash(
            indicator_id, evidence, source_id, period, region_code, insurer_code,
            provider_group, category, population, base, voice
        ) as others,
        is_hidden,
        cell_id
    from computed
    where sector_code <> 'all'
    union all
    select
        'sector' as dimension,
        sector_code as whole,
        true as is_total,
        hash(
            indicator_id, evidence, source_id, period, region_code, insurer_code,
            provider_group, category, population, base, voice
        ) as others,
        is_hidden,
        cell_id
    from computed
)

select
    dimension,
    whole,
    others,
    count(*) filter (not is_total) as parts,
    max(cell_id) filter (is_hidden) as given_away
from place
group by dimension, whole, others
having
    bool_or(is_total)
    and count(*) filter (not is_total) > 0
    and count(*) filter (is_hidden) = 1
