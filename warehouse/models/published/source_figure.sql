-- Every figure that the sources print, word for word, with where it stands.
-- Grain: one row per figure.

select
    f.figure_id,
    f.source_id,
    f.document_id,
    f.document_title,
    f.publication_year,
    f.url,
    f.locator,
    f.topic,
    f.subtopic,
    f.sector_code,
    f.provider_group,
    f.period,
    f.period_from,
    f.period_to,
    f.population,
    f.breakdown_dimension,
    f.breakdown_value,
    f.breakdown2_dimension,
    f.breakdown2_value,
    f.measure,
    f.measure_code,
    f.value,
    f.decimals,
    f.unit,
    f.n,
    f.n_unit,
    f.numerator,
    f.qualifier,
    f.caveat,
    f.caveats,
    f.caveat_nl,
    f.status,
    f.evidence,
    f.voice,
    f.statement_nl,
    f.statement_en,
    f.insurer_code,
    f.region_code,
    f.repeats_figure_id,
    f.repeat_kind,
    f.correction_id,
    f.correction_should_be,
    f.delivery_id,
    f.source_sector,
    f.value_low,
    f.value_high,
    f.n_text,
    f.label_nl,
    f.label_en,
    f.line as position,
    t.order as topic_order,
    strip_accents(lower(concat_ws(
        ' ', f.figure_id, f.document_title, f.locator, m.nl, f.statement_nl, s.nl, t.nl, u.nl,
        f.population, b.nl, b2.nl, f.breakdown_value, f.breakdown2_value, f.period, f.caveat_nl,
        f.label_nl
    ))) as search_nl,
    strip_accents(lower(concat_ws(
        ' ', f.figure_id, f.document_title, f.locator, f.measure, f.statement_en, s.en, t.en, u.en,
        p.en, b.en, b2.en, f.breakdown_value, f.breakdown2_value, f.period, f.caveat, f.label_en
    ))) as search_en
from mart_figure as f
left join ref_topic as t on f.topic = t.code
left join ref_subtopic as u on f.subtopic = u.code
left join ref_sector as s on f.sector_code = s.code
left join ref_measure as m on f.measure_code = m.code
left join ref_population as p on f.population = p.nl
left join ref_breakdown_value as b on f.breakdown_value = b.value
left join ref_breakdown_value as b2 on f.breakdown2_value = b2.value
