-- Municipalities of the Vektis files that no care office region knows: they count under "unknown".
-- Grain: one row per year and municipality as written in the file that counts for the year.
-- reason: divided (its parts went to several regions) or not_in_crosswalk (an operator adds it to
-- catalogue/crosswalks).

select
    period_year,
    municipality_written as municipality,
    case when province_code is null then 'not_in_crosswalk' else 'divided' end as reason,
    province_code,
    insured_persons,
    insured_years,
    costs,
    delivery_id
from mart_vektis_municipality
where region_code = 'unknown'
