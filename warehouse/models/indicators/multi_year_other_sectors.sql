-- What the reports say, without a number, about multi-year contracts outside GP care.
-- Grain: one row per claim.

select
    figure_id,
    case figure_id
        when 'stmt-ggz2022-multiyear-almost-none' then 'almost_none'
        when 'stmt-ggz2022-multiyear-small-insurers' then 'small_insurers_only'
        when 'stmt-ggz2022-multiyear-alliances' then 'beside_contract'
        when 'stmt-wv2021-multiyear-wished' then 'wished'
        when 'stmt-ggz2022-multiyear-wished' then 'wished'
        when 'stmt-actiz-covenant-2022-2026' then 'covenant'
        else 'no_figures'
    end as category,
    'none' as base
from mart_figure_value
where
    figure_id in (
        'stmt-ggz2022-multiyear-almost-none',
        'stmt-ggz2022-multiyear-small-insurers',
        'stmt-ggz2022-multiyear-alliances',
        'stmt-wv2021-multiyear-wished',
        'stmt-ggz2022-multiyear-wished',
        'stmt-actiz-covenant-2022-2026',
        'stmt-wlz2023-contract-length-criteria'
    )
