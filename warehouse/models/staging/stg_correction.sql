-- Printing errors, with what is meant and why. Nothing here changes a value.
-- Grain: one row per correction and figure.

select
    correction_id,
    figure_id,
    kind,
    column_name,
    printed,
    should_be,
    status,
    reason_nl,
    reason_en
from raw.correction
