-- Which release was served from when, as known when this release was built.
-- Grain: one row per time that a release became the served one.

select
    position,
    served_from,
    action,
    release_id
from previous_publication
