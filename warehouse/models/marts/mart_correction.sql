-- Known errors beside the figures or the row that they are about.
-- Grain: one row per correction and figure or row.

select
    c.correction_id,
    c.error,
    c.source_id,
    c.figure_id,
    c.row_key,
    c.delivery_id,
    c.line,
    c.kind,
    c.column_name,
    c.printed,
    c.should_be,
    c.is_applied,
    c.status,
    c.found_on,
    c.reason_nl,
    c.reason_en,
    c.said_by,
    c.said_in,
    f.document_id,
    f.locator,
    f.topic,
    coalesce(f.sector_code, c.sector_code) as sector_code
from stg_correction as c
left join mart_figure as f on c.figure_id = f.figure_id
