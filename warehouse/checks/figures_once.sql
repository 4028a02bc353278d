-- A figure id names one figure, over all sources.

select
    figure_id,
    count(*) as times
from source_figure
group by figure_id
having count(*) > 1
