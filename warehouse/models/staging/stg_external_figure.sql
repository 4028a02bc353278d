-- Figures of other public pages. Rows that are not for publication keep their reason and
-- have no value; the marts leave them out and list them.
-- Grain: one row per figure.

select
    f.figure_id,
    'external_figures' as source_id,
    f.document_id,
    f.locator,
    f.topic as subtopic,
    f.sector as source_sector,
    case
        when f.sector = 'Wlz' then 'wlz'
        when f.sector = 'ggz' and f.measure like '%basis-ggz%' then 'ggz_basis'
        when
            f.sector = 'ggz'
            and (f.measure like '%gespecialiseerde ggz%' or f.measure like '%specialistische ggz%')
            then 'ggz_gespecialiseerd'
        else f.sector
    end as sector_code,
    case
        when f.population = 'instellingen' then 'instelling'
        when f.population = 'vrijgevestigde zorgaanbieders' then 'vrijgevestigd'
        when f.population = 'huisartsenpraktijken' then 'huisartsenpraktijk'
        when f.population = 'zzp''ers' then 'zzp'
        else 'all'
    end as provider_group,
    f.year as period,
    f.population,
    f.breakdown_dimension,
    f.breakdown_value,
    f.breakdown2_dimension,
    f.breakdown2_value,
    f.measure,
    f.value::double as value,
    f.decimals,
    f.unit,
    f.n::double as n,
    f.n_text,
    f.numerator::double as numerator,
    case
        when f.n is null then null
        when f.population = 'huisartsenpraktijken' then 'practices'
        else 'respondents'
    end as n_unit,
    f.qualifier,
    f.caveat,
    coalesce(f.value_status, 'final') as status,
    case
        when f.figure_id like '%-zn' then 'insurers'
        when f.figure_id like '%-mind' then 'party'
        else ''
    end as voice,
    'all' as insurer_code,
    coalesce(r.code, 'NL') as region_code,
    f.withheld_because,
    f.delivery_id,
    f.line
from raw.external_figures as f
left join ref_region as r
    on f.breakdown_value = r.nl and f.breakdown_dimension = 'region' and r.kind = 'province'
