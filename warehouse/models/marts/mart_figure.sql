-- Every figure of every source in one shape, with its caveats, repeats and corrections.
-- Grain: one row per figure. Figures that are not for publication are left out
-- (mart_withheld lists them).

with
gathered as (
    select * from stg_published_figure
    union all by name
    select * from stg_external_figure
    union all by name
    select * from stg_statement
    union all by name
    select * from stg_price_index
    union all by name
    select * from stg_market_share
    union all by name
    select * from stg_reimbursement
    union all by name
    select * from stg_waiting_weeks
),

first_correction as (
    select
        figure_id,
        correction_id,
        should_be
    from stg_correction
    where figure_id is not null
    qualify
        row_number() over (
            partition by figure_id
            order by
                case
                    when is_applied then 0 when kind = 'value' then 1 when kind = 'label' then 2
                    else 3
                end,
                correction_id
        ) = 1
),

-- Figures of which a value was replaced.
replaced as (
    select
        figure_id,
        list_distinct(list(error)) as caveats
    from stg_correction
    where is_applied and figure_id is not null
    group by figure_id
)

select
    g.figure_id,
    g.source_id,
    g.document_id,
    d.title as document_title,
    d.publication_year,
    d.url,
    g.locator,
    s.topic,
    g.subtopic,
    g.sector_code,
    g.provider_group,
    g.period,
    case
        when regexp_matches(g.period, '^[0-9]{4}') then g.period[1:4]::integer
    end as period_from,
    case
        when regexp_matches(g.period, '^[0-9]{4}-[0-9]{4}$') then g.period[6:9]::integer
        when regexp_matches(g.period, '^[0-9]{4}') then g.period[1:4]::integer
    end as period_to,
    g.population,
    g.breakdown_dimension,
    g.breakdown_value,
    g.breakdown2_dimension,
    g.breakdown2_value,
    g.measure,
    coalesce(g.measure_code, m.code) as measure_code,
    g.value,
    g.decimals,
    g.unit,
    g.n,
    g.n_unit,
    g.numerator,
    g.qualifier,
    g.caveat,
    list_distinct(
        list_concat(
            coalesce(c.keys, []),
            coalesce(g.caveat_keys, []),
            case
                when g.source_id = 'external_figures' or d.secondary then ['secondary_source']
                else []
            end,
            coalesce(x.caveats, [])
        )
    ) as caveats,
    coalesce(c.nl, '') as caveat_nl,
    case when x.figure_id is not null then 'corrected' else g.status end as status,
    o.evidence,
    g.voice,
    g.statement_nl,
    g.statement_en,
    g.insurer_code,
    g.region_code,
    r.repeats_figure_id,
    r.kind as repeat_kind,
    f.correction_id,
    f.should_be as correction_should_be,
    g.delivery_id,
    g.source_sector,
    g.value_low,
    g.value_high,
    g.n_text,
    coalesce(g.category, 'all') as category,
    l.nl as label_nl,
    l.en as label_en,
    g.line
from gathered as g
left join ref_document as d on g.document_id = d.id
left join ref_source as o on g.source_id = o.id
left join ref_subtopic as s on g.subtopic = s.code
left join ref_measure as m on g.measure = m.en
left join ref_figure_caveat as c on g.caveat = c.caveat
left join ref_repeat as r on g.figure_id = r.figure_id
left join ref_figure_label as l on g.figure_id = l.figure_id
left join first_correction as f on g.figure_id = f.figure_id
left join replaced as x on g.figure_id = x.figure_id
where g.withheld_because is null
