-- Whether respondents find the purchasing policy clearly worded, as printed.
-- Grain: one row per provider group and answer. One count is misprinted; it stays as printed.

select
    figure_id,
    case breakdown_value when 'Ja' then 'answer_yes' else 'answer_no' end as category,
    case breakdown2_value
        when 'segment 1' then 'segment_1'
        when 'segment 2' then 'segment_2'
        else 'all'
    end as provider_group,
    'respondents' as base
from mart_figure_value
where measure_code = 'policy_clear_share'
