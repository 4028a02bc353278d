-- Deliveries that are invented, also those of which a later one took the place.
-- Grain: one row per delivery.

select delivery_id
from stg_provider_survey
where evidence = 'example'

union

select delivery_id
from stg_claims_aggregate
where evidence = 'example'
