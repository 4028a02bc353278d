-- Rows read are rows loaded plus rows rejected, in every delivery.

select
    delivery_id,
    rows_read,
    rows_loaded,
    rows_rejected
from delivery
where rows_read <> rows_loaded + rows_rejected
