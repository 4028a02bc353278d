-- A figure that is not for publication appears nowhere, and its value is not even delivered.

select
    w.figure_id,
    f.figure_id as published_as,
    r.value
from withheld_figure as w
left join source_figure as f on w.figure_id = f.figure_id
left join raw.external_figures as r on w.figure_id = r.figure_id
where f.figure_id is not null or r.value is not null
union all
select
    w.figure_id,
    v.cell_id as published_as,
    v.value
from withheld_figure as w
inner join indicator_value as v on list_contains(v.figure_ids, w.figure_id)
