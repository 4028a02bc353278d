-- Every percentage of an indicator says what it is a percentage of.

select
    indicator_id,
    cell_id,
    base
from indicator_value
where unit = 'percent' and coalesce(base, 'none') = 'none'
