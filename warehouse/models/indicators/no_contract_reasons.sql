-- Reasons that providers name for having no contract, as printed.
-- Grain: one row per printed figure or claim without a number.
--
-- The main reasons in mental health care are only in a picture: they come in as claims.

select
    figure_id,
    case
        when measure_code = 'no_contract_on_principle' then 'reason_principle'
        when measure_code = 'no_contract_new_provider_refused' then 'reason_new_provider_refused'
        when measure_code = 'no_contract_zpm_reason' then 'reason_new_model'
        when measure_code = 'no_contract_reasons_2021_2022' then 'reasons_figure'
        when figure_id = 'stmt-ggz2022-reasons-tariff-ceiling' then 'reason_tariff_and_ceiling'
        when figure_id = 'stmt-ggz2022-clawback-fear' then 'reason_clawback'
        when breakdown_value = 'Ik vind de geboden tarieven te laag' then 'reason_tariff_too_low'
        when breakdown_value = 'De onderhandeling zijn nog niet afgerond' then 'reason_not_finished'
        else 'reason_other'
    end as category,
    'respondents' as base
from mart_figure_value
where
    measure_code in (
        'no_contract_on_principle',
        'no_contract_new_provider_refused',
        'no_contract_zpm_reason',
        'no_contract_reasons_2021_2022',
        'no_contract_reason_2019_share'
    )
    or figure_id in ('stmt-ggz2022-reasons-tariff-ceiling', 'stmt-ggz2022-clawback-fear')
