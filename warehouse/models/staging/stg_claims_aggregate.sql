-- Claims of a year added up; what is invented has evidence of its own.
-- Grain: one row per sector, provider group, risk bearer, region and contract status of a delivery.

select
    case when invented = 'yes' then 'example' else 'claims' end as evidence,
    'claims_aggregate' as source_id,
    delivery_id,
    line,
    year as period_year,
    sector as sector_code,
    provider_group,
    region as delivered_region,
    uzovi,
    contract_status,
    product,
    amount_eur::double as amount,
    clients,
    hours::double as hours,
    providers,
    largest_provider_pct::double as largest_provider_pct,
    claims_status as status,
    completeness_pct::double as completeness
from raw.claims_aggregate
