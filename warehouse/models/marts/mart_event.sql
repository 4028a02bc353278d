-- Dated events: the court cases on tariffs and contracts that are known to us. Not complete.
-- Grain: one row per ruling.

select
    figure_id as event_id,
    figure_id,
    topic,
    sector_code,
    period as date_text,
    case
        when regexp_matches(period, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') then period::date
        when regexp_matches(period, '^[0-9]{4}-[0-9]{2}$') then (period || '-01')::date
        else (period || '-01-01')::date
    end as date_from,
    case
        when caveat like '%recovery%' then 'recovery'
        when caveat like '%assignment ban%' then 'assignment_ban'
        when caveat like '%annulled%' then 'tariff_decision'
        else 'tariff_dispute'
    end as kind,
    locator,
    url,
    caveat_nl as title_nl,
    caveat as title_en,
    document_id,
    caveats
from mart_figure
where measure_code = 'tariff_dispute_court'
