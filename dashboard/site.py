"""The site as data: from an address to a page or a file, from the current release."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.addresses import LOCALES, Address, Addresses, Flavour, Selection, UnknownAddressError
from dashboard.editions import chosen_edition
from dashboard.settings import Settings, load_settings
from dashboard.text.words import words
from dashboard.views.about import accessibility_page, method_page, unknown_page
from dashboard.views.changes_csv import changes_csv
from dashboard.views.changes_page import changes_page
from dashboard.views.context import Context
from dashboard.views.data import Data
from dashboard.views.feed import Feed, changes_feed
from dashboard.views.figure import figure_page
from dashboard.views.figures import figures_page
from dashboard.views.figures_csv import figures_csv
from dashboard.views.indicator import indicator_page
from dashboard.views.insurer import insurer_page
from dashboard.views.insurers import insurers_page
from dashboard.views.labels import Labels
from dashboard.views.moments import KEPT
from dashboard.views.overview import overview_page
from dashboard.views.place_csv import place_csv, places_csv
from dashboard.views.places import place_addresses, place_exists
from dashboard.views.region import region_page
from dashboard.views.regions import regions_page
from dashboard.views.selecting import UnknownWord, understood
from dashboard.views.shown import shown_cells
from dashboard.views.sources import sources_page
from dashboard.views.table_csv import cells_csv
from dashboard.views.topic import topic_page
from warehouse.read_model import ReadModel
from warehouse.vintage import UnknownVintageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.addresses import Locale
    from dashboard.editions import EditionName
    from dashboard.views.blocks import Page
    from warehouse.catalogue import Catalogue
    from warehouse.vintage import Vintage

_PAGES = {
    "overview": overview_page,
    "topic": topic_page,
    "indicator": indicator_page,
    "regions": regions_page,
    "region": region_page,
    "insurers": insurers_page,
    "insurer": insurer_page,
    "figures": figures_page,
    "changes": changes_page,
    "sources": sources_page,
    "method": method_page,
    "accessibility": accessibility_page,
}
_TELL_OF_RELEASES = KEPT | {"changes", "sources"}
"""Pages that say which releases there were: those one can look back to, or went back from."""
RELEASES = Path(__file__).parent.parent / "warehouse" / "releases"


_EDITIONS = 4
"""Releases whose words are kept: the present one, and those that readers are still in."""


@dataclass(frozen=True)
class Edition:
    """The words of one release, which never change: catalogue, labels and addresses."""

    catalogue: Catalogue
    addresses: Addresses
    labels: Mapping[Locale, Labels]


class Site:
    """Makes the pages and files of the site; it knows nothing of HTML."""

    def __init__(
        self, read_model: ReadModel, settings: Settings, *, edition: str = "public"
    ) -> None:
        """Take the numbers, with the words they were built with, and who publishes them."""
        self.settings = settings
        self.edition = edition
        self._model = read_model
        self._data = Data(read_model)
        self._editions = lru_cache(maxsize=_EDITIONS)(self._open_edition)

    def check_release(self) -> None:
        """Makes sure that there is a release to show.

        Raises:
            NoReleaseError: There is none.
            BrokenReleaseError: It is damaged.
        """
        with self._model.pinned():
            pass

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the release that pages now come from."""
        return self._editions(self._model.release_id()).catalogue

    @property
    def addresses(self) -> Addresses:
        """The addresses of the release that pages now come from."""
        return self._editions(self._model.release_id()).addresses

    def release_id(self) -> str:
        """Returns the id of the release that pages now come from."""
        return self._model.release_id()

    @contextmanager
    def pinned(self) -> Iterator[str]:
        """Holds this thread to one release, whose id it yields."""
        with self._model.pinned() as release_id:
            yield release_id

    def page(self, address: Address, *, flavour: Flavour = "site") -> Page:
        """Makes a page from one release, also when a new one appears meanwhile.

        Args:
            address: Which page, in which language, with which choices.
            flavour: `export` for plain files: relative links, no filters, whole lists.

        Raises:
            UnknownAddressError: There is no such indicator or figure.
        """
        with self._reading(address, flavour) as (ctx, unknown):
            self._check_exists(ctx)
            if address.page == "figure":
                row = ctx.data.figure(address.key or "")
                if row is None:
                    raise UnknownAddressError(ctx.addresses.href(address), address.locale)
                return figure_page(ctx, row)
            return _PAGES[address.page](ctx, unknown)

    def not_found(self, error: UnknownAddressError) -> Page:
        """Makes the page for an address that does not exist."""
        with self._reading(Address(error.locale, "overview"), "site") as (ctx, _):
            return unknown_page(ctx, error.path)

    def table_csv(self, address: Address) -> str:
        """Writes the CSV of exactly the view of an address.

        Raises:
            UnknownAddressError: There is no such indicator.
        """
        with self._reading(address, "site") as (ctx, _):
            self._check_exists(ctx)
            if address.page == "figures":
                return figures_csv(ctx)
            if address.page == "changes":
                return changes_csv(ctx)
            if address.page in ("regions", "insurers"):
                return places_csv(ctx, "region" if address.page == "regions" else "insurer")
            if address.page in ("region", "insurer"):
                return place_csv(ctx, address.page, address.key or "")
            indicator = ctx.catalogue.indicators[address.key or ""]
            return cells_csv(ctx, indicator, shown_cells(ctx, indicator))

    def feed(self, address: Address, *, flavour: Flavour = "site") -> Feed:
        """Makes the feed of changes in the language of an address."""
        with self._reading(address, flavour) as (ctx, _):
            return changes_feed(ctx)

    def file_name(self, address: Address) -> str:
        """Names the file of a view; that it is invented, of then or for staff is in the name."""
        own = words(address.locale)
        href = self.addresses.href(replace(address, selection=Selection(), unknown=()))
        name = href.rsplit("/", 1)[-1]
        if address.selection.examples and self._data.example_indicators():
            name = f"{own('example.file')}-{name}"
        if address.page in KEPT and address.selection.as_of and not self._state_of(address)[1]:
            word = address.selection.as_of.replace(":", "")
            name = f"{words(f'vintage.{address.locale}')('file')}-{word}-{name}"
        return f"{own('site.staff_file')}-{name}" if self.edition == "staff" else name

    def export_addresses(self) -> list[Address]:
        """Lists the pages that are written as plain files, in both languages."""
        with self._model.pinned():
            documents = sorted(self._data.figure_codes("document_id"))
            catalogue = self.catalogue
        pages: list[Address] = []
        for locale in LOCALES:
            pages += [Address(locale, "overview")]
            pages += [Address(locale, "topic", code) for code in catalogue.topics]
            pages += [Address(locale, "indicator", code) for code in catalogue.indicators]
            pages += place_addresses(locale, catalogue)
            pages += [Address(locale, "figures")]
            pages += [
                Address(locale, "figures", selection=Selection(documents=(document,)))
                for document in documents
            ]
            pages += [Address(locale, "changes")]
            pages += [Address(locale, "sources"), Address(locale, "method")]
            pages += [Address(locale, "accessibility")]
        return pages

    def state(self, address: Address) -> str:
        """Names the state of the figures that an address asks for, beside its release.

        What a day stands for may change while one release is served, and so may what is told of
        the releases before it. A page that is remembered is remembered with its state.
        """
        told = self._data.last_published() if address.page in _TELL_OF_RELEASES else ""
        if address.selection.as_of is None:
            return told
        vintage, reason = self._state_of(address)
        state = reason if vintage is None else f"{vintage.release_id} {vintage.known_until}"
        return f"{told} {state}"

    def _state_of(self, address: Address) -> tuple[Vintage | None, str]:
        """Finds the earlier state of an address; None for the present, else why there is none."""
        if address.selection.as_of is None:
            return None, ""
        try:
            return self._data.vintage(address.selection.as_of), ""
        except UnknownVintageError as error:
            return None, error.reason

    @contextmanager
    def _reading(
        self, address: Address, flavour: Flavour
    ) -> Iterator[tuple[Context, Sequence[UnknownWord]]]:
        """Holds this thread to one release, and to the earlier state that an address asks for."""
        with self._model.pinned():
            vintage, refused = self._state_of(address)
            # Printed figures, sources and the words of the site have one state: that of today.
            vintage = vintage if address.page in KEPT else None
            with self._data.as_of(vintage):
                yield self._context(address, flavour, vintage, refused)

    def _context(
        self, address: Address, flavour: Flavour, vintage: Vintage | None, refused: str
    ) -> tuple[Context, Sequence[UnknownWord]]:
        """Makes what a view needs, with the words of the address that nobody knows set apart."""
        edition = self._editions(self._model.release_id())
        selection, unknown = understood(address.selection, edition.catalogue)
        unread = tuple(UnknownWord(key, word, None) for key, word in address.unknown)
        if refused:
            word = UnknownWord("as_of", address.selection.as_of or "", None, refused)
            selection, unread = replace(selection, as_of=None), (*unread, word)
        if selection.examples and not self._data.example_indicators():
            selection = replace(selection, examples=False)
            unread = (*unread, UnknownWord("data", "example", None))
        ctx = Context(
            catalogue=edition.catalogue,
            data=self._data,
            words=words(address.locale),
            labels=edition.labels[address.locale],
            settings=self.settings,
            addresses=edition.addresses,
            address=replace(address, selection=selection, unknown=()),
            flavour=flavour,
            edition=self.edition,
            vintage=vintage,
            not_shown=next((one.word for one in unread if one.key == "as_of"), ""),
        )
        return ctx, (*unknown, *unread)

    def _open_edition(self, release_id: str) -> Edition:
        catalogue = self._model.catalogue(release_id)
        slugs = {
            code: {"nl": topic.slug.nl, "en": topic.slug.en}
            for code, topic in catalogue.topics.items()
        }
        labels = {locale: Labels(catalogue, locale) for locale in LOCALES}
        return Edition(catalogue, Addresses(slugs), labels)

    def _check_exists(self, ctx: Context) -> None:
        address = ctx.address
        if address.page == "indicator" and address.key not in ctx.catalogue.indicators:
            raise UnknownAddressError(ctx.addresses.href(address), address.locale)
        if not place_exists(ctx.catalogue, address):
            raise UnknownAddressError(ctx.addresses.href(address), address.locale)


def open_site(edition: EditionName | None = None) -> Site:
    """Opens the site that this checkout holds; `RELEASES_DIR` moves the folder of releases.

    Args:
        edition: Which edition; without it the one that `EDITION` names, else the public one.
    """
    releases = Path(os.environ.get("RELEASES_DIR", RELEASES))
    chosen = edition or chosen_edition()
    return Site(ReadModel(releases, edition=chosen), load_settings(), edition=chosen)
