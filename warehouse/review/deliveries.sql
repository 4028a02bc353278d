-- What became of every delivery between the served release and the new one.
-- Grain: one row per delivery of either.

select
    coalesce(n.delivery_id, o.delivery_id) as delivery_id,
    coalesce(n.source_id, o.source_id) as source_id,
    coalesce(n.period, o.period) as period,
    coalesce(n.file, o.file) as file,
    coalesce(n.is_invented, o.is_invented, false) as is_invented,
    o.digest as old_digest,
    n.digest as new_digest,
    o.rows_loaded as old_rows,
    n.rows_loaded as new_rows,
    case
        when o.delivery_id is null then 'new'
        when n.delivery_id is null then 'gone'
        when o.digest <> n.digest then 'changed'
        else 'same'
    end as kind
from fresh_delivery as n
full join served_delivery as o on n.delivery_id = o.delivery_id
