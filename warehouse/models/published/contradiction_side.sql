-- What each side says, with the first of its figures: {value} in the headline is that value.
-- Grain: one row per contradiction and side.

select
    s.contradiction_id,
    s.position,
    s.voice,
    s.who_nl,
    s.who_en,
    s.headline_nl,
    s.headline_en,
    s.text_nl,
    s.text_en,
    s.figure_ids,
    f.value,
    f.decimals,
    f.unit,
    f.n,
    f.qualifier,
    f.document_id,
    f.document_title,
    f.locator,
    f.url
from ref_contradiction_side as s
left join mart_figure as f on s.figure_ids[1] = f.figure_id
