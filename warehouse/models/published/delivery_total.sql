-- The sum of every number column of a delivery, to compare with what the supplier has.
-- Grain: one row per delivery and column.

select
    delivery_id,
    source_id,
    period,
    column_name,
    total
from raw.delivery_total
