"""The choices of a reader as the query of an address: in one order, and read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import parse_qsl

View = Literal["chart", "table"]
Order = Literal["name", "value"]

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_EXAMPLE = "example"
_LONGEST_SEARCH = 200
_SHOWN = 60
_PAGE_NUMBER = re.compile(r"[1-9]\d{0,5}")
_MOMENT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:+-]{0,59}")
"""What a release, a date or a time is written with; whether it is one is for the warehouse."""
_LONGEST_MOMENT = 64
_BARE_ZONE = re.compile(r"(.+T[\d:.]+) (\d\d:?\d\d)")
"""A time whose zone lost its plus sign, which stands for a blank in a query."""


@dataclass(frozen=True)
class Selection:
    """What a reader has chosen on a page; empty means everything."""

    sectors: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    insurer: str | None = None
    region: str | None = None
    provider: str | None = None
    base: str | None = None
    indicator: str | None = None
    """Which figure a page of all regions or all insurers shows."""
    category: str | None = None
    order: Order = "name"
    examples: bool = False
    """Whether computed figures are shown from invented data, which every page then says."""
    as_of: str | None = None
    """A release, a date or a time: figures are shown as they were known then."""
    view: View = "chart"
    text: str = ""
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Which kinds of change a page of changes shows, e.g. `final`."""
    release: str | None = None
    """The one release of which a page of changes tells the changes."""
    page: int = 1


def query_words(selection: Selection) -> list[tuple[str, str]]:
    """Writes the choices in their canonical order; what is not chosen is left out."""
    years = selection.years
    words = [
        ("q", selection.text),
        ("topic", ",".join(sorted(selection.topics))),
        ("indicator", (selection.indicator or "").replace("_", "-")),
        ("sector", ",".join(sorted(selection.sectors))),
        ("years", "" if years is None else f"{years[0]}-{years[1]}"),
        ("insurer", selection.insurer or ""),
        ("region", selection.region or ""),
        ("provider", selection.provider or ""),
        ("base", selection.base or ""),
        ("category", selection.category or ""),
        ("document", ",".join(sorted(selection.documents))),
        ("status", ",".join(sorted(selection.statuses))),
        ("kind", ",".join(sorted(selection.kinds))),
        ("release", selection.release or ""),
        ("data", _EXAMPLE if selection.examples else ""),
        ("as_of", selection.as_of or ""),
        ("order", "" if selection.order == "name" else selection.order),
        ("view", "" if selection.view == "chart" else selection.view),
        ("page", "" if selection.page == 1 else str(selection.page)),
    ]
    return [(key, word) for key, word in words if word]


_LISTS = {
    "topic": "topics",
    "sector": "sectors",
    "document": "documents",
    "status": "statuses",
    "kind": "kinds",
}
_SINGLE = ("insurer", "region", "provider", "base", "category", "release")


def read_query(query: str) -> tuple[Selection, tuple[tuple[str, str], ...]]:
    """Reads the choices; what cannot be read is returned beside them, never guessed."""
    chosen: dict[str, object] = {}
    unknown: list[tuple[str, str]] = []
    lists: dict[str, list[str]] = {}
    ends: dict[str, int] = {}
    for key, given in parse_qsl(query.lstrip("?"), keep_blank_values=False):
        word = given.strip()
        if not word:
            continue
        if key in _LISTS:
            lists.setdefault(key, []).extend(part for part in word.split(",") if part)
        elif key in _SINGLE:
            chosen[key] = word
        elif key == "indicator":
            chosen[key] = word.replace("-", "_")
        elif key == "q" and len(word) <= _LONGEST_SEARCH:
            chosen["text"] = word
        elif key == "years" and (match := _YEARS.fullmatch(word)):
            first, last = int(match[1]), int(match[2] or match[1])
            chosen["years"] = (min(first, last), max(first, last))
        elif key in ("years_from", "years_to") and (match := _YEARS.fullmatch(word)):
            # A plain form without scripts sends both ends by themselves.
            ends[key] = int(match[1])
        elif key == "view" and word in get_args(View):
            chosen["view"] = word
        elif key == "order" and word in get_args(Order):
            chosen["order"] = word
        elif key == "data" and word == _EXAMPLE:
            chosen["examples"] = True
        elif key == "as_of" and (moment := _moment(word)):
            chosen[key] = moment
        elif key == "page" and _PAGE_NUMBER.fullmatch(word):
            chosen["page"] = int(word)
        else:
            unknown.append((key, word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"))
    if ends:
        first = ends.get("years_from", ends.get("years_to", 0))
        last = ends.get("years_to", first)
        chosen["years"] = (min(first, last), max(first, last))
    for key, parts in lists.items():
        chosen[_LISTS[key]] = tuple(sorted(set(parts)))
    return Selection(**chosen), tuple(unknown)  # type: ignore[arg-type]  # keys are fields, read above


def _moment(word: str) -> str:
    """Returns what a release, a date or a time is written with; else an empty text."""
    # The length first: looking for a zone takes ever longer in a long word.
    if len(word) > _LONGEST_MOMENT:
        return ""
    moment = _BARE_ZONE.sub(r"\1+\2", word)
    return moment if _MOMENT.fullmatch(moment) else ""
