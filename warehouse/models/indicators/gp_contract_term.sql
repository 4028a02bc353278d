-- Term of the GP contract in force in 2019, per named insurer, with its first and last year.
-- Grain: one row per insurer.
--
-- The period runs from the start year that the same table prints to the last year of the term;
-- period_year is the start year. The table covers multidisciplinary care too, but only GP contracts
-- follow it in every case.

select
    term.figure_id,
    'huisartsenzorg' as sector_code,
    case
        when term.value = 1 then cast(cast(begins.value as integer) as varchar)
        else concat_ws(
            '-',
            cast(begins.value as integer),
            cast(begins.value + term.value - 1 as integer)
        )
    end as period,
    cast(begins.value as integer) as period_year,
    list_concat(term.figure_ids, begins.figure_ids) as figure_ids,
    list_concat(term.caveats, begins.caveats) as caveats
from mart_figure_value as term
inner join mart_figure_value as begins
    on
        term.document_id = begins.document_id
        and term.insurer_code = begins.insurer_code
        and begins.measure_code = 'contract_start_year'
where term.measure_code = 'contract_term'
