-- Breaks that a chart draws: after which year a series of an insurer or region is another one.
-- Grain: one row per source, insurer or region, and year. A null means: any.

select
    source_id,
    insurer_code,
    region_code,
    after_year,
    kind,
    nl,
    en,
    share
from mart_break
