-- One cell has one value.

select
    cell_id,
    count(*) as times
from indicator_value
group by cell_id
having count(*) > 1
