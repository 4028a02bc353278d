"""Makes pages from addresses, and remembers the last ones of the current release."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from dash.development.base_component import Component

from dashboard.addresses import LOCALES, Address, Locale, UnknownAddressError
from dashboard.markup import page_markup
from dashboard.pages.render import render
from dashboard.site import Site
from dashboard.views.blocks import Page

_REMEMBERED = 64


class PageMaker:
    """Opens the site at the first request and makes its pages.

    The site holds a database, which must be opened after gunicorn has forked: a worker that
    closes a connection it inherited ends with it.
    """

    def __init__(self, open_site: Callable[[], Site]) -> None:
        """Keep how to open the site; nothing is opened yet."""
        self._open = open_site
        self._lock = Lock()
        self._site: Site | None = None
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._make)
        self._texts: OrderedDict[tuple[str, str, str], tuple[str, list[Component]]] = OrderedDict()

    @property
    def site(self) -> Site:
        """The site of this process, opened once."""
        with self._lock:
            if self._site is None:
                self._site = self._open()
            return self._site

    def page(self, path: str, query: str) -> tuple[Page, bool]:
        """Makes the page of an address, in any case a page.

        Returns:
            The page, and whether the address exists; otherwise the page says that it does not.
        """
        site = self.site
        # Pinned, so that the page of one release is never remembered under another.
        with site.pinned() as release:
            try:
                address = site.addresses.parse(path, query)
                return self._remembered(release, site.state(address), address), True
            except UnknownAddressError as error:
                return site.not_found(error), False

    def _make(self, _release: str, _state: str, address: Address) -> Page:
        return self.site.page(address)

    def drawn(self, path: str, query: str) -> tuple[str, list[Component]]:
        """Draws the page of an address: its HTML text and the live parts that go in it."""
        place = f"{path}{query}"
        with self.site.pinned() as release:
            page, found = self.page(path, query)
            key = (release, self._state(path, query), place)
            with self._lock:
                kept = self._texts.get(key)
            if kept is None:
                kept = render(page_markup(page, address=place), page.locale)
                if found:
                    self._keep(key, kept)
            return kept

    def _state(self, path: str, query: str) -> str:
        """Names what else than its release a page depends on; nothing where there is no page."""
        site = self.site
        try:
            return site.state(site.addresses.parse(path, query))
        except UnknownAddressError:
            return ""

    def _keep(self, key: tuple[str, str, str], drawn: tuple[str, list[Component]]) -> None:
        with self._lock:
            self._texts[key] = drawn
            if len(self._texts) > _REMEMBERED:
                self._texts.popitem(last=False)

    def alternates(self, path: str, query: str) -> dict[Locale, str]:
        """Returns the same page in every language; empty where the page does not exist."""
        addresses = self.site.addresses
        try:
            address = replace(addresses.parse(path, query), unknown=())
        except UnknownAddressError:
            return {}
        return {locale: addresses.href(addresses.in_locale(address, locale)) for locale in LOCALES}
