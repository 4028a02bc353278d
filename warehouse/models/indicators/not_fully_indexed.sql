-- Respondents by whether their contract has elements that were not (fully) indexed.
-- Grain: one row per provider group, answer and base.
--
-- "Do not know" is an answer. The base respondents_who_knew leaves it out: those shares are
-- worked out here, from the printed counts.

with answers as (
    select
        figure_id,
        figure_ids,
        caveats,
        document_id,
        value,
        numerator,
        n_observed,
        decimals,
        case sector_code
            when 'huisartsenzorg' then 'segment_1'
            else 'segment_2'
        end as provider_group,
        case
            when breakdown_value = 'Dat weet ik niet' then 'idx_unknown'
            when breakdown_value = 'Ja' then 'idx_some_not'
            when breakdown_value like 'Ja, zowel %' then 'idx_both'
            when breakdown_value like 'Ja, tarieven voor directe %' then 'idx_direct_only'
            when breakdown_value like 'Ja, tarieven voor "overhead"%' then 'idx_overhead_only'
            when breakdown_value like 'Niet relevant%' then 'idx_not_relevant'
            else 'idx_all'
        end as category
    from mart_figure_value
    where measure_code = 'elements_not_indexed_share'
),

known as (
    select
        provider_group,
        sum(numerator) as respondents
    from answers
    where category != 'idx_unknown'
    group by provider_group
)

select
    figure_id,
    provider_group,
    category,
    'respondents' as base,
    value,
    numerator,
    n_observed as denominator,
    n_observed,
    decimals,
    'exact' as qualifier,
    figure_ids,
    caveats,
    concat_ws('-', document_id, provider_group, 'respondents') as comparable_group
from answers
union all
select
    answers.figure_id,
    answers.provider_group,
    answers.category,
    'respondents_who_knew' as base,
    100 * answers.numerator / known.respondents as value,
    answers.numerator,
    known.respondents as denominator,
    known.respondents as n_observed,
    1 as decimals,
    'exact' as qualifier,
    answers.figure_ids,
    list_append(answers.caveats, 'own_calculation') as caveats,
    concat_ws('-', answers.document_id, answers.provider_group, 'who_knew') as comparable_group
from answers
inner join known on answers.provider_group = known.provider_group
where answers.category != 'idx_unknown'
