-- Costs of GP care per insured year, from the open data of Vektis: registration, consultations, other
-- GP care and, from 2015, multidisciplinary care.
-- Grain: one row per year and country, care office region or province.

select
    'huisartsenzorg' as sector_code,
    period_year,
    region_code,
    'claims' as evidence,
    'none' as base,
    costs::double / insured_years::double as value,
    costs::double as numerator,
    insured_years::double as denominator,
    insured_persons::double as n_observed,
    'insured_persons' as n_unit,
    'vektis_open_data' as source_id,
    delivery_id,
    'kosten_huisarts_*' as locator,
    list_concat(place_caveats, doubt_caveats) as caveats
from mart_vektis_region_cost
where care_group = 'gp_care' and insured_years > 0
