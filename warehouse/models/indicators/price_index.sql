-- Price indices per series and year, with provisional and replaced values beside the final ones.
-- Grain: one row per series, year and printed value.

select
    figure_id,
    'previous_year' as base,
    case
        when status in ('provisional', 'superseded')
            then list_append(caveats, status)
        else caveats
    end as caveats
from mart_figure_value
where
    measure_code in (
        'price_index_ova',
        'price_index_material',
        'price_index_capital',
        'price_index_dbc'
    )
