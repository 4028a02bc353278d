-- Providers without a contract, as printed in studies that asked or counted differently.
-- Grain: one row per printed figure; every study is a group of its own.

select
    figure_id,
    case
        when measure_code in ('institutions_no_contract') then 'instelling'
        when measure_code in ('independents_fully_uncontracted') then 'vrijgevestigd'
        when measure_code = 'self_employed_no_contract' then 'zzp'
        when measure_code = 'contract_with_insurer_2019_share' and sector_code = 'huisartsenzorg'
            then 'segment_1'
        when measure_code = 'contract_with_insurer_2019_share' then 'segment_2'
        else provider_group
    end as provider_group,
    case measure_code
        when 'providers_deliberately_no_contract' then 'no_contract_deliberate'
        else 'no_contract_any'
    end as category,
    case
        when measure_code = 'self_employed_no_contract' then 'self_employed'
        when document_id = 'nu_ggz_2017' then 'providers'
        else 'respondents'
    end as base,
    'all' as insurer_code,
    concat_ws('-', document_id, measure_code, sector_code, provider_group) as comparable_group
from mart_figure_value
where
    measure_code in (
        'providers_no_contract',
        'institutions_no_contract',
        'independents_fully_uncontracted',
        'self_employed_no_contract',
        'providers_deliberately_no_contract'
    )
    or (measure_code = 'contract_with_insurer_2019_share' and breakdown_value = 'Geen')
    or (
        measure_code = 'respondents_by_contracted_share'
        and breakdown_value = 'volledig ongecontracteerd'
    )
