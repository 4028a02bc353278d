-- Respondents by the share of their turnover that is under contract, as printed, and the share of
-- the turnover of independents without a contract: a share of turnover, not of respondents.
-- Grain: one row per printed figure; the classes printed are no full distribution.

select
    figure_id,
    case
        when measure_code = 'uncontracted_share_turnover_independents' then 'turnover_uncontracted'
        when breakdown_value = 'driekwart of meer' then 'share_75_plus'
        when breakdown_value = 'minder dan een kwart of helemaal niet' then 'share_lt25_or_none'
        when breakdown_value = 'volledig ongecontracteerd' then 'share_none'
        else 'all'
    end as category,
    case measure_code
        when 'uncontracted_share_turnover_independents' then 'turnover'
        else 'respondents'
    end as base
from mart_figure_value
where
    measure_code in (
        'respondents_by_contracted_share',
        'contracting_degree_2022',
        'uncontracted_share_turnover_independents'
    )
