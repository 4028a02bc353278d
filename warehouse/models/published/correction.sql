-- Printing errors of the sources; the figures themselves stay as printed.
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
    reason_en,
    document_id,
    locator,
    topic,
    sector_code
from mart_correction
