-- Every cell of every indicator, with its interval where one is allowed.
-- Grain: one row per indicator, cell and printing of its value.
--
-- Wilson, 95%: only where n counts answers (not insurers, who were all asked, and not euros),
-- is over 30, and the value is one exact percentage. What a source has printed is never
-- suppressed; what is computed from few respondents is. A count that a correction calls
-- misprinted makes no interval: it does not belong to the printed share.

with
misprinted as (
    select
        figure_id,
        bool_or(column_name = 'numerator') as is_numerator
    from mart_correction
    where kind = 'value'
    group by figure_id
),

judged as (
    select
        c.*,
        m.figure_id is not null as is_misprinted,
        coalesce(m.is_numerator, false) as is_numerator_misprinted,
        i.chart = 'events' as is_event,
        c.evidence in ('survey', 'claims', 'example')
        and coalesce(c.n_observed, 0) < c.min_observed as is_suppressed,
        case
            when c.numerator between 0 and c.n_observed then c.numerator / c.n_observed
            when c.value between 0 and 100 then c.value / 100
        end as share,
        1.959963984540054 as z
    from indicator_cell as c
    inner join ref_indicator as i on c.indicator_id = i.id
    left join misprinted as m on c.figure_ids[1] = m.figure_id
),

measured as (
    select
        *,
        unit = 'percent'
        and value is not null
        and share is not null
        and qualifier = 'exact'
        and n_unit in ('respondents', 'contracts', 'requests')
        and n_observed > 30
        and not is_suppressed
        and not is_misprinted as has_interval,
        (share + z * z / (2 * n_observed)) / (1 + z * z / n_observed) as centre,
        z * sqrt(share * (1 - share) / n_observed + z * z / (4 * n_observed * n_observed))
        / (1 + z * z / n_observed) as margin
    from judged
)

select
    indicator_id,
    sector_code,
    period_year,
    insurer_code,
    region_code,
    provider_group,
    category,
    population,
    evidence,
    base,
    case when not is_suppressed then value end as value,
    case when not is_suppressed then value_low end as value_low,
    case when not is_suppressed then value_high end as value_high,
    unit,
    case when not is_suppressed and not is_numerator_misprinted then numerator end as numerator,
    case when not is_suppressed then denominator end as denominator,
    case when not is_suppressed then n_observed end as n_observed,
    n_unit,
    case when not is_suppressed then n_unweighted end as n_unweighted,
    case when has_interval then 100 * greatest(centre - margin, 0) end as ci_low,
    case when has_interval then 100 * least(centre + margin, 1) end as ci_high,
    case when has_interval then 'wilson_95' end as ci_method,
    qualifier,
    case when is_suppressed then 'suppressed' else status end as status,
    source_id,
    document_id,
    locator,
    figure_ids,
    case
        when is_misprinted then list_distinct(list_append(caveats, 'printed_error'))
        else caveats
    end as caveats,
    delivery_id,
    period,
    voice,
    decimals,
    label_nl,
    label_en,
    comparable_group,
    -- Two rulings may fall on one day: an event is known by its figure.
    concat_ws(
        '|', indicator_id, sector_code, period, insurer_code, region_code, provider_group,
        category, population, evidence, base, voice, document_id,
        case when status = 'superseded' then status end,
        case when is_event then figure_ids[1] end
    ) as cell_id
from measured
