-- A correction is about a figure that is there, and that still says what was printed.

select
    c.correction_id,
    c.figure_id,
    c.printed,
    f.value
from correction as c
left join source_figure as f on c.figure_id = f.figure_id
where
    f.figure_id is null
    or (c.kind = 'value' and c.column_name = 'value' and try_cast(c.printed as double) <> f.value)
    or (
        c.kind = 'value' and c.column_name = 'numerator'
        and try_cast(c.printed as double) <> f.numerator
    )
