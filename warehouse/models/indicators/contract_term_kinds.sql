-- Contracts by term, the long ones by whether the price is reopened yearly.
-- Grain: one row per contract and category.
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
    c.category,
    s.status,
    case when list_contains(s.changed_questions, 'term_years') then s.caveats else [] end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = case
        when s.term_years is null then 'term_unknown'
        when s.term_years < 2 then 'term_under_two'
        when s.yearly_price_reopening = 'no' then 'term_two_fixed'
        when s.yearly_price_reopening = 'yes' then 'term_two_reopened'
        else 'term_two_reopening_unknown'
    end)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('term_under_two'),
    ('term_two_fixed'),
    ('term_two_reopened'),
    ('term_two_reopening_unknown'),
    ('term_unknown')
) as c (category)
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
