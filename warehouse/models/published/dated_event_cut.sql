-- Which series an event breaks: years up to `after_year` and later ones are not comparable.
-- Grain: one row per event, indicator, year and sector; sector_code is null where it is any.

select
    c.event_id,
    i.id as indicator_id,
    c.after as after_year,
    s.code as sector_code,
    c.nl,
    c.en
from ref_dated_event_cut as c
inner join ref_indicator as i
    on list_contains(c.indicators, i.id) or list_contains(c.topics, i.topic)
left join ref_sector as s on list_contains(c.sectors, s.code)
