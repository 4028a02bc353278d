-- Costs of mental health care per insured year, from the open data of Vektis: all columns for it
-- together, under the names they have in each year.
-- Grain: one row per year and country, care office region or province.

select
    'ggz' as sector_code,
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
    'kosten_*_ggz, kosten_*_psychologische_zorg' as locator,
    list_concat(
        list_concat(place_caveats, doubt_caveats),
        case when period_year in (2021, 2022) then ['administrative_dip'] else [] end
    ) as caveats
from mart_vektis_region_cost
where care_group = 'mental_health' and insured_years > 0
