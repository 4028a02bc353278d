-- Share of combinations of provider and insurer without a contract, as providers say.
-- Grain: one row per respondent and insurer.

select
    s.evidence,
    s.source_id,
    s.delivery_id,
    s.period_year,
    s.sector_code,
    s.insurer_code,
    s.region_code,
    s.provider_group,
    s.status,
    case when list_contains(s.changed_questions, 'has_contract') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (not s.has_contract)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
where s.has_contract is not null
