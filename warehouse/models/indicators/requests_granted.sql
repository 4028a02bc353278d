-- Share of requests for additional contracting that were granted in full.
-- Grain: one row per request and base.

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
    case when list_contains(s.changed_questions, 'request_outcome') then s.caveats else [] end
        as caveats,
    s.respondent_id as unit_id,
    s.weight,
    coalesce(s.request_outcome = 'granted', false)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (values ('requests'), ('requests_decided')) as b (base)
where
    s.has_request
    and (b.base = 'requests' or s.request_outcome in ('granted', 'partly', 'refused'))
