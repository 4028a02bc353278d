-- What may not be told now, the history does not tell either: no number of a cell that is hidden,
-- no figure that is withheld, no cell under a letter, and in the public edition no insurer of a
-- confidential source by name, and none of its files. Neither do the revisions, made from it.
-- Nor can the difference of two states tell a cell that is hidden: of the sources and years that
-- hide something, counts, intervals and comparisons are those of now, and a cell that is gone has
-- no number where cells of its indicator are hidden.

with
told as (
    select
        'history' as place,
        cell_id,
        release_id,
        indicator_id,
        source_id,
        document_id,
        insurer_code,
        figure_ids,
        coalesce(
            value, value_low, value_high, numerator, denominator, n_observed, n_unweighted, ci_low,
            ci_high, comparison_value
        ) is not null
        or coalesce(ci_method, comparison, label_nl, label_en) is not null as is_told
    from value_history
    union all
    select
        'revision' as place,
        cell_id,
        release_id,
        indicator_id,
        null as source_id,
        null as document_id,
        insurer_code,
        figure_ids,
        coalesce(
            old_value, old_value_low, old_value_high, new_value, new_value_low, new_value_high
        ) is not null as is_told
    from revision
),

hidden as (
    select distinct
        indicator_id,
        evidence,
        source_id,
        period_year
    from indicator_value
    where suppression is not null and evidence in ('survey', 'claims', 'example')
),

computed as (
    select
        h.*,
        n.cell_id is null as is_away,
        coalesce(
            h.numerator is distinct from n.numerator
            or h.denominator is distinct from n.denominator
            or h.n_observed is distinct from n.n_observed
            or h.n_unweighted is distinct from n.n_unweighted
            or h.ci_low is distinct from n.ci_low
            or h.ci_high is distinct from n.ci_high
            or h.comparison_value is distinct from n.comparison_value,
            true
        ) as is_outdated
    from value_history as h
    left join indicator_value as n on h.cell_id = n.cell_id
    where h.evidence in ('survey', 'claims', 'example') and n.suppression is null
)

select
    'history' as place,
    'exact' as fault,
    c.cell_id,
    c.release_id
from computed as c
semi join hidden as i
    on
        c.evidence = i.evidence
        and c.source_id is not distinct from i.source_id
        and c.period_year is not distinct from i.period_year
where
    c.is_outdated
    and coalesce(
        c.numerator, c.denominator, c.n_observed, c.n_unweighted, c.ci_low, c.ci_high,
        c.comparison_value
    ) is not null
union all
select
    'history' as place,
    'gone' as fault,
    c.cell_id,
    c.release_id
from computed as c
semi join hidden as i
    on
        c.indicator_id = i.indicator_id
        and c.evidence = i.evidence
        and c.source_id is not distinct from i.source_id
        and c.period_year is not distinct from i.period_year
where c.is_away and coalesce(c.value, c.value_low, c.value_high) is not null
union all
select
    t.place,
    'hidden now' as fault,
    t.cell_id,
    t.release_id
from told as t
inner join indicator_value as v on t.cell_id = v.cell_id
where v.suppression is not null and t.is_told
union all
select
    t.place,
    'withheld' as fault,
    t.cell_id,
    t.release_id
from told as t
inner join withheld_figure as w on list_contains(t.figure_ids, w.figure_id)
union all
select
    place,
    'letter' as fault,
    cell_id,
    release_id
from told
where insurer_code like 'letter-%'
union all
select
    t.place,
    'named' as fault,
    t.cell_id,
    t.release_id
from told as t
inner join masked_source as m
    on
        m.source_id in (t.source_id, t.document_id)
        or list_contains(string_split(t.cell_id, '|'), m.source_id)
where t.insurer_code <> 'all'
union all
select
    'history' as place,
    'file' as fault,
    h.cell_id,
    h.release_id
from value_history as h
inner join masked_source as m on h.source_id = m.source_id
where not regexp_matches(h.delivery_id, '/[0-9]+$')
