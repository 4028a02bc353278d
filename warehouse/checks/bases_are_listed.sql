-- An indicator's cells use the bases its catalogue entry lists.

select distinct
    v.indicator_id,
    v.base
from indicator_value as v
inner join ref_indicator as i on v.indicator_id = i.id
where not list_contains(i.bases, v.base)
