-- Breaks in series that the data or a crosswalk show: points before and after are never joined.
-- Grain: one row per source, insurer or region and year after which the series breaks.
-- A null in source_id, insurer_code or region_code means: any.

with
region_change as (
    select
        region_code,
        last_year,
        next_year,
        changed_share,
        array_to_string(municipalities[1:8], ', ')
        || case when len(municipalities) > 8 then ' …' else '' end as names
    from mart_vektis_region_change
    where is_break
),

told as (
    select
        c.region_code,
        c.last_year,
        c.changed_share,
        replace(replace(t.nl, '{last}', c.last_year::varchar), '{next}', c.next_year::varchar) as nl,
        replace(replace(t.en, '{last}', c.last_year::varchar), '{next}', c.next_year::varchar) as en,
        c.names
    from region_change as c
    inner join ref_break_text as t on t.code = 'municipality_change'
)

select
    null::varchar as source_id,
    insurer_code,
    null::varchar as region_code,
    after_year,
    'insurer_merger' as kind,
    nl,
    en,
    null::double as share
from mart_insurer_change
union all
select
    'vektis_open_data' as source_id,
    null as insurer_code,
    region_code,
    last_year as after_year,
    'municipality_change' as kind,
    replace(nl, '{names}', names) as nl,
    replace(en, '{names}', names) as en,
    changed_share::double as share
from told
