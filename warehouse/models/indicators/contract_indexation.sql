-- Contracts by whether their tariffs rose fully, partly or not at all.
-- Grain: one row per contract and category, per base.

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
    b.base,
    s.status,
    case when list_contains(s.changed_questions, 'indexation') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = 'indexed_' || s.indexation)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('indexed_full'),
    ('indexed_partly'),
    ('indexed_none'),
    ('indexed_unknown')
) as c (category)
cross join (values ('contracts'), ('contracts_known')) as b (base)
where
    s.has_contract
    and s.indexation is not null
    and (b.base = 'contracts' or s.indexation <> 'unknown')
