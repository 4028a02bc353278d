-- What a document prints arrives unchanged: value, n, numerator, locator, qualifier and caveat.

select
    r.figure_id,
    r.value,
    f.value as published_value
from raw.published_figures as r
left join source_figure as f on r.figure_id = f.figure_id
where
    f.figure_id is null
    or r.value::double is distinct from f.value
    or r.n::double is distinct from f.n
    or r.numerator::double is distinct from f.numerator
    or r.locator is distinct from f.locator
    or r.qualifier is distinct from f.qualifier
    or r.caveat is distinct from f.caveat
    or r.measure is distinct from f.measure
    or r.population is distinct from f.population
    or r.year is distinct from f.period
    or r.unit is distinct from f.unit
    or r.breakdown_value is distinct from f.breakdown_value
    or r.breakdown2_value is distinct from f.breakdown2_value
