-- The row of a Vektis file without sex and age class is a rest, not a total of all other rows: a total
-- would count everybody twice. Take such a row out of a copy of the file.

select
    delivery_id,
    sum(unclassed_persons) as persons_in_the_rest_row,
    sum(insured_persons) as persons_in_the_file
from stg_vektis_open_data
group by delivery_id
having 2 * sum(unclassed_persons) >= sum(insured_persons) and sum(insured_persons) > 0
