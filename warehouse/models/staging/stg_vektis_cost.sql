-- Costs of the Vektis files per cost column. A column that a file lacks gives no rows: its costs
-- are missing, not 0.
-- Grain: one row per delivery, municipality as written and cost column of the file.

with
summed as (
    select
        delivery_id,
        municipality,
        -- Each sum keeps the name of its column.
        sum(columns('cost_.*')) as '\0'  -- noqa: RF05
    from raw.vektis_open_data
    group by delivery_id, municipality
)

select
    delivery_id,
    municipality,
    cost_column,
    costs
from summed
unpivot (costs for cost_column in (columns('cost_.*')))
