"""The parts that blocks are made of: texts, links, tables, notes and charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dashboard.views.block_places import Place

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


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """A run of text; `strong` for a number in a sentence, `lang` where it is not the page's.

    Texts and cells of tables are never changed, but not frozen either: a page makes a thousand
    of them, and freezing takes three times as long as making.
    """

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


@dataclass(slots=True, unsafe_hash=True)
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
    told_columns: frozenset[int] = frozenset()
    """Columns of sentences, which need some width to be read."""
    stacked: bool = False
    """Whether a narrow screen shows each row as a card, for tables too wide to scroll."""
    cards: bool = False
    """As `stacked`, with the heading of its column before every value."""
    example: bool = False
    """Whether its rows are invented; the caption then says so."""


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
    severity: Literal["caution", "note", "example"] = "note"
    lang: str | None = None


@dataclass(frozen=True)
class KeyItem:
    """One entry of the key under a chart: a mark and what it means."""

    mark: str
    text: str


@dataclass(frozen=True)
class ChartEvent:
    """A dated event of the axis of a chart: its letter there, and what it stands for."""

    letter: str
    text: str
    breaks: bool = False
    """Whether years before and after it cannot be compared; its letter then has another shape."""


@dataclass(frozen=True)
class ChartEvents:
    """The key of the events on the axis of a chart, with a link to all that is known of them."""

    label: str
    items: tuple[ChartEvent, ...]
    more: Link | None = None


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
    provisional: str = ""
    """The word for a value that may still change; empty for all others."""


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
class ChartChoice:
    """A row of choices above one chart, of which one is in force."""

    label: str
    links: tuple[Link, ...]


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
    dated: ChartEvents | None = None
    """Rules, funding and agreements on the axis."""
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
    choices: tuple[ChartChoice, ...] = ()
    """Further rows of choices: the definition, the sector."""
    verdicts: tuple[KeyItem, ...] = ()
    """How the series compare and whether they rise or fall, each with its shape."""
    verdict_label: str = ""
    example: str = ""
    """The tag of invented data; empty where data is not invented."""
    cite: str = ""
    cite_title: str = ""
    note: str = ""
    """A line under the picture that says how to look at it."""
    place: Place | None = None
    """The chosen region or insurer, beside a chart of all of them."""
    table_at: str = ""
    """Id of the same table where it stands in full on the page; it is then not folded here."""
    brief: bool = False
    """Whether it is one of many on a page: sources and remarks after the first two are folded."""
    folded: bool = False
    """Whether only title and sentence show until the reader opens the rest."""
