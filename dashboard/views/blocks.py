"""What a page says, as plain data: the blocks that Dash and the exporter both render.

A page is data before it is HTML (see docs/decisions). Every text in a block is already in
the reader's language and every number already formatted, so a renderer adds no words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Figure = dict[str, Any]
"""A Plotly figure as a plain dict of `data` and `layout`."""


@dataclass(frozen=True)
class Link:
    """A link; `href` is an address of this site unless `external` is set."""

    text: str
    href: str
    external: bool = False
    lang: str | None = None
    current: bool = False
    label: str | None = None
    """What a screen reader hears instead of `text`, when `text` alone is not enough."""


@dataclass(frozen=True)
class Text:
    """A run of text; `strong` for a number in a sentence, `lang` where it is not the page's."""

    text: str
    strong: bool = False
    lang: str | None = None
    cell: str | None = None
    """Key of the cell that a number came from, written as `data-cell`."""


Inline = Text | Link


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    parts: tuple[Inline, ...]
    role: Literal["body", "lead", "source", "note"] = "body"


@dataclass(frozen=True)
class Cell:
    """One cell of a table: text, links, and how it aligns."""

    parts: tuple[Inline, ...]
    numeric: bool = False
    header: bool = False
    mark: str | None = None
    """Name of a mark drawn before the text, e.g. `bound`, `image`, `conflict`."""
    anchor: str = ""
    """Id of the row, so that a link can point at it; set on the first cell only."""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row heads the row when `header` is set."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    id: str = ""
    caption_hidden: bool = False
    numeric_columns: frozenset[int] = frozenset()
    stacked: bool = False
    """Whether a narrow screen shows each row as a card, for tables too wide to scroll."""


@dataclass(frozen=True)
class SourceNote:
    """Where numbers come from: document, locator, link where known, who took part."""

    heading: str
    document: str
    locator: str | None = None
    """Verbatim Dutch words or table number of the document; rendered with lang="nl"."""
    locator_label: str = ""
    link: Link | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A caveat or remark in a box with an edge."""

    title: str
    text: str
    severity: Literal["caution", "note"] = "note"
    lang: str | None = None


@dataclass(frozen=True)
class KeyItem:
    """One entry of the key under a chart: a mark and what it means."""

    mark: str
    text: str


@dataclass(frozen=True)
class Tile:
    """One region of the tile map; `step` 1 to 5 picks the shade, 0 means no value."""

    row: int
    column: int
    name: str
    abbreviation: str
    label: str
    step: int
    href: str | None = None
    selected: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class TileMap:
    """A region map of equal tiles, with a written legend of (step, text)."""

    label: str
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[int, str], ...]
    no_value_text: str | None = None


@dataclass(frozen=True)
class Event:
    """One dated event of a list, newest last; never a trend."""

    date: str
    title: str
    text: str
    source: SourceNote | None = None


@dataclass(frozen=True)
class Events:
    """Dated events with a notice that the list is not complete."""

    items: tuple[Event, ...]
    incomplete: str


@dataclass(frozen=True)
class Voice:
    """What one party or source says."""

    who: str
    voice: Literal["providers", "insurers", "nza", "party", "source"]
    headline: str
    text: str
    source: SourceNote | None = None
    bar: tuple[float, Literal["exact", "less_than", "more_than"]] | None = None
    """Percentage (0-100) and qualifier to draw as a bar, where the side is a share."""


@dataclass(frozen=True)
class Chart:
    """One chart with everything a reader needs to trust and reuse it.

    `figure` is drawn wide, `figure_narrow` on small screens. One of `figure`, `tiles`,
    `events` or `voices` carries the picture; `table` always carries the same numbers.
    """

    id: str
    title: str
    subtitle: str
    headline: str
    alt: str
    table: Table
    figure: Figure | None = None
    figure_narrow: Figure | None = None
    height: int = 360
    height_narrow: int = 330
    tiles: TileMap | None = None
    events: Events | None = None
    voices: tuple[Voice, ...] = ()
    headline_parts: tuple[Inline, ...] = ()
    """The headline again, with each number marked with the cell it came from."""
    key: tuple[KeyItem, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    notices: tuple[Notice, ...] = ()
    csv: Link | None = None
    more: Link | None = None
    """Link to the indicator's own page, on a topic page."""
    view_links: tuple[Link, ...] = ()
    """Chart or table, as links; the current one is marked."""
    show_table: bool = False
    base_label: str = ""
    base_links: tuple[Link, ...] = ()
    """Share of costs, clients …: a segmented choice above the chart."""
    cite: str = ""
    cite_title: str = ""


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
class Option:
    """One choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """One control of the filter panel; without `options` it shows `reason` instead."""

    name: Literal["sector", "years_from", "years_to", "insurer", "region", "provider"] | str
    label: str
    options: tuple[Option, ...]
    value: tuple[str, ...]
    multiple: bool = False
    placeholder: str = ""
    reason: str | None = None
    help: str | None = None


@dataclass(frozen=True)
class FilterPanel:
    """All filters, the choices now in force as removable chips, and a link that clears them."""

    label: str
    filters: tuple[Filter, ...]
    chips_label: str
    chips: tuple[Link, ...]
    clear: Link | None
    open_label: str
    """Words of the button that opens the panel on a small screen."""


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
class LinkList:
    """A list of links, each with a line of text."""

    items: tuple[tuple[Link, str], ...]


@dataclass(frozen=True)
class SearchForm:
    """A search and filter form that works as a plain GET form."""

    action: str
    label: str
    button: str
    value: str
    hidden: tuple[tuple[str, str], ...] = ()
    name: str = "q"


@dataclass(frozen=True)
class Pager:
    """Previous and next page of a long table, with a sentence on what is shown."""

    summary: str
    previous: Link | None
    next: Link | None


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
    | SearchForm
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
    data: dict[str, Any] = field(default_factory=dict)
    """Anything a test wants to hold against the warehouse, e.g. the cells behind a headline."""
