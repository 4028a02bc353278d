-- Every cell of an indicator says where it stands and what it is a percentage of. What is computed
-- from loaded rows has a source and no printed place.

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
    or base is null
    or (
        evidence not in ('survey', 'claims', 'example')
        and (document_id is null or locator is null or len(figure_ids) = 0)
    )
