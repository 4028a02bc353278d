"""One indicator: its meaning, its words and its breaks; its cells are a SELECT."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warehouse.catalogue.schema.words import Bilingual, Code, Entry, Locale, Words


class IndicatorText(Entry):
    """The words of an indicator in one language."""

    title: Words
    question: Words
    definition: Words
    population: Words
    numerator: Words
    denominator: Words
    how_to_read: Words
    headline: Words
    headline_empty: Words
    definition_name: str = ""
    """A few words for its definition, where `other_definitions` offers it beside others."""


class Break(Bilingual):
    """A break in comparability after a year, with the reason."""

    after: int
    sectors: tuple[Code, ...] = ()
    event: Code | None = None
    """The dated event that breaks it; filled in from `events.yaml`, never by hand."""


class Headline(Entry):
    """Which cells fill the placeholders of the headline."""

    kind: Literal["change", "latest", "count", "largest", "range", "text"]
    where: dict[str, str | int | float] = Field(default_factory=dict)


class Example(Entry):
    """A worked example: given these rows, expect those."""

    given: dict[str, tuple[dict[str, object], ...]]
    expect: tuple[dict[str, object], ...]


Dimension = Literal[
    "sector", "period_year", "insurer", "region", "provider_group", "base", "category"
]
Breakdown = Literal["insurer", "region", "provider_group", "insurer+region"]
Method = Literal["published", "ratio", "weighted_ratio", "weighted_median", "censored_duration"]
UnitOfAnalysis = Literal[
    "respondents", "contracts", "requests", "stops", "providers", "pairs", "clients", "amount"
]
Chart = Literal[
    "trend", "share_dots", "stacked", "terms", "waffle", "index_bars", "ranges",
    "distribution", "tiles", "events", "voices", "counts",
]  # fmt: skip


class Indicator(Entry):
    """One indicator: its meaning here, its cells in `models/indicators/<id>.sql`."""

    id: Code
    status: Literal["active", "archived"]
    archived_on: str | None = None
    archived_because: Bilingual | None = None
    topic: Code
    order: int
    method: Method
    sources: tuple[Code, ...] = Field(min_length=1)
    unit: Code
    decimals: int
    polarity: Literal["none", "higher_is_better", "lower_is_better"]
    bases: tuple[Code, ...] = Field(min_length=1)
    min_observed: int = 10
    scale: int = 100
    """What a ratio is multiplied by: 100 for a percentage, 1 for an amount per person."""
    unit_of_analysis: UnitOfAnalysis | None = None
    """What the number behind a computed value counts; it becomes `n_unit` of its cells."""
    units_by_base: dict[Code, UnitOfAnalysis] = Field(default_factory=dict)
    """Bases on which it counts something else: clients beside costs."""
    breakdowns: tuple[Breakdown, ...] = ()
    """By what the cells are broken down, besides sector and year: one part or two at once."""
    dimensions: tuple[Dimension, ...]
    unavailable: dict[Dimension, Bilingual] = Field(default_factory=dict)
    chart: Chart
    series: Literal[
        "sector_code", "category", "provider_group", "insurer_code", "region_code", "voice",
        "series", "base", "none",
    ]  # fmt: skip
    caveats: tuple[Code, ...] = ()
    breaks: tuple[Break, ...] = ()
    related: tuple[Code, ...] = ()
    other_definitions: tuple[Code, ...] = ()
    """Indicators of the same thing after another definition; a reader picks one of them."""
    text_beside_image: tuple[Code, ...] = ()
    """Statements that say in words what the source otherwise shows as a picture only."""
    nl: IndicatorText
    en: IndicatorText
    headline: Headline
    example: Example | None = None

    def text(self, locale: Locale) -> IndicatorText:
        """Return the words in `locale`."""
        return self.nl if locale == "nl" else self.en
