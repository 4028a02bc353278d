-- What a source has printed, and official series, are never hidden by us.

select
    indicator_id,
    evidence,
    source_id,
    suppression
from indicator_cell
where suppression is not null and evidence not in ('survey', 'claims', 'example')
