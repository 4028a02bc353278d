-- The evidence map has every row in every year, once.

select
    r.code,
    count(e.row_code) as cells
from ref_evidence_row as r
left join evidence_cell as e on r.code = e.row_code
group by r.code
having count(e.row_code) <> 10 or count(distinct e.period_year) <> 10
