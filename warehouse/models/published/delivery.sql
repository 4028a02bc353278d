-- What was delivered: every file with its digest and how many of its rows were taken in.
-- Grain: one row per delivery.

select
    delivery_id,
    source_id,
    period,
    file,
    digest,
    bytes,
    rows_read,
    rows_loaded,
    rows_rejected,
    encoding,
    delimiter,
    supplier,
    licence,
    published_on,
    url
from raw.delivery
