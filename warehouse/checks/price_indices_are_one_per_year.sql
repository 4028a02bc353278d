-- A price index has one value per year that holds; others say that they were replaced.

select
    category,
    period,
    count(*) as times
from mart_figure
where source_id = 'nza_price_index' and status <> 'superseded'
group by category, period
having count(*) > 1
