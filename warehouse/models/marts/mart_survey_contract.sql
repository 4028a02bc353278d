-- What a provider says about its contract with one insurer, with codes that fit over the years.
-- Grain: one row per respondent, sector, insurer and wave; of a row delivered twice the last one.
--
-- A stop is a length in days, [low, high): from its dates where they are known, else from the
-- answer it gave, with 30 days to a month. A stop that still runs lasts at least until the day
-- of the answer; where that day is missing, until the last date in the delivery.
--
-- The caveat question_changed holds for the questions listed beside it, not for the others.

with
latest as (
    select *
    from stg_provider_survey
    qualify row_number() over (
        partition by evidence, period_year, respondent_id, sector_code, delivered_insurer
        order by delivery_id desc, line desc
    ) = 1
),

last_date as (
    select
        delivery_id,
        max(greatest(stop_start, stop_end, answered_on)) as last_seen
    from stg_provider_survey
    group by delivery_id
),

changed as (
    select
        source,
        year,
        list(question order by question) as questions
    from ref_changed_question
    group by source, year
),

timed as (
    select
        l.*,
        coalesce(l.answered_on, d.last_seen) as seen_on,
        case
            when not coalesce(l.has_stop, false) then null
            when l.stop_start is not null and l.stop_end is not null then 'dates'
            when l.stop_start is not null and coalesce(l.stop_bucket, 'running') = 'running' then 'started'
            else l.stop_bucket
        end as known_by
    from latest as l
    left join last_date as d on l.delivery_id = d.delivery_id
)

select
    t.evidence,
    t.source_id,
    t.delivery_id,
    t.line,
    t.period_year,
    t.respondent_id,
    t.sector_code,
    t.provider_group,
    t.revenue_class,
    coalesce(r.successor, t.delivered_region) as region_code,
    t.delivered_region,
    i.concern_code as insurer_code,
    t.delivered_insurer,
    t.weight,
    t.has_contract,
    t.no_contract_reason,
    t.term_years,
    t.start_year,
    t.yearly_price_reopening,
    t.indexation,
    t.offered_pct,
    t.ceiling_reached,
    t.has_stop,
    t.stop_cause,
    case t.known_by
        when 'dates' then date_diff('day', t.stop_start, t.stop_end)
        when 'started' then greatest(date_diff('day', t.stop_start, t.seen_on), 0)
        when 'under_1_month' then 0
        when '1_to_3_months' then 30
        when 'over_3_months' then 90
        when 'running' then 0
    end as stop_low_days,
    case t.known_by
        when 'dates' then date_diff('day', t.stop_start, t.stop_end)
        when 'under_1_month' then 30
        when '1_to_3_months' then 90
    end as stop_high_days,
    case when t.has_stop then t.known_by in ('started', 'running') end as is_running,
    t.has_request,
    t.request_outcome,
    t.lead_days,
    'final' as status,
    case when q.questions is null then [] else ['question_changed'] end as caveats,
    coalesce(q.questions, []) as changed_questions
from timed as t
left join ref_region as r on t.delivered_region = r.code
left join mart_insurer_period as i
    on t.delivered_insurer = i.insurer_code and t.period_year between i.from_year and i.until_year
left join changed as q
    on t.source_id = q.source and t.period_year = q.year
