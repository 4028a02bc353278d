-- Dated events. The list is not complete and shows no trend.
-- Grain: one row per event.

select
    event_id,
    topic,
    sector_code,
    date_text,
    date_from,
    kind,
    title_nl,
    title_en,
    locator,
    url,
    caveats,
    figure_id,
    document_id
from mart_event
