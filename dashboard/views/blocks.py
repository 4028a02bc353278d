"""What a page says, as plain data: the blocks that Dash and the exporter both render.

A page is data before it is HTML (see docs/decisions). Every text in a block is already in
the reader's language and every number already formatted, so a renderer adds no words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.views.block_changes import ReleaseChanges
from dashboard.views.block_forms import Filter, FilterPanel, Option, Pager, SearchForm
from dashboard.views.block_moments import Banner, MomentForm
from dashboard.views.block_parts import (
    Cell,
    Chart,
    ChartChoice,
    Event,
    Events,
    Figure,
    Inline,
    KeyItem,
    Link,
    Notice,
    Paragraph,
    SourceNote,
    Table,
    Text,
    Tile,
    TileMap,
    Voice,
)

__all__ = [
    "Banner",
    "Block",
    "Cell",
    "Chart",
    "ChartChoice",
    "Columns",
    "Conflict",
    "EmptyState",
    "Entry",
    "EntryList",
    "Event",
    "Events",
    "EvidenceCell",
    "EvidenceMap",
    "EvidenceRow",
    "EvidenceTopic",
    "Facts",
    "Figure",
    "Filter",
    "FilterPanel",
    "Finding",
    "Inline",
    "KeyItem",
    "KeyNumber",
    "Link",
    "LinkList",
    "MomentForm",
    "Navigation",
    "Notice",
    "Option",
    "Page",
    "PageIndex",
    "Pager",
    "Paragraph",
    "ReleaseChanges",
    "SearchForm",
    "Section",
    "SourceNote",
    "Statements",
    "Table",
    "Text",
    "Tile",
    "TileMap",
    "Voice",
]


@dataclass(frozen=True)
class Conflict:
    """Two voices side by side, never averaged."""

    id: str
    kicker: str
    title: str
    context: str
    voices: tuple[Voice, ...]
    note: str


@dataclass(frozen=True)
class Statements:
    """What sources say without a number; each with who says it, never turned into a value."""

    id: str
    title: str
    lead: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class EmptyState:
    """No number: why, what the source does say, and the nearest choice that has data."""

    id: str
    mark: Literal["image", "not_measured", "no_number", "no_data"]
    kicker: str
    title: str
    text: tuple[Paragraph, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One topic on the overview: a sentence from the data, a small chart, its source, a link."""

    topic: str
    headline: str
    chart: Chart
    link: Link
    headline_parts: tuple[Inline, ...] = ()
    wide: bool = False
    """Over the full width, text beside the chart: for the background of a topic."""
    text: str = ""


@dataclass(frozen=True)
class KeyNumber:
    """A large number with what it is a number of."""

    value: str
    text: str
    cell: str | None = None


@dataclass(frozen=True)
class EvidenceCell:
    """One cell of the evidence map; every cell is a link, also 'not measured'."""

    state: Literal["measured", "provisional", "bound", "image", "conflict", "not_measured"]
    label: str
    href: str


@dataclass(frozen=True)
class EvidenceRow:
    """One sector within a topic: a cell per year and the latest figure in words."""

    label: str
    cells: tuple[EvidenceCell, ...]
    latest: tuple[Inline, ...]


@dataclass(frozen=True)
class EvidenceTopic:
    """The rows of one topic in the evidence map."""

    link: Link
    summary: str
    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True)
class EvidenceMap:
    """Topic x sector x year: what is measured, an image, or not measured."""

    title: str
    lead: str
    caption: str
    row_heading: str
    latest_heading: str
    years: tuple[int, ...]
    topics: tuple[EvidenceTopic, ...]
    key: tuple[KeyItem, ...]


@dataclass(frozen=True)
class Facts:
    """A list of terms and descriptions; without a title where its section has one."""

    title: str
    items: tuple[tuple[str, tuple[Inline, ...]], ...]
    id: str = ""


@dataclass(frozen=True)
class Section:
    """A titled part of a page."""

    title: str
    blocks: tuple[Block, ...]
    id: str = ""
    lead: str = ""
    folded: bool = False
    """Whether only title and lead show until the reader opens it; nothing is left out."""


@dataclass(frozen=True)
class Columns:
    """Sections side by side on a wide screen, below each other on a narrow one."""

    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a list with tags or marks, e.g. a change or a kind of evidence."""

    parts: tuple[Inline, ...]
    tag: str = ""
    tag_style: Literal["solid", "dashed"] = "solid"
    mark: str | None = None
    """Name of a mark: `strength_3`, `strength_2`, `strength_1` or `not_measured`."""


@dataclass(frozen=True)
class EntryList:
    """Entries below each other, divided by rules, with a link to more."""

    items: tuple[Entry, ...]
    more: Link | None = None


@dataclass(frozen=True)
class PageIndex:
    """What stands on a long page, as links within the page: pairs of an id and its words."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinkList:
    """A list of links, each with a line of text."""

    items: tuple[tuple[Link, str], ...]


Block = (
    Paragraph
    | Table
    | Chart
    | Conflict
    | EmptyState
    | FilterPanel
    | Finding
    | EvidenceMap
    | Facts
    | Section
    | Columns
    | EntryList
    | Statements
    | LinkList
    | PageIndex
    | ReleaseChanges
    | SearchForm
    | MomentForm
    | Pager
    | Notice
)


@dataclass(frozen=True)
class Navigation:
    """What stands around every page: menu, language links, search, footer."""

    site_name: str
    tagline: str
    skip_link: str
    menu_label: str
    menu: tuple[Link, ...]
    languages_label: str
    languages: tuple[Link, ...]
    search: SearchForm
    theme_label: str
    trial_notice: str
    """'Proefversie, geen uitgave van de overheid', unless settings say otherwise."""
    footer_text: str
    footer: tuple[tuple[str, tuple[Link, ...]], ...]
    release: str
    """Which release the numbers come from, in words."""
    data_label: str = ""
    data_links: tuple[Link, ...] = ()
    """Published figures or invented ones; empty where a release has no invented ones."""
    feed: Link | None = None
    """The feed of changes, for programs that look for one."""
    staff_notice: str = ""
    """That this edition names insurers and must not be passed on."""


@dataclass(frozen=True)
class Page:
    """One page in one language."""

    locale: Literal["nl", "en"]
    kind: str
    title: str
    """The h1; also the document title, with the site's name after it."""
    document_title: str
    description: str
    kicker: str
    lead: str
    breadcrumbs: tuple[Link, ...]
    key_numbers: tuple[KeyNumber, ...]
    blocks: tuple[Block, ...]
    navigation: Navigation
    title_parts: tuple[Inline, ...] = ()
    """The title again, with each number marked with the cell it came from."""
    example: bool = False
    """Whether the page shows invented figures."""
    banner: Banner | None = None
    """Which earlier state the page shows, where a reader looks back."""
    data: dict[str, Any] = field(default_factory=dict)
    """Anything a test wants to hold against the warehouse, e.g. the cells behind a headline."""
