-- Share of contracts whose tariffs rose partly or not at all.
-- Grain: one row per contract and base.

select
    s.evidence,
    s.source_id,
    s.delivery_id,
    s.period_year,
    s.sector_code,
    s.insurer_code,
    s.region_code,
    s.provider_group,
    b.base,
    s.status,
    case when list_contains(s.changed_questions, 'indexation') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (s.indexation in ('partly', 'none'))::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (values ('contracts'), ('contracts_known')) as b (base)
where
    s.has_contract
    and s.indexation is not null
    and (b.base = 'contracts' or s.indexation <> 'unknown')
