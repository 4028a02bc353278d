-- Of 30 answers or fewer the number who answered so is known, so that it can be shown as
-- "6 of 8" instead of a percentage.

select
    indicator_id,
    cell_id,
    value,
    n_observed
from indicator_value
where
    unit = 'percent'
    and value is not null
    and n_observed <= 30
    and n_unit in ('respondents', 'contracts', 'requests', 'insurers')
    and numerator is null
