-- Figures read in excerpts of other pages carry that warning.

select figure_id
from source_figure
where source_id = 'external_figures' and not list_contains(caveats, 'secondary_source')
