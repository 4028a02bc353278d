-- What was delivered: every file with its digest and how many of its rows were taken in. In the
-- public edition the files of confidential sources have a number for a name.
-- Grain: one row per delivery.

select
    d.source_id,
    d.period,
    d.digest,
    d.bytes,
    d.rows_read,
    d.rows_loaded,
    d.rows_rejected,
    d.encoding,
    d.delimiter,
    d.supplier,
    d.licence,
    d.published_on,
    d.url,
    i.delivery_id is not null as is_invented,
    coalesce(a.alias, d.delivery_id) as delivery_id,
    coalesce(a.alias, d.file) as file
from raw.delivery as d
left join delivery_alias as a on d.delivery_id = a.delivery_id
left join mart_invented_delivery as i on d.delivery_id = i.delivery_id
