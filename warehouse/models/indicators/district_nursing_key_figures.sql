-- Size of district nursing: costs, providers, patients and costs per patient.
-- Grain: one row per year and kind of figure; each kind has its own unit.

select
    figure_id,
    case measure_code
        when 'total_costs' then 'key_costs'
        when 'providers' then 'key_providers'
        when 'patients' then 'key_patients'
        else 'key_cost_per_patient'
    end as category,
    'none' as base
from mart_figure_value
where
    measure_code in ('total_costs', 'providers', 'patients', 'cost_per_patient')
    and document_id = 'nza_kerncijfers_wijkverpleging'
