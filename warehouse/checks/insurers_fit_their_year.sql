-- An insurer or risk bearer belongs to a concern in the year it is named for, and exists by then.

select
    s.delivery_id,
    s.line,
    s.delivered_insurer as value,
    s.period_year
from mart_survey_contract as s
left join ref_insurer as i on s.insurer_code = i.code
where i.code is null or s.period_year < coalesce(i.valid_from, 0)
union all
select
    c.delivery_id,
    c.line,
    c.uzovi as value,
    c.period_year
from mart_claims as c
left join ref_insurer as i on c.insurer_code = i.code
where i.code is null or c.period_year < coalesce(i.valid_from, 0)
order by delivery_id, line
