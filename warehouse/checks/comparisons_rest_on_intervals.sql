-- A part is called higher, lower or similar only with an interval and a value of the whole, and
-- never when it is hidden.

select
    cell_id,
    comparison,
    comparison_value,
    value,
    ci_low,
    ci_high,
    status
from indicator_value
where
    (
        comparison in ('higher', 'lower', 'similar')
        and (ci_low is null or ci_high is null or comparison_value is null)
    )
    or (comparison = 'higher' and ci_low <= comparison_value)
    or (comparison = 'lower' and ci_high >= comparison_value)
    or (comparison = 'similar' and comparison_value not between ci_low and ci_high)
    or (comparison is not null and status = 'suppressed')
    or (
        comparison is not null
        and insurer_code = 'all' and region_code = 'NL' and provider_group = 'all'
    )
