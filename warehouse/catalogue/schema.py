"""What every file of the catalogue must look like.

`extra="forbid"` makes a typo in YAML an error with a file and a line, not a silent default.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Locale = Literal["nl", "en"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Entry(BaseModel):
    """Base of all catalogue entries: closed and unchangeable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Entry):
    """The same words in Dutch and English; neither stands in for the other."""

    nl: Words
    en: Words

    def text(self, locale: Locale) -> str:
        """Return the words in `locale`."""
        return self.nl if locale == "nl" else self.en


class Term(Bilingual):
    """A code with its words: the least any vocabulary entry has."""

    code: Code


class OrderedTerm(Term):
    """A term with a place in lists."""

    order: int = 0


class CountedUnit(OrderedTerm):
    """What a number of answers counts, with the word after the number one."""

    one: Bilingual


class Answer(OrderedTerm):
    """An answer, bucket or series; `counted` follows those who are counted: "met een stop"."""

    counted: Bilingual | None = None


class Topic(OrderedTerm):
    """One of the questions the site is built around."""

    slug: Bilingual
    question: Bilingual


class Subtopic(Term):
    """The topic word of a delivery, and the topic of the site it belongs to."""

    topic: Code


class Sector(OrderedTerm):
    """A sector of care; `parent` makes a tree."""

    parent: Code | None = None
    short: Bilingual | None = None


class Insurer(Entry):
    """An insurer, in the name it uses itself (the same in both languages).

    A letter that stands for an insurer in one table (`pseudonym`) has words per language.
    """

    code: Code
    name: Words
    kind: Literal["concern", "label", "care_office", "all", "pseudonym"]
    concern: Code | None = None
    nl: Words | None = None
    en: Words | None = None
    valid_from: int | None = None
    """First year in which it exists under this name."""
    valid_to: int | None = None
    """Last year in which it exists under this name."""
    successor: Code | None = None
    """The insurer that goes on after `valid_to`."""
    change: Bilingual | None = None
    """What happened after `valid_to`, in one sentence with both names."""
    invented: bool = False
    """No insurer of the real world: it may stand in example data only."""

    def text(self, locale: Locale) -> str:
        """Return the name; `all` and letters have words per language."""
        return (self.nl if locale == "nl" else self.en) or self.name


class Allegiance(Entry):
    """The concern that a risk bearer belongs to, and in which years."""

    concern: Code
    since: int | None = None
    until: int | None = None


class RiskBearer(Entry):
    """A legal person that bears the risk of policies, known by its UZOVI code."""

    uzovi: Code
    name: Words
    concerns: tuple[Allegiance, ...] = Field(min_length=1)
    source: Words
    """Where code, name and concern were found; "verzonnen" for an invented one."""
    invented: bool = False


class ChangedQuestion(Bilingual):
    """A question that a wave asked in other words than the wave before; nl and en say how."""

    code: Code
    source: Code
    question: Code
    """Name of the column in the contract."""
    year: int
    """First wave with the new question."""


class Region(Term):
    """A care office region, province or country, with its place on the tile map."""

    kind: Literal["zorgkantoorregio", "province", "country", "unknown"]
    row: int | None = None
    column: int | None = None
    abbreviation: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successor: Code | None = None


class Suffix(Entry):
    """What follows a number; empty where nothing does."""

    nl: str = ""
    en: str = ""

    def text(self, locale: Locale) -> str:
        """Return the words in `locale`."""
        return self.nl if locale == "nl" else self.en


class Unit(Term):
    """A unit of measurement, and how a value in it is written."""

    suffix: Suffix = Suffix()
    suffix_one: Suffix | None = None
    """Where the word differs after the number one."""
    suffix_below_zero: Suffix | None = None
    """Where a number under zero is written without its sign, in words of its own."""
    decimals: int = 0
    is_name: bool = False
    """A number that names something, such as a calendar year: 2019, never 2.019."""
    order: int = 0


class BreakdownDimension(Bilingual):
    """By what figures are split; the code is the text of the delivery."""

    code: Words


class BreakdownValue(Bilingual):
    """A part that figures are split into; `value` is the text of the delivery."""

    value: Words


class Caveat(Entry):
    """A warning that readers see with a figure."""

    code: Code
    severity: Literal["caution", "note"]
    title: Bilingual
    text: Bilingual


class FigureCaveat(Entry):
    """What one caveat text of a delivery says: keys, and in Dutch what the keys leave out."""

    caveat: Words
    keys: tuple[Code, ...] = ()
    nl: str = ""


class FigureLabel(Bilingual):
    """The words of the source for one figure that is not a plain number ("ruim 6%")."""

    figure_id: Code


class Repeat(Entry):
    """A figure that says the same as another one."""

    figure_id: Code
    repeats_figure_id: Code
    kind: Code


class Side(Entry):
    """What one party, or one passage of a source, says."""

    voice: Literal["providers", "insurers", "nza", "party", "source", ""] = ""
    who: Bilingual
    headline: Bilingual
    """May hold `{value}`: filled from the first of `figure_ids`."""
    text: Bilingual | None = None
    figure_ids: tuple[Code, ...] = ()


class Contradiction(Entry):
    """Two parties, or two passages, that do not agree; both are shown."""

    id: Code
    kind: Literal["two_voices", "two_sources", "two_passages"]
    topic: Code
    sector: Code
    year: int | str | None = None
    question: Bilingual
    sides: tuple[Side, ...] = Field(min_length=1)
    note: Bilingual | None = None
    indicators: tuple[Code, ...] = ()


class GlossaryTerm(Entry):
    """A word of the trade, explained."""

    slug: Code
    term: Bilingual
    text: Bilingual
    checked: bool
    """False: the meaning rests on general knowledge and no reader from the field checked it."""


class Source(Entry):
    """A supplier's series of deliveries."""

    id: Code
    title: Bilingual
    supplier: Words
    licence: Words
    licence_url: Words
    url: Words
    published_on: Words
    retrieved_on: Words
    evidence: Literal["published", "survey", "claims", "register", "example"]
    update: Bilingual
    note: Bilingual


class Document(Entry):
    """A printed report, page or table that figures stand in."""

    id: Code
    source: Code
    title: Words
    supplier: Words
    publication_year: int | None = None
    published_on: Words
    url: Words
    licence: Words
    secondary: bool = False


class EvidenceRow(Bilingual):
    """A row of the evidence map: which figures of a topic it looks at.

    Without `measures` the row looks at every figure of its sectors that no other row of
    the topic has taken by name.
    """

    code: Code
    topic: Code
    sector: Code
    also_sectors: tuple[Code, ...] = ()
    subtopics: tuple[Code, ...] = ()
    """Only these; without any, all subtopics of the topic."""
    measures: tuple[Code, ...] = ()
    except_measures: tuple[Code, ...] = ()
    """Figures filed under the topic that do not answer its question."""
    statements: tuple[Code, ...] = ()
    """Claims without a number that count as evidence here; other claims do not."""
    headline_figures: tuple[Code, ...] = ()
    """The figures to show first, among those of the latest year."""
    order: int
    remark: Bilingual | None = None
    """What stands in the column of the latest figure instead of a figure."""


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
