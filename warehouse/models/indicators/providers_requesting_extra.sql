-- Mental health providers that filed one or more requests for additional contracting.
-- Grain: one row per provider group. Printed as counts; the share is of all respondents.

select
    figure_id,
    'percent' as unit,
    'respondents' as base,
    'respondents' as n_unit,
    value as numerator,
    n_observed as denominator,
    100 * value / n_observed as value
from mart_figure_value
where measure_code in ('institutions_additional_requests', 'independents_additional_requests')
