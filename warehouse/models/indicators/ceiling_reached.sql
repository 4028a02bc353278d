-- Share of mental health contracts in which the revenue ceiling was reached, in the source's words.
-- Grain: one row per provider group, and one for the picture.

select
    figure_id,
    'contracts' as base
from mart_figure_value
where measure_code in ('contracts_agreed_ceiling_reached', 'contracts_ceiling_reached_share')
