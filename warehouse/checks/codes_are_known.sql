-- Every code in a published figure or cell stands in its vocabulary.

with
used as (
    select distinct
        'status' as vocabulary,
        status as code
    from indicator_value
    union
    select distinct
        'status' as vocabulary,
        status as code
    from source_figure
    union
    select distinct
        'qualifier' as vocabulary,
        qualifier as code
    from indicator_value
    union
    select distinct
        'qualifier' as vocabulary,
        qualifier as code
    from source_figure
    union
    select distinct
        'base' as vocabulary,
        base as code
    from indicator_value
    union
    select distinct
        'unit' as vocabulary,
        unit as code
    from indicator_value
    union
    select distinct
        'unit' as vocabulary,
        unit as code
    from source_figure
    union
    select distinct
        'sector' as vocabulary,
        sector_code as code
    from indicator_value
    union
    select distinct
        'sector' as vocabulary,
        sector_code as code
    from source_figure
    union
    select distinct
        'insurer' as vocabulary,
        insurer_code as code
    from indicator_value
    union
    select distinct
        'insurer' as vocabulary,
        insurer_code as code
    from source_figure
    union
    select distinct
        'region' as vocabulary,
        region_code as code
    from indicator_value
    union
    select distinct
        'region' as vocabulary,
        region_code as code
    from source_figure
    union
    select distinct
        'provider_group' as vocabulary,
        provider_group as code
    from indicator_value
    union
    select distinct
        'provider_group' as vocabulary,
        provider_group as code
    from source_figure
    union
    select distinct
        'evidence' as vocabulary,
        evidence as code
    from indicator_value
    union
    select distinct
        'n_unit' as vocabulary,
        n_unit as code
    from indicator_value
    union
    select distinct
        'category' as vocabulary,
        category as code
    from indicator_value
    where category <> 'all'
),

known as (
    select
        'status' as vocabulary,
        code
    from ref_status
    union all
    select
        'qualifier' as vocabulary,
        code
    from ref_qualifier
    union all
    select
        'base' as vocabulary,
        code
    from ref_base
    union all
    select
        'unit' as vocabulary,
        code
    from ref_unit
    union all
    select
        'sector' as vocabulary,
        code
    from ref_sector
    union all
    select
        'insurer' as vocabulary,
        code
    from ref_insurer
    union all
    select
        'region' as vocabulary,
        code
    from ref_region
    union all
    select
        'provider_group' as vocabulary,
        code
    from ref_provider_group
    union all
    select
        'evidence' as vocabulary,
        code
    from ref_evidence
    union all
    select
        'n_unit' as vocabulary,
        code
    from ref_n_unit
    union all
    select
        'category' as vocabulary,
        code
    from ref_category
    union all
    select
        'category' as vocabulary,
        code
    from ref_event_kind
)

select
    u.vocabulary,
    u.code
from used as u
left join known as k on u.vocabulary = k.vocabulary and u.code = k.code
where u.code is not null and k.code is null
