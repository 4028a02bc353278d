-- A bound has no point value and one limit; a row without any value says why in its status.

select
    indicator_id,
    cell_id,
    qualifier,
    status,
    value,
    value_low,
    value_high
from indicator_value
where
    (qualifier in ('more_than', 'less_than', 'range') and value is not null)
    or (qualifier = 'more_than' and value_low is null)
    or (qualifier = 'less_than' and value_high is null)
    or value_low > value_high
    or (
        value is null and value_low is null and value_high is null
        and status in ('final', 'provisional', 'revised', 'corrected')
    )
