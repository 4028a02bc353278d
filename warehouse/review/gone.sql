-- Published cells that are not there any more, by what took them away: a delivery that is gone, one
-- that was delivered again, one that took the place of another, or else a change of the rules
-- (catalogue, contracts or program).
-- Grain: one row per delivery they came from and cause.

with
added as (
    select distinct
        source_id,
        left(period, 4) as year
    from delivery_change
    where kind = 'new'
),

known as (
    select id
    from fresh_indicator
),

lost as (
    select
        c.cell_id,
        c.indicator_id,
        c.evidence,
        c.size,
        coalesce(d.delivery_id, c.old_delivery_id, c.source_id) as delivery_id,
        coalesce(d.file, c.old_delivery_id, c.source_id) as file,
        case
            when k.id is null then 'rules'
            when d.kind = 'gone' then 'delivery_gone'
            when d.kind = 'changed' then 'delivery_changed'
            when a.source_id is not null then 'delivery_added'
            else 'rules'
        end as cause
    from cell_change as c
    left join delivery_change as d on c.old_delivery_id = d.delivery_id
    left join added as a on c.source_id = a.source_id and c.period_year::varchar = a.year
    left join known as k on c.indicator_id = k.id
    where c.kind = 'gone' and c.old_status <> 'suppressed'
)

select
    delivery_id,
    file,
    cause,
    bool_and(evidence = 'example') as is_invented,
    count(*) as cells,
    list_sort(list(distinct indicator_id)) as indicators,
    min(cell_id) as example
from lost
group by delivery_id, file, cause
order by cells desc, delivery_id asc
