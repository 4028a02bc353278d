-- The sum of every number column of a delivery, to compare with what the supplier has. Not those
-- of confidential sources in the public edition: a file may be that of one insurer.
-- Grain: one row per delivery and column.

select
    t.delivery_id,
    t.source_id,
    t.period,
    t.column_name,
    t.total
from raw.delivery_total as t
anti join masked_source as m on t.source_id = m.source_id
