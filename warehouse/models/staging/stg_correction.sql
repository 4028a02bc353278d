-- Known errors in what was delivered, with whose they are, what is meant and why. Where one is
-- applied, the rows of its source are read with the right value already.
-- Grain: one row per correction and figure or row.

select
    correction_id,
    error,
    source_id,
    figure_id,
    row_key,
    delivery_id,
    line,
    kind,
    column_name,
    printed,
    should_be,
    is_applied,
    difference,
    status,
    found_on,
    reason_nl,
    reason_en,
    said_by,
    said_in,
    indicators,
    sector_code,
    insurer_code,
    region_code,
    provider_group,
    period_year
from raw.correction
