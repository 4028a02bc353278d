-- Regions with their place on the tile map; today's care office regions with their former code.
-- Grain: one row per region.

select
    r.code,
    r.nl,
    r.en,
    r.kind,
    r.row,
    r."column",
    r.abbreviation,
    r.valid_from,
    r.valid_to,
    r.successor,
    o.old_awbz_code,
    o.municipalities_2023,
    o.provinces
from ref_region as r
left join stg_care_office_region as o on r.code = o.region_code
