-- Share of providers that took no new clients for a while, by cause.
-- Grain: one row per respondent, insurer and category.
--
-- The method counts a respondent once in a cell, so under each cause that it named at all.

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
    case when list_contains(s.changed_questions, 'stop_cause') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = case
        when s.has_stop then 'stop_' || coalesce(s.stop_cause, 'cause_unknown')
        else ''
    end)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('stop_ceiling'),
    ('stop_staff'),
    ('stop_other'),
    ('stop_cause_unknown')
) as c (category)
where s.has_stop is not null
