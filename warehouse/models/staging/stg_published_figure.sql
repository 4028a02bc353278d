-- Figures of the five documents, with sector and provider group told apart.
-- Grain: one row per printed figure.
--
-- The delivery writes some provider groups as sectors (ggz_instellingen) and others as a
-- breakdown (segment 1). A letter that stands for an insurer never becomes an insurer code.

select
    f.figure_id,
    'published_figures' as source_id,
    f.document_id,
    f.locator,
    f.topic as subtopic,
    f.sector as source_sector,
    case f.sector
        when 'ggz_instellingen' then 'ggz'
        when 'ggz_vrijgevestigd' then 'ggz'
        when 'huisartsenzorg_multidisciplinaire_zorg' then 'huisartsenzorg_en_multidisciplinair'
        else f.sector
    end as sector_code,
    case
        when f.sector = 'ggz_instellingen' or f.population = 'instellingen' then 'instelling'
        when
            f.sector = 'ggz_vrijgevestigd' or f.population = 'vrijgevestigde zorgaanbieders'
            then 'vrijgevestigd'
        when 'segment 1' in (f.breakdown_value, f.breakdown2_value) then 'segment_1'
        when 'segment 2' in (f.breakdown_value, f.breakdown2_value) then 'segment_2'
        when f.population = 'huisartsenpraktijken' then 'huisartsenpraktijk'
        when f.population = 'samenwerkingsverbanden' then 'samenwerkingsverband'
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
    f.numerator::double as numerator,
    case
        when f.n is null then null
        when f.population in ('zorgverzekeraars', 'Wlz-uitvoerders') then 'insurers'
        when f.population in ('kosten langdurige zorg', 'beheerskosten') then 'amount'
        when f.population like 'contracten%' then 'contracts'
        when f.population like '%verzoeken%' then 'requests'
        else 'respondents'
    end as n_unit,
    f.qualifier,
    f.caveat,
    case
        when f.value is not null then 'final'
        when f.caveat like '%(not applicable)%' then 'not_applicable'
        else 'not_in_text'
    end as status,
    case
        when f.document_id like 'actiz%' then 'party'
        when f.population = 'zorgverzekeraars' then 'insurers'
        when
            f.population in (
                'zorgaanbieders', 'instellingen', 'vrijgevestigde zorgaanbieders',
                'huisartsenpraktijken', 'samenwerkingsverbanden', 'respondenten'
            )
            then 'providers'
        else ''
    end as voice,
    coalesce(i.code, 'all') as insurer_code,
    'NL' as region_code,
    f.delivery_id,
    f.line
from raw.published_figures as f
left join ref_insurer as i
    on
        (
            f.breakdown_dimension = 'insurer'
            and i.kind <> 'care_office'
            and f.breakdown_value = i.name
        )
        or (
            f.breakdown_dimension = 'care_office'
            and i.kind = 'care_office'
            and i.name = 'Zorgkantoor ' || f.breakdown_value
        )
