-- What happened, began, ended or comes back every year: rules, funding, agreements, the days of
-- the contracting year, and the rulings of judges that are known to us. Not complete.
-- Grain: one row per event.
--
-- since and until say what is known: a day, a month or a year. date_from and date_until are the
-- first and the last day that this can mean; nothing where nobody knows.

with
told as (
    select
        id as event_id,
        kind,
        since,
        until,
        yearly,
        sectors,
        topics,
        title_nl,
        title_en,
        text_nl,
        text_en,
        doubt_nl,
        doubt_en,
        checked as is_checked,
        position
    from ref_dated_event
    union all
    select
        event_id,
        kind,
        date_text as since,
        date_text as until,
        null as yearly,
        [sector_code] as sectors,
        [topic] as topics,
        title_nl,
        title_en,
        '' as text_nl,
        '' as text_en,
        null as doubt_nl,
        null as doubt_en,
        true as is_checked,
        1000 + row_number() over (order by date_from, event_id) as position
    from mart_event
),

place as (
    select
        s.event_id,
        list(s.document order by s.position) as document_ids,
        list(s.locator order by s.position) as locators,
        list(d.url order by s.position) as urls
    from ref_dated_event_source as s
    left join ref_document as d on s.document = d.id
    group by s.event_id
    union all
    select
        event_id,
        [document_id] as document_ids,
        [locator] as locators,
        [url] as urls
    from mart_event
),

breaking as (
    select distinct event_id
    from ref_dated_event_cut
)

select
    t.event_id,
    t.kind,
    t.since,
    t.until,
    t.yearly,
    case
        when len(t.since) = 10 then t.since::date
        when len(t.since) = 7 then (t.since || '-01')::date
        when len(t.since) = 4 then (t.since || '-01-01')::date
    end as date_from,
    case
        when len(t.until) = 10 then t.until::date
        when len(t.until) = 7 then last_day((t.until || '-01')::date)
        when len(t.until) = 4 then (t.until || '-12-31')::date
    end as date_until,
    t.sectors,
    t.topics,
    t.title_nl,
    t.title_en,
    t.text_nl,
    t.text_en,
    t.doubt_nl,
    t.doubt_en,
    t.is_checked,
    c.event_id is not null as breaks,
    coalesce(p.document_ids, []) as document_ids,
    coalesce(p.locators, []) as locators,
    coalesce(p.urls, []) as urls,
    t.position
from told as t
left join place as p on t.event_id = p.event_id
left join breaking as c on t.event_id = c.event_id
