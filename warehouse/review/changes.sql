-- What became of every cell that differs between the served release and the new one. Years that
-- an indicator did not have yet, per kind of evidence, are new years; the rest is revision.
-- Grain: one row per cell that is new, gone or different.

with
seen as (
    select
        indicator_id,
        evidence,
        max(period_year) as last_year
    from served_cell
    group by indicator_id, evidence
),

paired as (
    select
        coalesce(n.cell_id, o.cell_id) as cell_id,
        coalesce(n.indicator_id, o.indicator_id) as indicator_id,
        coalesce(n.sector_code, o.sector_code) as sector_code,
        coalesce(n.period_year, o.period_year) as period_year,
        coalesce(n.insurer_code, o.insurer_code) as insurer_code,
        coalesce(n.region_code, o.region_code) as region_code,
        coalesce(n.provider_group, o.provider_group) as provider_group,
        coalesce(n.category, o.category) as category,
        coalesce(n.base, o.base) as base,
        coalesce(n.evidence, o.evidence) as evidence,
        coalesce(n.source_id, o.source_id) as source_id,
        coalesce(n.unit, o.unit) as unit,
        coalesce(n.decimals, o.decimals) as decimals,
        o.delivery_id as old_delivery_id,
        o.value as old_value,
        o.value_low as old_low,
        o.value_high as old_high,
        o.status as old_status,
        n.value as new_value,
        n.value_low as new_low,
        n.value_high as new_high,
        n.status as new_status,
        n.delivery_id as new_delivery_id,
        case
            when o.cell_id is null then 'new'
            when n.cell_id is null then 'gone'
            when o.status = 'suppressed' and n.status = 'suppressed' then null
            when o.status <> 'suppressed' and n.status = 'suppressed' then 'hidden'
            when o.status = 'suppressed' and n.status <> 'suppressed' then 'freed'
            when
                hash(round(o.value, 9), round(o.value_low, 9), round(o.value_high, 9), o.qualifier)
                <> hash(round(n.value, 9), round(n.value_low, 9), round(n.value_high, 9), n.qualifier)
                then 'changed'
            when o.status <> n.status then 'status'
            when
                hash(
                    round(o.numerator, 6), round(o.denominator, 6), o.n_observed,
                    round(o.ci_low, 9), round(o.ci_high, 9), o.unit, o.caveats
                )
                <> hash(
                    round(n.numerator, 6), round(n.denominator, 6), n.n_observed,
                    round(n.ci_low, 9), round(n.ci_high, 9), n.unit, n.caveats
                )
                then 'beside'
        end as kind,
        coalesce(o.value, (o.value_low + o.value_high) / 2) as old_size,
        coalesce(n.value, (n.value_low + n.value_high) / 2) as new_size
    from fresh_cell as n
    full join served_cell as o on n.cell_id = o.cell_id
)

select
    p.cell_id,
    p.indicator_id,
    p.sector_code,
    p.period_year,
    p.insurer_code,
    p.region_code,
    p.provider_group,
    p.category,
    p.base,
    p.evidence,
    p.source_id,
    p.unit,
    p.decimals,
    p.old_delivery_id,
    p.old_value,
    p.old_low,
    p.old_high,
    p.old_status,
    p.new_value,
    p.new_low,
    p.new_high,
    p.new_status,
    p.new_delivery_id,
    p.kind,
    p.period_year > coalesce(s.last_year, -1) as is_new_year,
    case
        when p.unit = 'percent' then p.new_size - p.old_size
        when p.old_size <> 0 then 100 * (p.new_size - p.old_size) / abs(p.old_size)
    end as size
from paired as p
left join seen as s on p.indicator_id = s.indicator_id and p.evidence = s.evidence
where p.kind is not null
