-- What providers do with clients during a stop. One number; the rest are claims without one.
-- Grain: one row per figure or claim.

select
    figure_id,
    case figure_id
        when 'stmt-ggz2022-stop-inst-waiting-list' then 'waiting_list'
        when 'stmt-ggz2022-stop-vrij-refer' then 'referred'
        else 'no_referral'
    end as category,
    'respondents' as base
from mart_figure_value
where
    measure_code = 'client_stop_no_referral'
    or figure_id in ('stmt-ggz2022-stop-inst-waiting-list', 'stmt-ggz2022-stop-vrij-refer')
