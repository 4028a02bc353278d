"""Every page is in one language: no code, no untranslated word, no open placeholder."""

from __future__ import annotations

import re

import pytest

from dashboard.addresses import Address, Locale
from dashboard.site import Site
from dashboard.views.blocks import Link, Page, Text
from tests.views.reading import parts_of

_CODE = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
_PLACEHOLDER = re.compile(r"\{\w*\}")
_ENGLISH = re.compile(
    r"\b(the|and|providers?|insurers?|costs|share|which|were|unknown|final|provisional|"
    r"superseded|corrected|more than|less than|percent of|not stated|usually)\b"
)
_DUTCH = re.compile(
    r"\b(het|een|zorgaanbieders?|zorgverzekeraars?|kosten|niet|onbekend|definitief|voorlopig|"
    r"meer dan|minder dan|ongeveer|aandeel|van de)\b"
)
_NAMED = re.compile(r"[a-z_]+/\d{4}|/undated/|\.csv|^[a-z0-9]+(-[a-z0-9]+){2,}$")
"""Names of delivered files and of figures stand as they are; they are names."""
_QUOTED = re.compile(r"\"[^\"]*\"|‘[^’]*’|'[^']*'")
"""Words of a source between quotation marks stay in its language."""


def _pages(site: Site, locale: Locale) -> list[Page]:
    pages = [site.page(a) for a in site.export_addresses() if a.locale == locale]
    ids = ["ext-wv-uncontracted-share-costs-2018", *pages[0].data.get("figure_ids", [])]
    return [*pages, *(site.page(Address(locale, "figure", one)) for one in ids)]


def _own_texts(page: Page) -> list[str]:
    """Returns what is in the language of the page: not the titles and locators of documents."""
    texts = [page.title, page.lead, page.kicker, page.description]
    foreign = set()
    for part in parts_of(page):
        if isinstance(part, Text | Link):
            (texts.append if part.lang in (None, page.locale) else foreign.add)(part.text)
    return [_QUOTED.sub("", text) for text in texts if text not in foreign]


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_no_code_and_no_placeholder_is_ever_shown(site: Site, locale: Locale) -> None:
    titles = {one.title for one in site.catalogue.documents.values()}
    for page in _pages(site, locale):
        for text in _own_texts(page):
            assert not _PLACEHOLDER.search(text), (page.kind, page.title, text)
            if not _NAMED.search(text) and not any(title in text for title in titles):
                assert not _CODE.search(text), (page.kind, page.title, text)


def test_dutch_pages_hold_no_english_words(site: Site) -> None:
    titles = {one.title for one in site.catalogue.documents.values()}
    for page in _pages(site, "nl"):
        for text in _own_texts(page):
            if not _NAMED.search(text) and not any(title in text for title in titles):
                assert not _ENGLISH.search(text), (page.kind, page.title, text)


def test_english_pages_hold_no_dutch_words(site: Site) -> None:
    titles = {one.title for one in site.catalogue.documents.values()}
    suppliers = {one.supplier for one in site.catalogue.documents.values()}
    for page in _pages(site, "en"):
        for text in _own_texts(page):
            if text not in titles and not any(one in text for one in titles | suppliers):
                assert not _DUTCH.search(text), (page.kind, page.title, text)
