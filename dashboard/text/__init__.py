"""Texts, numbers and dates in the reader's language."""

from dashboard.text.format import (
    Locale,
    Number,
    NumberTextError,
    PeriodTextError,
    and_list,
    count_of,
    day,
    join_words,
    month_year,
    number,
    percent,
    period,
    value_text,
    year_range,
    year_span,
)

__all__ = [
    "Locale",
    "Number",
    "NumberTextError",
    "PeriodTextError",
    "and_list",
    "count_of",
    "day",
    "join_words",
    "month_year",
    "number",
    "percent",
    "period",
    "value_text",
    "year_range",
    "year_span",
]
