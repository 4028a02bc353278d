-- Rows that were refused, with the cell that was wrong and what was expected. Of confidential
-- sources the public edition says where, not what: a value or a list of codes may be a name.
-- Grain: one row per wrong cell.

select
    r.source_id,
    r.line,
    r.column_name,
    coalesce(a.alias, r.delivery_id) as delivery_id,
    coalesce(a.alias, r.file) as file,
    case when m.source_id is null then r.value end as value,
    case when m.source_id is null then r.expected end as expected,
    case when m.source_id is null then r.message end as message,
    case when m.source_id is null then r.expected_en end as expected_en,
    case when m.source_id is null then r.message_en end as message_en
from raw.reject as r
left join delivery_alias as a on r.delivery_id = a.delivery_id
left join masked_source as m on r.source_id = m.source_id
