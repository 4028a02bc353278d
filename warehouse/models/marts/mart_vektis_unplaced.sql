-- Municipalities of the Vektis files that no region knows, and the regions they may belong to.
-- Grain: one row per year, municipality and region or province that may lack it.
--
-- A municipality that was divided may be missing in the regions of its parts. One that stands in
-- no crosswalk may be missing anywhere: in every region, and in every province.

with
unplaced as (
    select
        period_year,
        municipality_written,
        folded,
        province_code,
        parts_to,
        insured_persons
    from mart_vektis_municipality
    where region_code = 'unknown'
),

part as (
    select
        period_year,
        folded,
        unnest(parts_to) as part_name
    from unplaced
),

candidate as (
    select distinct
        p.period_year,
        p.folded,
        m.region as region_code
    from part as p
    inner join ref_municipality as m
        on
            p.part_name = m.name
            and p.period_year between coalesce(m.from_year, 0) and coalesce(m.until_year, 9999)
    union all
    select distinct
        u.period_year,
        u.folded,
        m.region as region_code
    from unplaced as u
    inner join ref_municipality as m on u.province_code = m.province
    where len(u.parts_to) = 0
    union all
    select
        u.period_year,
        u.folded,
        r.code as region_code
    from unplaced as u
    cross join ref_region as r
    where
        u.province_code is null
        and r.kind in ('zorgkantoorregio', 'province')
        and r.valid_to is null
)

select
    u.period_year,
    u.municipality_written,
    u.folded,
    u.province_code,
    u.insured_persons,
    c.region_code
from unplaced as u
left join candidate as c on u.period_year = c.period_year and u.folded = c.folded
