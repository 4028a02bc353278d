-- The wage index (OVA) of the year minus the rise in tariffs offered, in percentage points.
-- Grain: one row per contract with a known offer, in years with a wage index.
--
-- Positive: the offer stayed behind the index. An unknown offer is left out, never read as 0.

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
        *,
        case when list_contains(changed_questions, 'offered_pct') then caveats else [] end
            as kept_caveats
    from mart_survey_contract
    where has_contract
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
    s.status,
    case
        when w.index_status = 'provisional' then list_append(s.kept_caveats, 'index_provisional')
        else s.kept_caveats
    end as caveats,
    s.respondent_id as unit_id,
    s.weight,
    round(w.index_pct - s.offered_pct, 4) as value
from answered as s
inner join wage_index as w on s.period_year = w.period_year
where s.offered_pct is not null
