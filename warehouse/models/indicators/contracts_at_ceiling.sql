-- Share of contracts whose revenue ceiling was reached.
-- Grain: one row per contract and base.

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
    case when list_contains(s.changed_questions, 'ceiling_reached') then s.caveats else [] end
        as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (s.ceiling_reached = 'yes')::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (values ('contracts'), ('contracts_known')) as b (base)
where
    s.has_contract
    and s.ceiling_reached is not null
    and (b.base = 'contracts' or s.ceiling_reached <> 'unknown')
