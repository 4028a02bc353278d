-- Share of clients who got care from a provider without a contract, as printed.
-- Grain: one row per printed figure.

select
    figure_id,
    case measure_code
        when 'uncontracted_share_patients_basic_ggz' then 'ggz_basis'
        else sector_code
    end as sector_code,
    'clients' as base
from mart_figure_value
where measure_code in ('uncontracted_share_clients', 'uncontracted_share_patients_basic_ggz')
