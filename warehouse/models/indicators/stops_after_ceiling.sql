-- Contracts with a reached revenue ceiling that led to a patient stop.
-- Grain: one row per year. These are contracts, not providers.

select
    figure_id,
    'ceiling_stop' as category,
    'contracts_at_ceiling' as base
from mart_figure_value
where measure_code = 'contracts_at_ceiling_with_stop_share'
