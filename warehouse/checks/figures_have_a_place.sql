-- Every figure has a topic, a document and, unless it is a claim without a number, a measure.

select
    figure_id,
    topic,
    subtopic,
    document_id,
    document_title,
    measure,
    measure_code
from source_figure
where
    topic is null
    or document_title is null
    or locator is null
    or (measure_code is null and status <> 'no_number')
