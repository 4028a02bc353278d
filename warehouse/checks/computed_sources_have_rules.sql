-- Every source that we compute from says in disclosure.yaml what is hidden and who is named.

select distinct
    c.indicator_id,
    c.source_id
from indicator_cell as c
left join ref_disclosure as d on c.source_id = d.source
where c.evidence in ('survey', 'claims', 'example') and d.source is null
