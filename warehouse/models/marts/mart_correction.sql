-- Printing errors of the sources beside the figures they are about.
-- Grain: one row per correction and figure.

select
    c.correction_id,
    c.figure_id,
    c.kind,
    c.column_name,
    c.printed,
    c.should_be,
    c.status,
    c.reason_nl,
    c.reason_en,
    f.document_id,
    f.locator,
    f.topic,
    f.sector_code
from stg_correction as c
left join mart_figure as f on c.figure_id = f.figure_id
