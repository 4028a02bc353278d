-- Breaks that a chart draws: after which year a series of an insurer or region is another one.
-- The public edition leaves out those of insurers that only confidential sources know.
-- Grain: one row per source, insurer or region, and year. A null means: any.

select
    b.source_id,
    b.insurer_code,
    b.region_code,
    b.after_year,
    b.kind,
    b.nl,
    b.en,
    b.share
from mart_break as b
cross join this_edition as e
left join ref_insurer as i on b.insurer_code = i.code
left join masked_source as m on b.source_id = m.source_id
where
    e.name = 'staff'
    or (not coalesce(i.invented, false) and (b.insurer_code is null or m.source_id is null))
