-- Why there is no contract: the main reason of each answer.
-- Grain: one row per answer without a contract and category.

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
    case
        when list_contains(s.changed_questions, 'no_contract_reason') then s.caveats else []
    end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = 'why_' || coalesce(s.no_contract_reason, 'unknown'))::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('why_tariff'),
    ('why_ceiling'),
    ('why_clawback'),
    ('why_principle'),
    ('why_insurer_refused'),
    ('why_new_model'),
    ('why_not_finished'),
    ('why_other'),
    ('why_unknown')
) as c (category)
where not s.has_contract
