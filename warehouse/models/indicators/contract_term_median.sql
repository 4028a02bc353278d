-- The middle term of contracts, in years.
-- Grain: one row per contract with a known term.

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
    case when list_contains(s.changed_questions, 'term_years') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    s.term_years as value
from mart_survey_contract as s
where s.has_contract and s.term_years is not null
