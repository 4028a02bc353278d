-- The evidence map: what is measured, per row of a topic and year.
-- Grain: one row per row of the map and year from 2015 to 2024.

with
year as (
    select unnest(range(2015, 2025)) as period_year
),

named as (
    select
        code,
        topic,
        unnest(measures) as measure_code
    from ref_evidence_row
),

indicator_figure as (
    select
        c.indicator_id,
        i.topic,
        i.order as indicator_order,
        unnest(c.figure_ids) as figure_id
    from indicator_cell as c
    inner join ref_indicator as i on c.indicator_id = i.id
),

first_indicator as (
    select
        figure_id,
        topic,
        arg_min(indicator_id, indicator_order) as indicator_id,
        min(indicator_order) as indicator_order
    from indicator_figure
    group by figure_id, topic
),

disputed as (
    select distinct
        s.contradiction_id,
        s.position,
        unnest(s.figure_ids) as figure_id
    from ref_contradiction_side as s
    inner join ref_contradiction as c on s.contradiction_id = c.id
    where c.kind in ('two_voices', 'two_sources')
),

matched as (
    select
        r.code as row_code,
        f.figure_id,
        f.figure_ids,
        f.period_from,
        f.period_to,
        f.value,
        f.value_low,
        f.value_high,
        f.unit,
        f.decimals,
        f.numerator,
        f.denominator,
        f.base,
        f.qualifier,
        f.status,
        f.label_nl,
        f.label_en,
        coalesce(f.measure_code, '') = 'tariff_dispute_court' as is_ruling,
        case
            -- A ruling is no measurement, but it is something in words.
            when f.measure_code = 'tariff_dispute_court' then 'bound'
            when f.status = 'not_in_text' then 'image'
            when f.status = 'no_number' then 'bound'
            when f.status = 'provisional' then 'provisional'
            when f.value is not null then 'measured'
            else 'bound'
        end as kind
    from ref_evidence_row as r
    inner join mart_figure_value as f
        on
            r.topic = f.topic
            and (r.sector = f.sector_code or list_contains(r.also_sectors, f.sector_code))
            and (len(r.subtopics) = 0 or list_contains(r.subtopics, f.subtopic))
            and (f.source_id <> 'statements' or list_contains(r.statements, f.figure_id))
    left join named as n
        on f.topic = n.topic and f.measure_code = n.measure_code and r.code <> n.code
    where
        f.status not in ('not_applicable', 'not_measured', 'superseded')
        and not list_contains(r.except_measures, coalesce(f.measure_code, ''))
        and (
            list_contains(r.measures, f.measure_code)
            or len(r.measures) = 0 and n.code is null
        )
),

linked as (
    select
        m.row_code,
        m.figure_id,
        arg_min(i.indicator_id, i.indicator_order) as indicator_id,
        min(i.indicator_order) as indicator_order,
        bool_or(d.figure_id is not null) as is_disputed,
        bool_or(list_contains(r.headline_figures, m.figure_id)) as is_headline
    from matched as m
    inner join ref_evidence_row as r on m.row_code = r.code
    left join first_indicator as i
        on list_contains(m.figure_ids, i.figure_id) and r.topic = i.topic
    left join disputed as d on list_contains(m.figure_ids, d.figure_id)
    group by m.row_code, m.figure_id
),

counted as (
    select
        m.row_code,
        y.period_year,
        count(*) as figures,
        bool_or(l.is_disputed) as is_disputed,
        bool_or(m.kind = 'measured') as is_measured,
        bool_or(m.kind = 'provisional') as is_provisional,
        bool_or(m.kind = 'bound') as is_bound,
        arg_min(l.indicator_id, (not l.is_headline, l.indicator_order)) as indicator_id,
        list(m.figure_id order by coalesce(l.indicator_order, 999), m.figure_id) as figure_ids
    from matched as m
    inner join linked as l on m.row_code = l.row_code and m.figure_id = l.figure_id
    inner join year as y on y.period_year between m.period_from and m.period_to
    group by m.row_code, y.period_year
),

row_indicator as (
    select
        row_code,
        arg_min(indicator_id, (not is_headline, indicator_order)) as indicator_id
    from linked
    group by row_code
),

latest as (
    select
        m.*,
        least(m.period_to, 2024) as latest_year
    from matched as m
    inner join linked as l on m.row_code = l.row_code and m.figure_id = l.figure_id
    inner join ref_evidence_row as r on m.row_code = r.code
    where m.period_from <= 2024 and r.remark_nl is null and not m.is_ruling
    qualify
        row_number() over (
            partition by m.row_code
            order by
                m.kind = 'image',
                least(m.period_to, 2024) desc,
                not l.is_headline,
                coalesce(l.indicator_order, 999),
                m.value is null and m.value_low is null and m.value_high is null,
                m.figure_id
        ) = 1
),

rival as (
    select
        t.row_code,
        list(m.figure_id order by m.figure_id) as figure_ids
    from latest as t
    inner join disputed as d on list_contains(t.figure_ids, d.figure_id)
    inner join disputed as o on d.contradiction_id = o.contradiction_id and d.position <> o.position
    inner join matched as m
        on
            t.row_code = m.row_code
            and t.period_to = m.period_to
            and list_contains(m.figure_ids, o.figure_id)
    group by t.row_code
)

select
    r.topic,
    r.code as row_code,
    r.sector as sector_code,
    r.nl as row_nl,
    r.en as row_en,
    r.order as row_order,
    y.period_year,
    case
        when c.figures is null then 'not_measured'
        when c.is_disputed then 'conflict'
        when c.is_measured then 'measured'
        when c.is_provisional then 'provisional'
        when c.is_bound then 'bound'
        else 'image'
    end as state,
    coalesce(c.figures, 0)::integer as figures,
    coalesce(c.indicator_id, f.indicator_id) as indicator_id,
    coalesce(c.figure_ids, []) as figure_ids,
    l.figure_id as latest_figure_id,
    l.latest_year,
    l.value as latest_value,
    l.value_low as latest_value_low,
    l.value_high as latest_value_high,
    l.unit as latest_unit,
    l.decimals as latest_decimals,
    l.numerator as latest_numerator,
    l.denominator as latest_denominator,
    l.base as latest_base,
    l.qualifier as latest_qualifier,
    l.status as latest_status,
    l.label_nl as latest_label_nl,
    l.label_en as latest_label_en,
    coalesce(v.figure_ids, []) as latest_rival_ids,
    r.remark_nl,
    r.remark_en,
    t.order as topic_order
from ref_evidence_row as r
cross join year as y
inner join ref_topic as t on r.topic = t.code
left join counted as c on r.code = c.row_code and y.period_year = c.period_year
left join row_indicator as f on r.code = f.row_code
left join latest as l on r.code = l.row_code
left join rival as v on r.code = v.row_code
