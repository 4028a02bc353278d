-- Insured persons and costs of the Vektis files, sex and age classes together.
-- Grain: one row per delivery and municipality as written; the rest row has none, and a file per
-- postcode is one row without a municipality.

select
    delivery_id,
    try_cast(left(split_part(delivery_id, '/', 2), 4) as integer) as period_year,
    municipality,
    trim(regexp_replace(
        regexp_replace(lower(strip_accents(municipality)), '[.''’‘`´]', '', 'g'),
        '[^a-z0-9]+', ' ', 'g'
    )) as folded,
    count(postcode_3) > 0 as has_postcodes,
    coalesce(sum(insured_persons) filter (where sex is null and age_class is null), 0)::bigint
        as unclassed_persons,
    sum(insured_persons)::bigint as insured_persons,
    sum(insured_years) as insured_years,
    count(*) as delivered_rows
from raw.vektis_open_data
group by delivery_id, municipality
