-- Care divided by contract status: costs, clients, and combinations of provider and risk bearer.
-- Euros are added up in fixed decimals: as doubles the order of the rows would matter.
-- Grain: one row per insurer, region, provider group, contract status, base and category.

with
added_up as (
    select
        evidence,
        source_id,
        delivery_id,
        period_year,
        sector_code,
        insurer_code,
        region_code,
        provider_group,
        status,
        contract_status,
        caveats,
        sum(amount::decimal(38, 12))::double as costs,
        -- A row without a number of clients or providers makes the sum unknown, not smaller.
        case when count(clients) = count(*) then sum(clients)::double end as clients,
        case when count(providers) = count(*) then sum(providers)::double end as pairs,
        coalesce(max(providers), 0)::double as contributors,
        -- One provider may be the largest of every risk bearer of an insurer: then these add up.
        sum(largest_amount::decimal(38, 12))::double as largest_amount
    from mart_claims
    group by
        evidence,
        source_id,
        delivery_id,
        period_year,
        sector_code,
        insurer_code,
        region_code,
        provider_group,
        status,
        contract_status,
        caveats
),

measured as (
    select
        a.*,
        m.base,
        m.counted,
        m.largest
    from added_up as a
    cross join
        lateral (
            values
            ('costs', a.costs, a.largest_amount),
            -- Of clients the source does not say how many the largest has: its part of the costs
            -- stands in.
            ('clients', a.clients, a.clients * a.largest_amount / nullif(a.costs, 0)),
            ('provider_pairs', a.pairs, 1)
        ) as m (base, counted, largest)
    where m.counted is not null
)

select
    m.evidence,
    m.source_id,
    m.delivery_id,
    m.period_year,
    m.sector_code,
    m.insurer_code,
    m.region_code,
    m.provider_group,
    m.status,
    m.caveats,
    m.base,
    'status_' || c.contract_status as category,
    case when m.contract_status = c.contract_status then m.counted else 0 end as numerator,
    m.counted as denominator,
    m.contributors,
    m.largest
from measured as m
cross join (values ('contracted'), ('uncontracted'), ('unknown')) as c (contract_status)
