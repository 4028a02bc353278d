-- The middle rise in tariffs that insurers offered, in percent.
-- Grain: one row per contract with a known offer.

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
    case when list_contains(s.changed_questions, 'offered_pct') then s.caveats else [] end
        as caveats,
    s.respondent_id as unit_id,
    s.weight,
    s.offered_pct as value
from mart_survey_contract as s
where s.has_contract and s.offered_pct is not null
