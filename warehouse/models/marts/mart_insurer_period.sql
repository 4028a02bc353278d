-- The concern that an insurer belongs to, from year to year: mergers followed to the end.
-- Grain: one row per insurer and concern it belonged to. Years run on where no end is known.

with recursive
followed as (
    select
        i.code as insurer_code,
        c.code as concern_code,
        0 as from_year,
        case when c.successor is null then 9999 else c.valid_to end as until_year,
        c.successor
    from ref_insurer as i
    inner join ref_insurer as c on coalesce(i.concern, i.code) = c.code
    where i.kind in ('concern', 'label')
    union all
    select
        f.insurer_code,
        c.code as concern_code,
        f.until_year + 1 as from_year,
        case when c.successor is null then 9999 else c.valid_to end as until_year,
        c.successor
    from followed as f
    inner join ref_insurer as c on f.successor = c.code
)

select
    insurer_code,
    concern_code,
    from_year,
    until_year
from followed
