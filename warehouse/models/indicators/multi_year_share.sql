-- Share of contracts with a term of two years or longer.
-- Grain: one row per contract and base.
--
-- A wave and sector in which nobody gave a term did not ask for it: it has no cells.

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
    case when list_contains(s.changed_questions, 'term_years') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    coalesce(s.term_years >= 2, false)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (values ('contracts'), ('contracts_known')) as b (base)
where
    s.has_contract
    and exists (
        select 1
        from mart_survey_contract as w
        where
            w.source_id = s.source_id
            and w.evidence = s.evidence
            and w.period_year = s.period_year
            and w.sector_code = s.sector_code
            and w.term_years is not null
    )
    and (b.base = 'contracts' or s.term_years is not null)
