-- Changes between years in which municipalities count under a region or province.
-- Grain: one row per region or province and pair of years with a file per municipality.
--
-- Counted are the insured of a municipality that counts elsewhere in the next year, and of one
-- without a region that may belong here, when the other year does not have it so. More than 0.5%
-- of the insured makes the pair a break. What stays unplaced in both years is no break.

with
year_pair as (
    select
        period_year as last_year,
        lead(period_year) over (order by period_year) as next_year
    from mart_vektis_municipality
    where not is_by_postcode
    group by period_year
    qualify next_year is not null
),

placed as (
    select
        period_year,
        municipality,
        region_code,
        insured_persons
    from mart_vektis_municipality
    where municipality is not null
    union all
    select
        period_year,
        municipality,
        province_code as region_code,
        insured_persons
    from mart_vektis_municipality
    where municipality is not null
),

place as (
    select
        p.period_year,
        p.municipality,
        p.region_code,
        r.kind,
        sum(p.insured_persons) as insured_persons
    from placed as p
    inner join ref_region as r on p.region_code = r.code
    group by p.period_year, p.municipality, p.region_code, r.kind
),

moved as (
    select
        y.last_year,
        y.next_year,
        a.municipality,
        a.region_code as last_region,
        b.region_code as next_region,
        greatest(a.insured_persons, b.insured_persons) as persons
    from year_pair as y
    inner join place as a on y.last_year = a.period_year
    inner join place as b
        on y.next_year = b.period_year and a.municipality = b.municipality and a.kind = b.kind
    where a.region_code <> b.region_code
),

change as (
    select
        last_year,
        next_year,
        last_region as region_code,
        municipality,
        persons
    from moved
    union all
    select
        last_year,
        next_year,
        next_region as region_code,
        municipality,
        persons
    from moved
    union all
    select
        y.last_year,
        y.next_year,
        a.region_code,
        a.municipality_written as municipality,
        a.insured_persons as persons
    from year_pair as y
    inner join mart_vektis_unplaced as a on y.last_year = a.period_year
    left join mart_vektis_unplaced as b
        on y.next_year = b.period_year and a.folded = b.folded and a.region_code = b.region_code
    where b.folded is null and a.region_code is not null
    union all
    select
        y.last_year,
        y.next_year,
        b.region_code,
        b.municipality_written as municipality,
        b.insured_persons as persons
    from year_pair as y
    inner join mart_vektis_unplaced as b on y.next_year = b.period_year
    left join mart_vektis_unplaced as a
        on y.last_year = a.period_year and b.folded = a.folded and b.region_code = a.region_code
    where a.folded is null and b.region_code is not null
),

summed as (
    select
        last_year,
        next_year,
        region_code,
        sum(persons) as changed_persons,
        list_sort(list(distinct municipality)) as municipalities
    from change
    group by last_year, next_year, region_code
)

select
    s.region_code,
    s.last_year,
    s.next_year,
    s.changed_persons,
    s.municipalities,
    s.changed_persons / least(a.insured_persons, b.insured_persons) as changed_share,
    s.changed_persons / least(a.insured_persons, b.insured_persons) > 0.005 as is_break
from summed as s
inner join mart_vektis_region_doubt as a
    on s.last_year = a.period_year and s.region_code = a.region_code
inner join mart_vektis_region_doubt as b
    on s.next_year = b.period_year and s.region_code = b.region_code
