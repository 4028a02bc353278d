-- Changes that lie far outside the changes seen before in a series and its siblings: a value that
-- was revised, or a value of a new year against the year before it.
-- Grain: one row per cell that was judged or could not be.
--
-- The steps seen before are those from year to year in the served release: in the series itself and
-- in its siblings, which are the series of the same indicator, sector, evidence, base and answer
-- along the same dimension. With fewer than twelve of them all series of the indicator are taken; with
-- fewer than twelve of those too it is not judged. Percentages step in points, other units in
-- logarithms. Far is more than three times as far from the median step as 95 in 100 steps are, and
-- more than five points or a quarter.

with
sized as (
    select
        *,
        'served' as release,
        coalesce(value, (value_low + value_high) / 2) as size
    from served_cell
    where status <> 'suppressed'
    union all
    select
        *,
        'fresh' as release,
        coalesce(value, (value_low + value_high) / 2) as size
    from fresh_cell
    where status <> 'suppressed'
),

measured as (
    select
        *,
        case
            when unit = 'percent' then size
            when size > 0 then ln(size)
        end as place
    from sized
),

numbered as (
    select
        *,
        hash(
            indicator_id, sector_code, insurer_code, region_code, provider_group, category,
            population, base, evidence, source_id, voice, document_id, unit
        ) as series,
        hash(
            indicator_id, sector_code, category, population, base, evidence, unit,
            insurer_code = 'all', region_code = 'NL', provider_group = 'all'
        ) as siblings,
        hash(indicator_id, evidence, unit) as family
    from measured
    where place is not null and period_year is not null
),

step as (
    select
        siblings,
        family,
        place - lag(place) over (partition by series order by period_year) as step
    from numbered
    where release = 'served'
),

centred as (
    select
        siblings,
        family,
        step,
        median(step) over (partition by siblings) as sibling_middle,
        median(step) over (partition by family) as family_middle
    from step
    where step is not null
),

sibling_spread as (
    select
        siblings,
        count(*) as steps,
        any_value(sibling_middle) as middle,
        3 * quantile_cont(abs(step - sibling_middle), 0.95) as spread
    from centred
    group by siblings
),

family_spread as (
    select
        family,
        count(*) as steps,
        any_value(family_middle) as middle,
        3 * quantile_cont(abs(step - family_middle), 0.95) as spread
    from centred
    group by family
),

subject as (
    select
        n.cell_id,
        n.series,
        n.siblings,
        n.family,
        n.unit,
        n.place,
        n.size,
        n.period_year,
        c.kind
    from numbered as n
    inner join cell_change as c on n.cell_id = c.cell_id
    where n.release = 'fresh' and (c.kind = 'changed' or (c.kind = 'new' and c.is_new_year))
),

reference as (
    select
        s.*,
        o.place as old_place,
        o.size as reference,
        o.period_year as reference_year
    from subject as s
    inner join numbered as o
        on s.cell_id = o.cell_id and o.release = 'served' and s.kind = 'changed'
    union all
    select
        s.*,
        o.place as old_place,
        o.size as reference,
        o.period_year as reference_year
    from subject as s
    inner join numbered as o
        on
            s.series = o.series
            and s.kind = 'new'
            and o.release = 'fresh'
            and s.period_year > o.period_year
    qualify row_number() over (partition by s.cell_id order by o.period_year desc) = 1
),

judged as (
    select
        r.*,
        r.place - r.old_place as step,
        case when g.steps >= 12 then g.steps else coalesce(f.steps, 0) end as steps,
        case
            when r.kind = 'changed' then 0
            when g.steps >= 12 then g.middle
            else f.middle
        end as middle,
        case when g.steps >= 12 then g.spread else f.spread end as spread,
        case when r.unit = 'percent' then 5 else ln(1.25) end as least
    from reference as r
    left join sibling_spread as g on r.siblings = g.siblings
    left join family_spread as f on r.family = f.family
)

select
    cell_id,
    steps,
    reference,
    reference_year,
    size,
    case when unit = 'percent' then middle else 100 * (exp(middle) - 1) end as usual,
    case
        when unit = 'percent' then middle - greatest(spread, least)
        else 100 * (exp(middle - greatest(spread, least)) - 1)
    end as limit_low,
    case
        when unit = 'percent' then middle + greatest(spread, least)
        else 100 * (exp(middle + greatest(spread, least)) - 1)
    end as limit_high,
    case when unit = 'percent' then step else 100 * (exp(step) - 1) end as step,
    case
        when steps < 12 then null
        else abs(step - middle) > greatest(spread, least)
    end as is_outlier,
    case when steps >= 12 then abs(step - middle) / greatest(spread, least) end as times
from judged
