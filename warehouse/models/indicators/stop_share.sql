-- Share of providers that took no new clients for a while, for whatever cause.
-- Grain: one row per respondent and insurer.
--
-- The method counts a respondent once in a cell: with a stop as soon as one row has one.

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
    case when list_contains(s.changed_questions, 'stop') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    s.has_stop::integer as numerator,
    1 as denominator
from mart_survey_contract as s
where s.has_stop is not null
