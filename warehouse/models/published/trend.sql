-- What the years of each series tell: rising, falling, no trend, or cannot be determined.
-- Grain: one row per indicator, sector, insurer, region, provider group, category, base and
-- evidence, of what we compute and of official series.
--
-- The last unbroken run of final, exact, yearly values is tested with Kendall's tau: the exact,
-- two-sided chance of as many rises over falls when all orders are equally likely. A verdict needs
-- five points, a chance under 5%, and for each year left out the same direction and a chance
-- under 10%: no single year may make it. Equal values count as neither rise nor fall, and their
-- chance is rounded up to that of the next order without equals. Nothing is told across a break,
-- or where a year has more than one value.

with recursive
-- The chance of each number of falling pairs among n points in random order: n points are n - 1
-- points with one more, which falls below 0, 1, … or n - 1 of them.
chance as (
    select
        1::bigint as points,
        [1.0::double] as of_falls
    union all
    select
        points + 1 as points,
        list_transform(
            range(points * (points + 1) // 2 + 1),
            lambda falls: list_sum(of_falls[greatest(1, falls - points + 1):falls + 1]) / (points + 1)
        ) as of_falls
    from chance
    where points < 40
),

cells as (
    select
        *,
        hash(
            indicator_id, sector_code, insurer_code, region_code, provider_group, category, base,
            evidence
        ) as series_no
    from indicator_value
    where evidence <> 'published' and period_year is not null
),

series as (
    select
        series_no,
        indicator_id,
        sector_code,
        insurer_code,
        region_code,
        provider_group,
        category,
        base,
        evidence
    from cells
    group by
        series_no, indicator_id, sector_code, insurer_code, region_code, provider_group, category,
        base, evidence
),

known as (
    select
        series_no,
        period_year,
        value,
        comparable_group,
        last_value(comparable_group) over whole_series as last_group
    from cells
    where
        value is not null
        and qualifier = 'exact'
        and status in ('final', 'revised', 'corrected')
    window whole_series as (
        partition by series_no
        order by period_year
        rows between unbounded preceding and unbounded following
    )
),

known_years as (
    select
        series_no,
        count(distinct period_year) as years,
        count(distinct period_year) < count(*) as is_doubled
    from known
    group by series_no
),

points as (
    select
        k.series_no,
        k.period_year,
        k.value,
        row_number() over (partition by k.series_no order by k.period_year desc) as place
    from known as k
    inner join known_years as y on k.series_no = y.series_no
    where k.comparable_group is not distinct from k.last_group and not y.is_doubled
    qualify place <= 40
),

runs as (
    select
        series_no,
        count(*) as points,
        min(period_year) as first_year,
        max(period_year) as last_year
    from points
    group by series_no
),

-- Of each year: by how many years it rises above the earlier and is exceeded by the later ones,
-- less those that go the other way.
scores as (
    select
        a.series_no,
        a.period_year,
        coalesce(sum(sign(b.value - a.value) * sign(b.period_year - a.period_year)), 0) as score
    from points as a
    left join points as b on a.series_no = b.series_no and a.period_year <> b.period_year
    group by a.series_no, a.period_year
),

totals as (
    select
        series_no,
        (sum(score) / 2)::bigint as score
    from scores
    group by series_no
),

tested as (
    select
        r.series_no,
        r.points,
        r.first_year,
        r.last_year,
        t.score,
        case
            when t.score = 0 then 1
            else least(
                1,
                2 * list_sum(
                    c.of_falls[1:(r.points * (r.points - 1) // 2 - abs(t.score) + 1) // 2 + 1]
                )
            )
        end as p_value
    from runs as r
    inner join totals as t on r.series_no = t.series_no
    inner join chance as c on r.points = c.points
),

left_out as (
    select
        t.series_no,
        bool_and(
            sign(t.score - o.score) = sign(t.score)
            and 2 * list_sum(
                c.of_falls[
                    1:((t.points - 1) * (t.points - 2) // 2 - abs(t.score - o.score::bigint) + 1)
                    // 2 + 1
                ]
            ) < 0.1
        ) as holds
    from tested as t
    inner join scores as o on t.series_no = o.series_no
    inner join chance as c on t.points - 1 = c.points
    group by t.series_no
)

select
    s.indicator_id,
    s.sector_code,
    s.insurer_code,
    s.region_code,
    s.provider_group,
    s.category,
    s.base,
    s.evidence,
    case
        when coalesce(t.points, 0) < 5 then 'undetermined'
        when t.p_value >= 0.05 or not o.holds then 'no_trend'
        when t.score > 0 then 'rising'
        else 'falling'
    end as verdict,
    case
        when y.is_doubled then 'more_than_one_value'
        when coalesce(t.points, 0) < 5 and y.years >= 5 then 'break'
        when coalesce(t.points, 0) < 5 then 'too_few_points'
        when t.p_value >= 0.05 then 'not_significant'
        when not o.holds then 'one_year_decides'
        else 'significant'
    end as reason,
    coalesce(t.points, 0)::integer as points,
    t.first_year,
    t.last_year,
    case when t.points >= 5 then t.p_value end as p_value,
    'kendall_exact_95' as method
from series as s
left join tested as t on s.series_no = t.series_no
left join left_out as o on s.series_no = o.series_no
left join known_years as y on s.series_no = y.series_no
