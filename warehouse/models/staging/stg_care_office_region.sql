-- The 31 care office regions of today, with the code each had under the former law.
-- Grain: one row per region.

select
    region as region_code,
    name,
    old_awbz_code,
    old_awbz_name,
    municipalities_2023,
    provinces,
    delivery_id
from raw.care_office_region
