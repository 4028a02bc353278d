-- The middle time between a request for additional contracting and its decision, in days.
-- Grain: one row per request with a decision and a known lead time.

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
    case
        when list_contains(s.changed_questions, 'request_lead_days') then s.caveats else []
    end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    s.lead_days as value
from mart_survey_contract as s
where
    s.has_request
    and s.request_outcome in ('granted', 'partly', 'refused')
    and s.lead_days is not null
