-- What may feed an indicator: facts, each once, with point, bound or range told apart.
-- Grain: one row per fact. A repeat is not a fact of its own; a printed count and its printed
-- percentage are one, and so are the two ends of a range.

with recursive
root as (
    select
        figure_id,
        figure_id as fact_id
    from mart_figure
    where repeats_figure_id is null
    union all
    select
        f.figure_id,
        r.fact_id
    from mart_figure as f
    inner join root as r on f.repeats_figure_id = r.figure_id
),

part as (
    select
        r.fact_id,
        list(f.figure_id order by f.figure_id <> r.fact_id, f.figure_id) as figure_ids,
        max(f.value) filter (where f.repeat_kind = 'range_end') as high_end,
        max(f.value) filter (where f.repeat_kind = 'count_of') as counted,
        list_distinct(flatten(list(f.caveats))) as caveats
    from root as r
    inner join mart_figure as f on r.figure_id = f.figure_id
    group by r.fact_id
),

fact as (
    select
        f.*,
        p.figure_ids,
        p.high_end,
        p.caveats as all_caveats,
        case
            when f.unit = 'count' and f.n is not null and f.qualifier = 'exact' then f.value
            when f.numerator is not null then f.numerator
            when f.unit = 'percent' and p.counted is not null then p.counted
            -- Few enough answers for one whole number only to round to what is printed.
            when
                f.unit = 'percent' and f.n <= 30 and f.qualifier = 'exact'
                and f.n_unit in ('respondents', 'contracts', 'requests', 'insurers')
                and round(100 * round(f.value * f.n / 100) / f.n, coalesce(f.decimals, 0)) = f.value
                then round(f.value * f.n / 100)
        end as counted_or_derived
    from mart_figure as f
    inner join part as p on f.figure_id = p.fact_id
)

select
    figure_id,
    figure_ids,
    source_id,
    document_id,
    locator,
    topic,
    subtopic,
    sector_code,
    provider_group,
    period,
    period_to as period_year,
    period_from,
    period_to,
    population,
    breakdown_dimension,
    breakdown_value,
    breakdown2_dimension,
    breakdown2_value,
    measure,
    measure_code,
    insurer_code,
    region_code,
    category,
    case
        when coalesce(unit, '') <> 'percent' then 'none'
        when starts_with(measure_code, 'price_index_') then 'previous_year'
        when measure_code = 'total_costs_growth' then 'previous_year'
        when measure_code = 'uncontracted_reimbursement' then 'bill'
        when measure_code = 'insurer_market_share' then 'insured'
        when measure_code = 'uncontracted_share_turnover_independents' then 'turnover'
        when starts_with(measure_code, 'uncontracted_share_costs') then 'costs'
        when starts_with(measure_code, 'uncontracted_share_clients') then 'clients'
        when starts_with(measure_code, 'uncontracted_share_patients') then 'clients'
        when starts_with(measure_code, 'practices_stop') then 'practices'
        when measure_code = 'contracts_at_ceiling_with_stop_share' then 'contracts_at_ceiling'
        when population = 'zzp''ers' then 'self_employed'
        when n_unit in ('contracts', 'requests', 'insurers', 'respondents') then n_unit
        when population in ('kosten langdurige zorg', 'beheerskosten') then 'costs'
        when population like 'contracten%' then 'contracts'
        when population like '%verzoeken%' then 'requests'
        when population in ('zorgverzekeraars', 'Wlz-uitvoerders') then 'insurers'
        when population = 'wachtenden' then 'waiting'
        when population = 'cliënten met Wlz-indicatie' then 'clients'
        when population in ('verzekerden') then 'insured'
        when
            population in (
                'zorgaanbieders', 'instellingen', 'vrijgevestigde zorgaanbieders',
                'huisartsenpraktijken', 'samenwerkingsverbanden', 'respondenten', 'zzp''ers'
            )
            then case when source_id = 'published_figures' then 'respondents' else 'providers' end
        else 'unknown'
    end as base,
    case
        when qualifier in ('more_than', 'less_than', 'range_low', 'range_high') then null
        else value
    end as value,
    case when qualifier in ('more_than', 'range_low') then value else value_low end as value_low,
    case
        when qualifier in ('less_than', 'range_high') then value
        when qualifier = 'range_low' then high_end
        else value_high
    end as value_high,
    unit,
    decimals,
    counted_or_derived as numerator,
    n as denominator,
    case when coalesce(n_unit, '') <> 'amount' then n end as n_observed,
    n_unit,
    case
        when qualifier = 'range_low' and high_end is not null then 'range'
        else coalesce(qualifier, 'exact')
    end as qualifier,
    status,
    evidence,
    coalesce(voice, '') as voice,
    all_caveats as caveats,
    delivery_id,
    label_nl,
    label_en,
    statement_nl,
    statement_en
from fact
