-- Answers of care providers about their contracts; what is invented has evidence of its own.
-- Grain: one row per respondent, sector, insurer and wave of a delivery.

select
    case when invented = 'yes' then 'example' else 'survey' end as evidence,
    'provider_survey' as source_id,
    delivery_id,
    line,
    wave_year as period_year,
    respondent_id,
    sector as sector_code,
    provider_group,
    revenue_class,
    region as delivered_region,
    insurer as delivered_insurer,
    has_contract = 'yes' as has_contract,
    no_contract_reason,
    term_years::double as term_years,
    start_year,
    yearly_price_reopening,
    indexation,
    offered_pct::double as offered_pct,
    ceiling_reached,
    stop = 'yes' as has_stop,
    stop_cause,
    stop_bucket,
    stop_start,
    stop_end,
    request = 'yes' as has_request,
    request_outcome,
    request_lead_days as lead_days,
    answered_on,
    coalesce(weight::double, 1) as weight
from raw.provider_survey
