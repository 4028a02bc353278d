"""The parts of a page with which a reader chooses: filters, search and pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.views.block_parts import Link


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
