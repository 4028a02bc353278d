-- Every figure is a fact, or a repeat of one fact: no circles, and no repeat of nothing.

select f.figure_id
from mart_figure as f
left join mart_figure_value as v on list_contains(v.figure_ids, f.figure_id)
group by f.figure_id
having count(v.figure_id) <> 1
