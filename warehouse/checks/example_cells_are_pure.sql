-- No published cell joins real and invented: an invented insurer has example cells only.

select
    v.indicator_id,
    v.period_year,
    v.insurer_code,
    v.evidence
from indicator_value as v
inner join ref_insurer as i on v.insurer_code = i.code
where
    (i.invented and v.evidence <> 'example')
    or (v.evidence = 'example' and i.kind not in ('all', 'pseudonym') and not i.invented)
