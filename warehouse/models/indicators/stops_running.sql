-- Share of stops that still ran when the provider answered.
-- Grain: one row per stop.

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
    case when list_contains(s.changed_questions, 'stop_bucket') then s.caveats else [] end
        as caveats,
    s.respondent_id as unit_id,
    s.weight,
    s.is_running::integer as numerator,
    1 as denominator
from mart_survey_contract as s
where s.has_stop and s.is_running is not null
