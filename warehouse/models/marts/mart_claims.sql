-- Claims that count: of every year and sector the last delivery, final before provisional.
-- Grain: one row per sector, provider group, risk bearer, region of delivery and contract status.

with
ranked as (
    select
        *,
        dense_rank() over (
            partition by evidence, period_year, sector_code
            order by (status = 'final') desc, delivery_id desc
        ) as place
    from stg_claims_aggregate
)

select
    c.evidence,
    c.source_id,
    c.delivery_id,
    c.line,
    c.period_year,
    c.sector_code,
    c.provider_group,
    coalesce(r.successor, c.delivered_region) as region_code,
    c.delivered_region,
    c.uzovi,
    i.concern_code as insurer_code,
    c.contract_status,
    c.product,
    c.amount,
    c.clients,
    c.hours,
    c.providers,
    c.amount * c.largest_provider_pct / 100 as largest_amount,
    c.status,
    c.completeness,
    case
        when c.status = 'provisional' or c.completeness < 100 then ['claims_incomplete']
        else []
    end as caveats
from ranked as c
left join ref_region as r on c.delivered_region = r.code
left join ref_risk_bearer_concern as b
    on
        c.uzovi = b.uzovi
        and c.period_year between coalesce(b.since, 0) and coalesce(b.until, 9999)
left join mart_insurer_period as i
    on b.concern = i.insurer_code and c.period_year between i.from_year and i.until_year
where c.place = 1
