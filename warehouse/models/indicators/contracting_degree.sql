-- Respondents by the share of their turnover that is under contract, as printed.
-- Grain: one row per printed figure; the classes printed are no full distribution.

select
    figure_id,
    case breakdown_value
        when 'driekwart of meer' then 'share_75_plus'
        when 'minder dan een kwart of helemaal niet' then 'share_lt25_or_none'
        when 'volledig ongecontracteerd' then 'share_none'
        else 'all'
    end as category,
    'respondents' as base
from mart_figure_value
where measure_code in ('respondents_by_contracted_share', 'contracting_degree_2022')
