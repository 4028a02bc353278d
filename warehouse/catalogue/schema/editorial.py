"""What editors lay beside the figures: contradictions, explained words, the map of evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warehouse.catalogue.schema.words import Bilingual, Code, Entry


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
