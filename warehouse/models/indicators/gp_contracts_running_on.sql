-- GP contracts for 2019: newly concluded, and continuing from 2018.
-- Grain: one row per kind of contract.

select
    figure_id,
    case measure_code
        when 'gp_contracts_new_2019' then 'newly_concluded'
        when 'gp_contracts_continuing_2018' then 'running_on'
        else 'all'
    end as category,
    'none' as base
from mart_figure_value
where
    measure_code in ('gp_contracts_2019', 'gp_contracts_new_2019', 'gp_contracts_continuing_2018')
