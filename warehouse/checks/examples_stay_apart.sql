-- An invented insurer stands in invented rows only, and an invented row names no other.

select
    s.delivery_id,
    s.line,
    'insurer' as column_name,
    s.delivered_insurer as value,
    s.evidence
from stg_provider_survey as s
inner join ref_insurer as i on s.delivered_insurer = i.code
where (s.evidence = 'example') <> i.invented
union all
select
    c.delivery_id,
    c.line,
    'uzovi' as column_name,
    c.uzovi as value,
    c.evidence
from stg_claims_aggregate as c
inner join ref_risk_bearer as b on c.uzovi = b.uzovi
where (c.evidence = 'example') <> b.invented
order by delivery_id, line
