"""Addresses of the site: which page, in which language, with which choices.

Everything a reader chooses is in the address, in one canonical order, so that a view can
be linked, cited, reloaded and switched to the other language without losing a choice.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import parse_qsl, unquote, urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

Locale = Literal["nl", "en"]
PageKind = Literal[
    "overview", "topic", "indicator", "regions", "region", "insurers", "insurer",
    "figures", "figure", "sources", "method", "accessibility",
]  # fmt: skip
Flavour = Literal["site", "export"]
Form = Literal["page", "csv"]
View = Literal["chart", "table"]
Order = Literal["name", "value"]

LOCALES: tuple[Locale, ...] = get_args(Locale)
DEFAULT_LOCALE: Locale = "nl"

_PATHS: dict[Locale, dict[PageKind, str]] = {
    "nl": {
        "overview": "/nl/",
        "topic": "/nl/onderwerp/<key>",
        "indicator": "/nl/indicator/<key>",
        "regions": "/nl/regio",
        "region": "/nl/regio/<key>",
        "insurers": "/nl/verzekeraar",
        "insurer": "/nl/verzekeraar/<key>",
        "figures": "/nl/cijfers",
        "figure": "/nl/cijfers/<key>",
        "sources": "/nl/bronnen",
        "method": "/nl/methode",
        "accessibility": "/nl/toegankelijkheid",
    },
    "en": {
        "overview": "/en/",
        "topic": "/en/topic/<key>",
        "indicator": "/en/indicator/<key>",
        "regions": "/en/region",
        "region": "/en/region/<key>",
        "insurers": "/en/insurer",
        "insurer": "/en/insurer/<key>",
        "figures": "/en/figures",
        "figure": "/en/figures/<key>",
        "sources": "/en/sources",
        "method": "/en/method",
        "accessibility": "/en/accessibility",
    },
}
_CSV_PATHS: dict[Locale, dict[PageKind, str]] = {
    "nl": {
        "indicator": "/nl/csv/indicator/<key>.csv",
        "regions": "/nl/csv/regio.csv",
        "region": "/nl/csv/regio/<key>.csv",
        "insurers": "/nl/csv/verzekeraar.csv",
        "insurer": "/nl/csv/verzekeraar/<key>.csv",
        "figures": "/nl/csv/cijfers.csv",
    },
    "en": {
        "indicator": "/en/csv/indicator/<key>.csv",
        "regions": "/en/csv/region.csv",
        "region": "/en/csv/region/<key>.csv",
        "insurers": "/en/csv/insurer.csv",
        "insurer": "/en/csv/insurer/<key>.csv",
        "figures": "/en/csv/figures.csv",
    },
}
_WRITTEN = 4096
"""Links that are kept: those of the menu stand on every page, those of a choice on one."""
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_EXAMPLE = "example"
_LONGEST_SEARCH = 200
_SHOWN = 60
_PAGE_NUMBER = re.compile(r"[1-9]\d{0,5}")


class UnknownAddressError(Exception):
    """A path that no page of this site has, e.g. `/nl/onderwerp/sport`."""

    def __init__(self, path: str, locale: Locale) -> None:
        """Keep the path and the language in which to say so."""
        super().__init__(f"No page of this site has the address {path!r}.")
        self.path = path
        self.locale: Locale = locale


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
    view: View = "chart"
    text: str = ""
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    page: int = 1


@dataclass(frozen=True)
class Address:
    """One page in one language with the choices made on it."""

    locale: Locale
    page: PageKind
    key: str | None = None
    selection: Selection = field(default_factory=Selection)
    form: Form = "page"
    unknown: tuple[tuple[str, str], ...] = ()
    """Query words that could not be read, as (key, word); the page says so and does not guess."""

    def choose(self, **changes: object) -> Address:
        """Returns the same page with other choices; the page number starts again."""
        page = changes.pop("page", 1)
        selection = replace(self.selection, page=page, **changes)  # type: ignore[arg-type]  # keys checked by replace
        return replace(self, selection=selection, unknown=())


class Addresses:
    """Reads and writes the addresses of the site."""

    def __init__(self, topic_slugs: Mapping[str, Mapping[str, str]]) -> None:
        """Take the word of each topic in the address, per topic code and language."""
        self._slug_of = {
            (locale, code): slugs[locale]
            for code, slugs in topic_slugs.items()
            for locale in LOCALES
        }
        self._topic_of = {
            (str(locale), slug): code for (locale, code), slug in self._slug_of.items()
        }
        if len(self._topic_of) != len(self._slug_of):
            msg = "Two topics share one slug in topic.yaml; give each topic its own."
            raise ValueError(msg)
        rules = [
            Rule(path, endpoint=f"{form}:{locale}:{page}")
            for form, table in (("page", _PATHS), ("csv", _CSV_PATHS))
            for locale, pages in table.items()
            for page, path in pages.items()
        ]
        self._written = lru_cache(maxsize=_WRITTEN)(self._write)
        self._urls = Map(rules, strict_slashes=False, merge_slashes=False).bind("site")

    def parse(self, path: str, query: str = "") -> Address:
        """Reads an address as the browser has it.

        Args:
            path: Path of the address, with or without percent-encoding.
            query: Query with or without the leading question mark.

        Raises:
            UnknownAddressError: No page has this path, e.g. `/nl/onderwerp/sport`.
        """
        spoken: Locale = "en" if path == "/en" or path.startswith("/en/") else "nl"
        try:
            endpoint, values = self._urls.match(unquote(path))
        except HTTPException:
            raise UnknownAddressError(path, spoken) from None
        form, locale, page = str(endpoint).split(":")
        key = values.get("key")
        if page == "topic":
            key = self._topic_of.get((locale, str(key)))
            if key is None:
                raise UnknownAddressError(path, spoken)
        elif page == "indicator":
            key = str(key).replace("-", "_")
        selection, unknown = _read_query(query)
        return Address(locale, page, key, selection, form, unknown)  # type: ignore[arg-type]  # words of the table above

    def href(
        self, address: Address, *, flavour: Flavour = "site", frm: Address | None = None
    ) -> str:
        """Writes an address as a link.

        Args:
            address: Where the link goes.
            flavour: `site` for the running site; `export` for relative paths between files.
            frm: The page that holds the link; needed for `export` only.

        Returns:
            `/nl/onderwerp/…?sector=…`, or for an export `../onderwerp/….html`. Plain files
            exist for the unfiltered pages alone, so an export link carries no choices, but
            for the document of the list of figures, which has a file of its own.
        """
        if flavour == "site":
            return self._written(address)
        target, fragment = self._file(address)
        start = posixpath.dirname(self._file(frm)[0]) if frm else ""
        return posixpath.relpath(target, start or ".") + fragment

    def _write(self, address: Address) -> str:
        query = urlencode(_query_words(address.selection), safe=",")
        return self._path(address) + (f"?{query}" if query else "")

    def csv_href(self, address: Address) -> str:
        """Writes the link to the CSV of exactly this view."""
        return self.href(replace(address, form="csv", unknown=()).choose(view="chart"))

    def file(self, address: Address) -> str:
        """Names the file of a page in the export, relative to the folder of the export."""
        return self._file(address)[0]

    def in_locale(self, address: Address, locale: Locale) -> Address:
        """Returns the same page in another language, with every choice kept."""
        return replace(address, locale=locale, unknown=())

    def _path(self, address: Address) -> str:
        values = {} if address.key is None else {"key": self._word(address)}
        endpoint = f"{address.form}:{address.locale}:{address.page}"
        return str(self._urls.build(endpoint, values))

    def _word(self, address: Address) -> str:
        key = address.key or ""
        if address.page == "topic":
            return self._slug_of[(address.locale, key)]
        return key.replace("_", "-") if address.page == "indicator" else key

    def _file(self, address: Address) -> tuple[str, str]:
        """Returns the file in the export and the fragment within it."""
        documents = address.selection.documents
        if address.page in ("figures", "figure"):
            folder = _PATHS[address.locale]["figures"].lstrip("/")
            file = f"{folder}/{documents[0]}.html" if len(documents) == 1 else f"{folder}.html"
            return file, f"#{address.key}" if address.key else ""
        path = self._path(replace(address, form="page")).lstrip("/")
        return (f"{path}index.html" if path.endswith("/") else f"{path}.html"), ""


def _query_words(selection: Selection) -> list[tuple[str, str]]:
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
        ("data", _EXAMPLE if selection.examples else ""),
        ("order", "" if selection.order == "name" else selection.order),
        ("view", "" if selection.view == "chart" else selection.view),
        ("page", "" if selection.page == 1 else str(selection.page)),
    ]
    return [(key, word) for key, word in words if word]


_LISTS = {"topic": "topics", "sector": "sectors", "document": "documents", "status": "statuses"}
_SINGLE = ("insurer", "region", "provider", "base", "category")


def _read_query(query: str) -> tuple[Selection, tuple[tuple[str, str], ...]]:
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
