-- How long stops last: the middle duration, in days.
-- Grain: one row per stop with a known duration, class or start.
--
-- Exact: low = high. A class: from low up to high. Still running, or longer than the last
-- class: high is null.

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
    s.stop_low_days as duration_low,
    s.stop_high_days as duration_high
from mart_survey_contract as s
where s.has_stop and s.stop_low_days is not null
