-- Requests for additional contracting by their outcome.
-- Grain: one row per request and category.

select
    s.evidence,
    s.source_id,
    s.delivery_id,
    s.period_year,
    s.sector_code,
    s.insurer_code,
    s.region_code,
    s.provider_group,
    c.category,
    s.status,
    case when list_contains(s.changed_questions, 'request_outcome') then s.caveats else [] end
        as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = 'request_' || coalesce(s.request_outcome, 'unknown'))::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('request_granted'),
    ('request_partly'),
    ('request_refused'),
    ('request_pending'),
    ('request_unknown')
) as c (category)
where s.has_request
