-- Regions with their place on the tile map.
-- Grain: one row per region.

select
    code,
    nl,
    en,
    kind,
    row,
    "column",
    abbreviation,
    valid_from,
    valid_to,
    successor,
    old_awbz_code,
    municipalities_2023,
    provinces
from mart_region
