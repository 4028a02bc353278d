"""The parts of the page of changes: a release, and what it changed of one figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.views.block_parts import Inline, Link, Table


@dataclass(frozen=True)
class ChangeTable:
    """A table of changes, folded under a line where it is long."""

    table: Table
    folded: str = ""
    """The line that opens it; empty where it is open."""


@dataclass(frozen=True)
class ChangeGroup:
    """What one release changed of one figure."""

    title: str
    summary: str
    """Empty where it is the only figure, and the release says the same."""
    tables: tuple[ChangeTable, ...]
    link: Link | None = None
    """The page of the figure; its text is the title."""
    example: str = ""
    """The tag of invented data; empty where data is not invented."""
    more: Link | None = None
    """All changes of this figure in this release, where more were made than are shown."""
    rest: str = ""
    """Says that more were made than are shown, where no link can show them."""


@dataclass(frozen=True)
class ReleaseChanges:
    """One release: when, why, and what it changed."""

    id: str
    title: str
    tag: str
    tag_style: Literal["solid", "dashed"]
    facts: tuple[tuple[str, tuple[Inline, ...]], ...]
    summary: str
    groups: tuple[ChangeGroup, ...]
    links: tuple[Link, ...] = ()
    note: tuple[Inline, ...] = ()
    """That what it changed does not hold now."""
