-- Every row that was loaded is published or withheld; none is lost on the way.

with
loaded as (
    select
        'published_figures' as source_id,
        count(*) as n
    from raw.published_figures
    union all
    select
        'external_figures' as source_id,
        count(*) as n
    from raw.external_figures
    union all
    select
        'statements' as source_id,
        count(*) as n
    from raw.statements
    union all
    select
        'nza_price_index' as source_id,
        count(*) as n
    from raw.nza_price_index
    union all
    select
        'insurer_market_share' as source_id,
        count(*) as n
    from raw.insurer_market_share
    union all
    select
        'ggz_uncontracted_reimbursement' as source_id,
        count(*) as n
    from raw.ggz_uncontracted_reimbursement
    union all
    select
        'ggz_waiting_weeks' as source_id,
        count(*) as n
    from raw.ggz_waiting_weeks
),

published as (
    select
        source_id,
        count(*) as n
    from source_figure
    group by source_id
),

withheld as (
    select count(*) as n
    from withheld_figure
)

select
    l.source_id,
    l.n as loaded,
    coalesce(p.n, 0) as published,
    w.n as withheld
from loaded as l
left join published as p on l.source_id = p.source_id
cross join withheld as w
where l.n <> coalesce(p.n, 0) + case when l.source_id = 'external_figures' then w.n else 0 end
