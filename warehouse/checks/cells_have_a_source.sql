-- Every cell of an indicator says where it stands and what it is a percentage of.

select
    indicator_id,
    cell_id,
    source_id,
    document_id,
    locator,
    base
from indicator_value
where
    source_id is null
    or document_id is null
    or locator is null
    or base is null
    or len(figure_ids) = 0
