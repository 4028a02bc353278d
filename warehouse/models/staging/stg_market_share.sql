-- Insured persons, or their share, per insurer.
-- Grain: one row per insurer and year; the share where it is printed, else the number.

select
    s.figure_id,
    'insurer_market_share' as source_id,
    s.document_id,
    coalesce(s.printed_as, concat_ws(', ', s.insurer_printed, s.year)) as locator,
    'context' as subtopic,
    'all' as source_sector,
    'all' as sector_code,
    'all' as provider_group,
    s.year::varchar as period,
    'verzekerden' as population,
    'insurer' as breakdown_dimension,
    s.insurer_printed as breakdown_value,
    m.en as measure,
    m.code as measure_code,
    coalesce(s.share_pct, s.insured)::double as value,
    s.decimals,
    case when s.share_pct is null then 'count' else 'percent' end as unit,
    case when s.share_pct is not null then s.insured::double end as numerator,
    'exact' as qualifier,
    'final' as status,
    '' as voice,
    coalesce(s.insurer, 'all') as insurer_code,
    'NL' as region_code,
    s.delivery_id,
    s.line
from raw.insurer_market_share as s
left join ref_measure as m
    on m.code = case
        when s.share_pct is null then 'insurer_insured_persons' else 'insurer_market_share'
    end
