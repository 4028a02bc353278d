-- No claim counts twice: one row per combination of a year, from one delivery per sector.

select
    evidence,
    period_year,
    sector_code,
    provider_group,
    uzovi,
    delivered_region,
    contract_status,
    product,
    count(*) as times
from mart_claims
group by
    evidence, period_year, sector_code, provider_group, uzovi, delivered_region, contract_status,
    product
having count(*) > 1
