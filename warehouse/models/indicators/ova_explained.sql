-- Whether insurers explain the wage index (OVA) in the tariff: what both sides say.
-- Grain: one row per figure or claim. The providers' side has no number.

select
    figure_id,
    case
        when measure_code = 'insurers_explain_ova' then 'explained'
        when figure_id = 'stmt-wv2021-ova-large-disagree' then 'explained_disagree'
        else 'not_explained'
    end as category,
    'insurers' as base,
    case when measure_code = 'insurers_explain_ova' then 'insurers' else 'providers' end as voice
from mart_figure_value
where
    measure_code = 'insurers_explain_ova'
    or figure_id in ('stmt-wv2021-ova-providers', 'stmt-wv2021-ova-large-disagree')
