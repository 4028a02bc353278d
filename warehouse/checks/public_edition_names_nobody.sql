-- In the public edition the insurers of confidential sources are letters, the breakdowns that are
-- for staff are not there, and no vocabulary knows an invented name.

select
    v.cell_id,
    v.source_id,
    v.insurer_code,
    v.region_code
from indicator_value as v
cross join this_edition as e
inner join ref_disclosure as d on v.source_id = d.source
left join ref_insurer as i on v.insurer_code = i.code
where
    e.name = 'public'
    and v.insurer_code <> 'all'
    and list_contains(d.confidential, 'insurer')
    and (
        coalesce(i.kind, '') <> 'pseudonym'
        or v.numerator is not null
        or v.denominator is not null
        or (list_contains(d.public_drops, 'insurer+region') and v.region_code <> 'NL')
    )
union all
select
    null as cell_id,
    null as source_id,
    i.code as insurer_code,
    null as region_code
from insurer as i
cross join this_edition as e
where e.name = 'public' and i.invented
