-- The year in a row is the year of the folder of its delivery.

select
    s.delivery_id,
    s.line,
    s.period_year,
    d.period
from stg_provider_survey as s
inner join raw.delivery as d on s.delivery_id = d.delivery_id
where s.period_year::varchar <> d.period[:4]
union all
select
    c.delivery_id,
    c.line,
    c.period_year,
    d.period
from stg_claims_aggregate as c
inner join raw.delivery as d on c.delivery_id = d.delivery_id
where c.period_year::varchar <> d.period[:4]
order by delivery_id, line
