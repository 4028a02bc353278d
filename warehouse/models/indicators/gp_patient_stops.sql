-- GP practices with a patient stop, from studies that measured in different ways.
-- Grain: one row per printed figure; every study is a group of its own.

select
    v.figure_id,
    coalesce(province.code, 'NL') as region_code,
    case
        when v.measure_code = 'practices_stop_partial' then 'stop_partial'
        when v.measure_code = 'practices_stop_full' then 'stop_full'
        when v.measure_code = 'practices_stop_per_website' then 'stop_website'
        when v.measure_code = 'practices_stop' then 'stop_survey'
        else 'stop_partial_or_full'
    end as category,
    'practices' as base,
    concat_ws('-', v.document_id, v.measure_code) as comparable_group
from mart_figure_value as v
left join ref_region as province
    on
        province.kind = 'province'
        and v.breakdown_dimension = 'region'
        and province.nl = concat(v.breakdown_value, ' (provincie)')
where
    v.measure_code in (
        'practices_stop',
        'practices_stop_partial',
        'practices_stop_full',
        'practices_stop_overijssel',
        'practices_stop_noord_holland',
        'practices_stop_zuid_holland',
        'practices_stop_per_website'
    )
