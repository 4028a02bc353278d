-- What comes from too few, or mostly from one, is hidden. Written apart from the step that hides.

select
    c.indicator_id,
    c.sector_code,
    c.period_year,
    c.insurer_code,
    c.region_code,
    c.provider_group,
    c.category,
    c.contributors
from indicator_cell as c
inner join ref_disclosure as d on c.source_id = d.source
inner join ref_disclosure_minimum as m on d.source = m.source and d.contributors = m.entity
where
    c.evidence in ('survey', 'claims', 'example')
    and c.suppression is null
    and (coalesce(c.denominator, c.n_observed, 1) > 0 or coalesce(c.contributors, 1) > 0)
    and (
        coalesce(c.contributors, 0) < m.at_least
        or coalesce(c.contributors, 0) < c.min_observed
        or c.largest_share * 100 > d.largest_share
    )
