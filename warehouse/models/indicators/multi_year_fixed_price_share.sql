-- Share of contracts with a term of two years or longer and a price that is not reopened yearly.
-- Grain: one row per contract and base.
--
-- A wave and sector in which nobody said whether the price is reopened did not ask for it: it
-- has no cells.

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
    case
        when
            list_contains(s.changed_questions, 'yearly_price_reopening')
            then s.caveats
        else []
    end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    coalesce(s.term_years >= 2 and s.yearly_price_reopening = 'no', false)::integer as numerator,
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
            and w.yearly_price_reopening is not null
    )
    and (
        b.base = 'contracts' or s.term_years < 2
        or (s.term_years >= 2 and s.yearly_price_reopening in ('yes', 'no'))
    )
