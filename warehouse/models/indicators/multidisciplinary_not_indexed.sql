-- Respondents in multidisciplinary care whose tariff for direct care or overhead did not fully rise.
-- Grain: one row per part of the tariff; the two overlap.

select
    figure_id,
    case measure_code
        when 'segment_2_direct_not_indexed' then 'idx_direct'
        else 'idx_overhead'
    end as category,
    'respondents_who_knew' as base
from mart_figure_value
where measure_code in ('segment_2_direct_not_indexed', 'segment_2_overhead_not_indexed')
