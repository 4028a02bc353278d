-- Where two parties, two sources or two passages do not agree.
-- Grain: one row per contradiction.

select
    id as contradiction_id,
    position,
    kind,
    topic,
    sector as sector_code,
    year as period,
    question_nl,
    question_en,
    note_nl,
    note_en,
    indicators
from ref_contradiction
