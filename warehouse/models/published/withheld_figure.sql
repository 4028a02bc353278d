-- Figures that we know of and do not publish, with the reason and without the value.
-- Grain: one row per figure.

select
    figure_id,
    document_id,
    sector_code,
    period,
    measure,
    measure_code,
    reason_nl,
    reason_en
from mart_withheld
