-- Claims without a number, in our own words.
-- Grain: one row per claim.

select
    figure_id,
    'statements' as source_id,
    document_id,
    locator,
    topic as subtopic,
    sector as source_sector,
    sector as sector_code,
    provider_group,
    year as period,
    population,
    'exact' as qualifier,
    'no_number' as status,
    coalesce(voice, '') as voice,
    statement_nl,
    statement_en,
    'all' as insurer_code,
    'NL' as region_code,
    coalesce(string_split(caveat, ';'), []) as caveat_keys,
    delivery_id,
    line
from raw.statements
