-- Every caveat is a key of caveats.yaml, and every caveat text of a delivery has its reading in
-- figure_caveats.yaml.

with
used as (
    select
        figure_id,
        unnest(caveats) as caveat
    from source_figure
    union all
    select
        cell_id as figure_id,
        unnest(caveats) as caveat
    from indicator_value
)

select
    u.figure_id,
    u.caveat
from used as u
left join ref_caveat as c on u.caveat = c.code
where c.code is null
union all
select
    f.figure_id,
    f.caveat
from source_figure as f
left join ref_figure_caveat as c on f.caveat = c.caveat
where
    c.caveat is null
    and f.caveat is not null
    and f.source_id in ('published_figures', 'external_figures')
