-- Known court cases on tariffs, recovery of payments and the ban on assigning claims.
-- Grain: one row per case. The list is not complete: no count, no trend.

select
    figure_id,
    kind as category,
    'none' as base
from mart_event
