-- Every answer that was loaded is in the mart, or was delivered again later.

with
loaded as (
    select count(*) as n
    from (
        select distinct
            evidence,
            period_year,
            respondent_id,
            sector_code,
            delivered_insurer
        from stg_provider_survey
    ) as answer
),

kept as (
    select count(*) as n
    from mart_survey_contract
)

select
    l.n as loaded,
    k.n as kept
from loaded as l
cross join kept as k
where l.n <> k.n
