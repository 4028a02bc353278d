-- Known court cases on tariffs, recovery of payments and the ban on assigning claims.
-- Grain: one row per case. The list is not complete: no count, no trend, and so no value.

select
    figure_id,
    kind as category,
    'none' as base,
    cast(null as double) as value,
    'no_number' as status
from mart_event
