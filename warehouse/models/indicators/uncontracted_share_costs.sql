-- Share of the costs of care that went to providers without a contract, as printed.
-- Grain: one row per printed figure.
--
-- The figures for 2024 do not say what they are a share of: their base is unknown, and no line
-- joins them to the earlier years. Skipr and Vektis print the same series of district nursing.

select
    figure_id,
    case measure_code
        when 'uncontracted_share_costs_basic_ggz' then 'ggz_basis'
        when 'uncontracted_share_costs_specialised_ggz' then 'ggz_gespecialiseerd'
        else sector_code
    end as sector_code,
    case
        when measure_code in ('uncontracted_share', 'uncontracted_share_2018_2019') then 'unknown'
        else 'costs'
    end as base,
    case document_id
        when 'skipr_mind_2026' then 'party'
        when 'headliner_zn_2024' then 'insurers'
        else voice
    end as voice,
    case
        when document_id in ('vektis_wijkverpleging_2019', 'skipr_wijkverpleging_2021')
            then 'vektis_wijkverpleging_costs'
        else concat_ws('-', document_id, measure_code, sector_code)
    end as comparable_group,
    case
        when document_id in ('vektis_wijkverpleging_2019', 'skipr_wijkverpleging_2021')
            then list_append(caveats, 'denominator_unknown')
        when measure_code = 'uncontracted_share'
            then list_append(caveats, 'base_not_stated')
        else caveats
    end as caveats
from mart_figure_value
where
    measure_code in (
        'uncontracted_share_costs',
        'uncontracted_share_costs_basic_ggz',
        'uncontracted_share_costs_specialised_ggz',
        'uncontracted_share',
        'uncontracted_share_2018_2019'
    )
