-- Every cell of every indicator, with its interval where one is allowed, and how the parts of a
-- breakdown compare with the whole.
-- Grain: one row per indicator, cell and printing of its value.
--
-- Wilson, 95%, for what is printed: only where n counts answers (not insurers, who were all
-- asked, and not euros), is over 30, and the value is one exact percentage. A count that a
-- correction calls misprinted makes no interval: it does not belong to the printed share. What
-- we compute brings the interval of its method. What a source has printed is never suppressed;
-- of a suppressed cell only its place and the reason are published.
--
-- Compared are the parts of a breakdown with the unbroken cell of the same year: higher or lower
-- where the interval of the part leaves that value out, similar where it holds it. A whole that
-- is suppressed is compared with nothing: the verdict would tell where it lies.

with
misprinted as (
    select
        figure_id,
        bool_or(column_name = 'numerator') as is_numerator
    from mart_correction
    where kind = 'value' and not is_applied and figure_id is not null
    group by figure_id
),

-- Cells that rest on a row of which a value was replaced.
mended as (
    select
        c.indicator_id,
        c.sector_code,
        c.period_year,
        c.insurer_code,
        c.region_code,
        c.provider_group,
        c.category,
        c.base,
        c.evidence,
        c.delivery_id,
        list_sort(list_distinct(list(m.error))) as errors
    from edition_cell as c
    inner join mart_correction_mark as m on c.source_id = m.source_id
    left join delivery_alias as a on m.delivery_id = a.delivery_id
    where
        c.delivery_id = coalesce(a.alias, m.delivery_id)
        and (len(m.indicators) = 0 or list_contains(m.indicators, c.indicator_id))
        and (m.sector_code is null or c.sector_code = m.sector_code)
        and (m.insurer_code is null or c.insurer_code in (m.insurer_code, 'all'))
        and (m.region_code is null or c.region_code in (m.region_code, 'NL'))
        and (m.provider_group is null or c.provider_group in (m.provider_group, 'all'))
        and (m.period_year is null or c.period_year = m.period_year)
    group by
        c.indicator_id, c.sector_code, c.period_year, c.insurer_code, c.region_code,
        c.provider_group, c.category, c.base, c.evidence, c.delivery_id
),

judged as (
    select
        c.*,
        m.figure_id is not null as is_misprinted,
        coalesce(m.is_numerator, false) as is_numerator_misprinted,
        d.errors as mended_errors,
        i.chart = 'events' as is_event,
        len(i.breakdowns) > 0 as is_broken_down,
        c.insurer_code = 'all' and c.region_code = 'NL' and c.provider_group = 'all' as is_whole,
        c.evidence in ('survey', 'claims', 'example') as is_computed,
        -- The build has hidden these already; should it ever not have, they stay hidden.
        coalesce(
            c.suppression,
            case
                when c.evidence not in ('survey', 'claims', 'example') then null
                when c.contributors = 0 and coalesce(c.denominator, c.n_observed, 0) = 0 then null
                when coalesce(c.contributors, c.n_observed, 0) < c.min_observed then 'few'
            end
        ) as hidden_because,
        case
            when c.numerator between 0 and c.n_observed then c.numerator / c.n_observed
            when c.value between 0 and 100 then c.value / 100
        end as share,
        1.959963984540054 as z
    from edition_cell as c
    inner join ref_indicator as i on c.indicator_id = i.id
    left join misprinted as m on c.figure_ids[1] = m.figure_id
    left join mended as d
        on
            c.indicator_id = d.indicator_id
            and c.sector_code = d.sector_code
            and c.period_year = d.period_year
            and c.insurer_code = d.insurer_code
            and c.region_code = d.region_code
            and c.provider_group = d.provider_group
            and c.category = d.category
            and c.base = d.base
            and c.evidence = d.evidence
            and c.delivery_id = d.delivery_id
),

measured as (
    select
        *,
        hidden_because is not null as is_suppressed,
        unit = 'percent'
        and value is not null
        and share is not null
        and qualifier = 'exact'
        and n_unit in ('respondents', 'contracts', 'requests')
        and n_observed > 30
        and not is_computed
        and not is_misprinted as has_wilson,
        (share + z * z / (2 * n_observed)) / (1 + z * z / n_observed) as centre,
        z * sqrt(share * (1 - share) / n_observed + z * z / (4 * n_observed * n_observed))
        / (1 + z * z / n_observed) as margin
    from judged
),

wholes as (
    select
        indicator_id,
        sector_code,
        period_year,
        category,
        base,
        evidence,
        any_value(value) as value
    from measured
    where is_broken_down and is_whole and not is_suppressed
    group by indicator_id, sector_code, period_year, category, base, evidence
    having count(*) = 1
)

select
    c.indicator_id,
    c.sector_code,
    c.period_year,
    c.insurer_code,
    c.region_code,
    c.provider_group,
    c.category,
    c.population,
    c.evidence,
    c.base,
    case when not c.is_suppressed then c.value end as value,
    case when not c.is_suppressed then c.value_low end as value_low,
    case when not c.is_suppressed then c.value_high end as value_high,
    c.unit,
    case when not c.is_suppressed and not c.is_numerator_misprinted then c.numerator end as numerator,
    case when not c.is_suppressed then c.denominator end as denominator,
    case when not c.is_suppressed then c.n_observed end as n_observed,
    c.n_unit,
    case when not c.is_suppressed then c.n_unweighted end as n_unweighted,
    case
        when c.is_suppressed then null
        when c.has_wilson then 100 * greatest(c.centre - c.margin, 0)
        else c.ci_low
    end as ci_low,
    case
        when c.is_suppressed then null
        when c.has_wilson then 100 * least(c.centre + c.margin, 1)
        else c.ci_high
    end as ci_high,
    case
        when c.is_suppressed then null
        when c.has_wilson then 'wilson_95'
        else c.ci_method
    end as ci_method,
    case when c.is_suppressed then 'exact' else c.qualifier end as qualifier,
    case
        when c.is_suppressed then 'suppressed'
        when c.mended_errors is not null and c.status = 'final' then 'corrected'
        else c.status
    end as status,
    c.source_id,
    c.document_id,
    c.locator,
    c.figure_ids,
    case
        when c.is_misprinted then list_distinct(list_append(c.caveats, 'printed_error'))
        when c.mended_errors is not null
            then list_sort(list_distinct(list_concat(c.caveats, c.mended_errors)))
        else c.caveats
    end as caveats,
    c.delivery_id,
    c.period,
    c.voice,
    c.decimals,
    c.label_nl,
    c.label_en,
    c.comparable_group,
    -- Two rulings may fall on one day: an event is known by its figure.
    concat_ws(
        '|', c.indicator_id, c.sector_code, c.period, c.insurer_code, c.region_code,
        c.provider_group, c.category, c.population, c.evidence, c.base, c.voice, c.document_id,
        case when c.status = 'superseded' then c.status end,
        case when c.is_event then c.figure_ids[1] end
    ) as cell_id,
    c.hidden_because as suppression,
    case
        when not c.is_broken_down or c.is_whole or c.is_suppressed then null
        when w.value is null or c.ci_low is null then 'undetermined'
        when c.ci_low > w.value then 'higher'
        when c.ci_high < w.value then 'lower'
        else 'similar'
    end as comparison,
    case
        when c.is_broken_down and not c.is_whole and not c.is_suppressed then w.value
    end as comparison_value
from measured as c
left join wholes as w
    on
        c.indicator_id = w.indicator_id
        and c.sector_code = w.sector_code
        and c.period_year = w.period_year
        and c.category = w.category
        and c.base = w.base
        and c.evidence = w.evidence
