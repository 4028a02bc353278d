-- Which cells rest on a row of which a value was replaced; nothing in a column: any.
-- Grain: one row per applied correction of a row.

select
    correction_id,
    error,
    source_id,
    delivery_id,
    indicators,
    sector_code,
    insurer_code,
    region_code,
    provider_group,
    period_year
from stg_correction
where is_applied and figure_id is null
