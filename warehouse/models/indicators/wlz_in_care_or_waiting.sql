-- People with a Wlz indication: in care, or on the waiting list for a suitable place.
-- Grain: one row per group, on 31 December 2023.

select
    figure_id,
    case measure_code when 'clients_in_care' then 'in_care' else 'waiting_for_place' end
        as category,
    'clients' as base
from mart_figure_value
where measure_code in ('clients_in_care', 'clients_on_waiting_list')
