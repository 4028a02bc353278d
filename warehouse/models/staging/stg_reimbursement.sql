-- Share of a bill for uncontracted ggz that policies pay, per insurer and kind of policy.
-- Grain: one row per insurer, year and kind of policy: the mean, the lowest and the highest.

select
    r.figure_id,
    'ggz_uncontracted_reimbursement' as source_id,
    r.document_id,
    concat_ws(', ', 'GGZ_verg', r.insurer_printed, r.policy_type, r.year) as locator,
    'uncontracted_care' as subtopic,
    'ggz' as source_sector,
    'ggz' as sector_code,
    'all' as provider_group,
    r.year::varchar as period,
    'polissen' as population,
    'insurer' as breakdown_dimension,
    r.insurer_printed as breakdown_value,
    'policy_type' as breakdown2_dimension,
    r.policy_type as breakdown2_value,
    m.en as measure,
    m.code as measure_code,
    r.policy_type as category,
    r.mean_share_pct::double as value,
    r.min_pct::double as value_low,
    r.max_pct::double as value_high,
    1 as decimals,
    'percent' as unit,
    r.n_policies::double as n,
    'policies' as n_unit,
    'exact' as qualifier,
    'final' as status,
    '' as voice,
    coalesce(r.insurer, 'all') as insurer_code,
    'NL' as region_code,
    r.delivery_id,
    r.line
from raw.ggz_uncontracted_reimbursement as r
left join ref_measure as m on m.code = 'uncontracted_reimbursement'
