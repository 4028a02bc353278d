-- Rows that were refused, with the cell that was wrong and what was expected.
-- Grain: one row per wrong cell.

select
    delivery_id,
    source_id,
    file,
    line,
    column_name,
    value,
    expected,
    message,
    expected_en,
    message_en
from raw.reject
