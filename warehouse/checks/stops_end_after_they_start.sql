-- A stop ends after it starts, and starts before the provider answers.

select
    delivery_id,
    line,
    stop_start,
    stop_end,
    answered_on
from stg_provider_survey
where stop_end < stop_start or answered_on < stop_start
order by delivery_id, line
