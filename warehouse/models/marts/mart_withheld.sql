-- Figures that are not for publication, each with the reason. They have no value here.
-- Grain: one row per figure.

select
    f.figure_id,
    f.document_id,
    f.sector_code,
    f.period,
    f.measure,
    m.code as measure_code,
    f.withheld_because as reason_nl,
    f.caveat as reason_en,
    f.delivery_id
from stg_external_figure as f
left join ref_measure as m on f.measure = m.en
where f.withheld_because is not null
