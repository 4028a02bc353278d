-- The releases of which the history of values holds what they changed, with their parents: the
-- release that was served when each was built. `published_at` is the first moment at which
-- readers saw it; this release does not know its own.
-- Grain: one row per release.

with
first_seen as (
    select
        release_id,
        min(served_from) as published_at
    from previous_publication
    group by release_id
)

select
    p.release_id,
    p.previous_release_id,
    p.built_at,
    f.published_at,
    false as is_this
from previous_release as p
left join first_seen as f on p.release_id = f.release_id
union all
select
    release_id,
    previous_release_id,
    built_at,
    null as published_at,
    true as is_this
from this_release
