-- How many cells became what, and how much the largest change is.
-- Grain: one row per indicator, evidence, year and kind of change.

select
    indicator_id,
    evidence,
    period_year,
    is_new_year,
    kind,
    any_value(unit) as unit,
    count(*) as cells,
    count(*) filter (new_status = 'suppressed') as hidden,
    max_by(size, abs(size)) as largest,
    median(size) as middle
from cell_change
group by indicator_id, evidence, period_year, is_new_year, kind
order by indicator_id, evidence, period_year, kind
