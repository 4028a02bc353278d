-- This release.
-- Grain: one row.

select
    r.release_id,
    r.built_at,
    r.digest,
    r.program_version,
    r.previous_release_id,
    (select count(*) from raw.delivery) as deliveries,
    (select count(*) from mart_figure) as figures,
    (select count(distinct c.indicator_id) from edition_cell as c) as indicators,
    (select count(*) from edition_cell) as cells,
    (select e.name from this_edition as e) as edition
from this_release as r
