-- Insurers, and the letters that stand for them. The public edition leaves out those that only
-- confidential sources know.
-- Grain: one row per insurer.

select
    i.code,
    i.name,
    i.kind,
    i.concern,
    i.nl,
    i.en,
    i.valid_from,
    i.valid_to,
    i.successor,
    i.change_nl,
    i.change_en,
    i.invented,
    i.position
from ref_insurer as i
cross join this_edition as e
where e.name = 'staff' or not coalesce(i.invented, false)
