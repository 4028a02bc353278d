-- Price indices of the NZa: change against the year before.
-- Grain: one row per series, year and printing (a provisional and a final value are two).

select
    p.figure_id,
    'nza_price_index' as source_id,
    p.document_id,
    'jaar ' || p.year as locator,
    'indexation' as subtopic,
    'all' as source_sector,
    'all' as sector_code,
    'all' as provider_group,
    p.year::varchar as period,
    m.en as measure,
    m.code as measure_code,
    p.series as category,
    p.value::double as value,
    p.decimals,
    'percent' as unit,
    'exact' as qualifier,
    p.value_status as status,
    '' as voice,
    'all' as insurer_code,
    'NL' as region_code,
    p.note as caveat,
    p.delivery_id,
    p.line
from raw.nza_price_index as p
left join ref_measure as m on m.code = 'price_index_' || p.series
