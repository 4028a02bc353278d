-- Every name of a municipality, present or past, and the region and province it counts for today.
-- Grain: one row per name without case, accents and marks, and span of years.
--
-- A municipality that merged counts for the region of its successor. One that was divided over
-- regions has no successor: its region is unknown, and only its province counts.
-- The folding of a name is the same as in stg_vektis_open_data and catalogue/crosswalks/checks.py.

with
written as (
    select
        unnest(list_distinct(list_append(also_written, name))) as municipality_written,
        name as municipality,
        region as region_code,
        province as province_code,
        from_year,
        until_year,
        []::varchar[] as parts_to
    from ref_municipality
    union all
    select
        unnest(list_distinct(list_append(c.also_written, c.name))) as municipality_written,
        c.successor as municipality,
        coalesce(m.region, 'unknown') as region_code,
        coalesce(m.province, c.province) as province_code,
        m.from_year,
        m.until_year,
        case when c.successor is null then c.parts_to else [] end as parts_to
    from ref_municipality_change as c
    left join ref_municipality as m on c.successor = m.name
)

select distinct
    trim(regexp_replace(
        regexp_replace(lower(strip_accents(municipality_written)), '[.''’‘`´]', '', 'g'),
        '[^a-z0-9]+', ' ', 'g'
    )) as folded,
    municipality,
    region_code,
    province_code,
    coalesce(from_year, 0) as from_year,
    coalesce(until_year, 9999) as until_year,
    parts_to
from written
