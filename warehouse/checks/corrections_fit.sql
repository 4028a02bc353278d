-- A correction is about a figure that is there, and that still says what was printed; where the
-- correction is applied, what is meant. What is applied to a row marks at least one cell, unless
-- no cell of its delivery is published.

with
resting as (
    select
        v.delivery_id,
        flatten(list(v.caveats)) as caveats
    from indicator_value as v
    inner join correction as c on v.delivery_id = c.delivery_id
    where c.is_applied and c.figure_id is null
    group by v.delivery_id
)

select
    c.correction_id,
    c.figure_id,
    c.printed,
    f.value
from correction as c
left join source_figure as f on c.figure_id = f.figure_id
where
    c.figure_id is not null
    and (
        f.figure_id is null
        or (
            c.kind = 'value'
            and c.column_name = 'value'
            and f.value
            <> try_cast(case when c.is_applied then c.should_be else c.printed end as double)
        )
        or (
            c.kind = 'value'
            and c.column_name = 'numerator'
            and f.numerator
            <> try_cast(case when c.is_applied then c.should_be else c.printed end as double)
        )
    )
union all
select
    c.correction_id,
    null as figure_id,
    null as printed,
    null as value
from correction as c
inner join resting as r on c.delivery_id = r.delivery_id
where c.is_applied and c.figure_id is null and not list_contains(r.caveats, c.error)
