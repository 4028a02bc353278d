-- Contracts by how long they run on after the year of the questionnaire.
-- Grain: one row per contract and category.
--
-- A wave and sector in which nobody gave a term did not ask for it: it has no cells.
-- A contract of 2 years from 2021 ends with 2022: start year plus term is the first year
-- without it.

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
        when s.term_years is null or s.start_year is null then 'left_unknown'
        when s.start_year + s.term_years <= s.period_year + 1 then 'left_none'
        when s.start_year + s.term_years < s.period_year + 3 then 'left_under_two'
        else 'left_two_or_more'
    end)::integer as numerator,
    1 as denominator
from mart_survey_contract as s
cross join (
    values
    ('left_none'),
    ('left_under_two'),
    ('left_two_or_more'),
    ('left_unknown')
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
