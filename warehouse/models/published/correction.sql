-- Known errors in what was delivered: of the print, of a supplier, or of our own. What is printed
-- wrongly stays as printed; of an applied correction both values stand here.
-- Grain: one row per correction and figure or row.
--
-- A row of a survey or of claims is the answer of somebody: the public edition tells that it was
-- corrected and why, not which row it is nor what it says.

with
hidden as (
    select
        s.id as source_id,
        e.name = 'public' and s.evidence in ('survey', 'claims', 'example') as has_answers
    from ref_source as s
    cross join this_edition as e
)

select
    c.correction_id,
    c.error,
    c.source_id,
    c.figure_id,
    c.kind,
    c.column_name,
    c.is_applied,
    c.status,
    c.found_on,
    c.reason_nl,
    c.reason_en,
    c.said_by,
    c.said_in,
    c.document_id,
    c.locator,
    c.topic,
    c.sector_code,
    coalesce(a.alias, c.delivery_id) as delivery_id,
    case when c.figure_id is not null or not h.has_answers then c.row_key end as row_key,
    case when c.figure_id is not null or not h.has_answers then c.line end as line,
    case when c.figure_id is not null or not h.has_answers then c.printed end as printed,
    case when c.figure_id is not null or not h.has_answers then c.should_be end as should_be
from mart_correction as c
left join delivery_alias as a on c.delivery_id = a.delivery_id
left join hidden as h on c.source_id = h.source_id
