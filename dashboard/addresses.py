"""Addresses of the site: which page, in which language, with which choices.

Everything a reader chooses is in the address, in one canonical order, so that a view can
be linked, cited, reloaded and switched to the other language without losing a choice.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import unquote, urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from dashboard.queries import Order, Selection, View, query_words, read_query

if TYPE_CHECKING:
    from collections.abc import Mapping

Locale = Literal["nl", "en"]
PageKind = Literal[
    "overview", "topic", "indicator", "regions", "region", "insurers", "insurer",
    "figures", "figure", "changes", "sources", "method", "accessibility",
]  # fmt: skip
Flavour = Literal["site", "export"]
Form = Literal["page", "csv", "feed"]

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
        "changes": "/nl/wijzigingen",
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
        "changes": "/en/changes",
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
        "changes": "/nl/csv/wijzigingen.csv",
    },
    "en": {
        "indicator": "/en/csv/indicator/<key>.csv",
        "regions": "/en/csv/region.csv",
        "region": "/en/csv/region/<key>.csv",
        "insurers": "/en/csv/insurer.csv",
        "insurer": "/en/csv/insurer/<key>.csv",
        "figures": "/en/csv/figures.csv",
        "changes": "/en/csv/changes.csv",
    },
}
_FEED_PATHS: dict[Locale, dict[PageKind, str]] = {
    "nl": {"changes": "/nl/wijzigingen.atom"},
    "en": {"changes": "/en/changes.atom"},
}
__all__ = [
    "DEFAULT_LOCALE", "LOCALES", "Address", "Addresses", "Flavour", "Form", "Locale", "Order",
    "PageKind", "Selection", "UnknownAddressError", "View",
]  # fmt: skip
_WRITTEN = 4096
"""Links that are kept: those of the menu stand on every page, those of a choice on one."""


class UnknownAddressError(Exception):
    """A path that no page of this site has, e.g. `/nl/onderwerp/sport`."""

    def __init__(self, path: str, locale: Locale) -> None:
        """Keep the path and the language in which to say so."""
        super().__init__(f"No page of this site has the address {path!r}.")
        self.path = path
        self.locale: Locale = locale


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
            for form, table in (("page", _PATHS), ("csv", _CSV_PATHS), ("feed", _FEED_PATHS))
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
        selection, unknown = read_query(query)
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
        query = urlencode(query_words(address.selection), safe=",")
        return self._path(address) + (f"?{query}" if query else "")

    def csv_href(self, address: Address) -> str:
        """Writes the link to the CSV of exactly this view."""
        return self.href(replace(address, form="csv", unknown=()).choose(view="chart"))

    def feed(self, locale: Locale) -> Address:
        """Returns the address of the feed of changes in a language."""
        return Address(locale, "changes", form="feed")

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
        if address.form == "feed":
            return self._path(address).lstrip("/"), ""
        path = self._path(replace(address, form="page")).lstrip("/")
        file = f"{path}index.html" if path.endswith("/") else f"{path}.html"
        # One file has the changes of all releases, each with its id as a place in it.
        release = address.selection.release if address.page == "changes" else None
        return file, f"#{release}" if release else ""
