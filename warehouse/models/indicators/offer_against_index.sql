-- Contracts by whether the offer was below, equal to or above the wage index (OVA) of the year.
-- Grain: one row per contract and category, per base, in years with a wage index.

with
wage_index as (
    -- Of a year printed twice the final value counts; a replaced value never does.
    select
        period_year,
        value as index_pct,
        status as index_status
    from mart_figure_value
    where
        measure_code = 'price_index_ova'
        and status in ('final', 'provisional')
        and value is not null
    qualify row_number() over (
        partition by period_year order by status = 'final' desc, figure_id
    ) = 1
),

answered as (
    select
        s.* exclude (caveats),
        case
            when s.offered_pct is null then 'offer_unknown'
            when round(s.offered_pct, 2) < round(w.index_pct, 2) then 'offer_below'
            when round(s.offered_pct, 2) > round(w.index_pct, 2) then 'offer_above'
            else 'offer_equal'
        end as answer,
        list_concat(
            case when list_contains(s.changed_questions, 'offered_pct') then s.caveats else [] end,
            case when w.index_status = 'provisional' then ['index_provisional'] else [] end
        ) as caveats
    from mart_survey_contract as s
    inner join wage_index as w on s.period_year = w.period_year
    where s.has_contract
)

select
    s.evidence,
    s.source_id,
    s.delivery_id,
    s.period_year,
    s.sector_code,
    s.insurer_code,
    s.region_code,
    s.provider_group,
    c.category,
    b.base,
    s.status,
    s.caveats,
    s.respondent_id as unit_id,
    s.weight,
    (c.category = s.answer)::integer as numerator,
    1 as denominator
from answered as s
cross join (
    values
    ('offer_below'),
    ('offer_equal'),
    ('offer_above'),
    ('offer_unknown')
) as c (category)
cross join (values ('contracts'), ('contracts_known')) as b (base)
where b.base = 'contracts' or s.offered_pct is not null
