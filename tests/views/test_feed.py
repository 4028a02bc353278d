"""The feed of changes is Atom as RFC 4287 wants it, with and without an address of the site."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

import pytest

from dashboard.addresses import Flavour, Locale
from dashboard.markup.feed import MEDIA_TYPE, feed_xml
from dashboard.settings import load_settings
from dashboard.site import Site
from tests.changed_releases import WHO, WHY
from warehouse.read_model import ReadModel
from warehouse.releases import Releases

ATOM = "{http://www.w3.org/2005/Atom}"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _feed(
    releases: Path, locale: Locale = "nl", *, url: str = "", flavour: Flavour = "site"
) -> Tree.Element:
    settings = replace(load_settings(), site_url=url, publisher="Zorg & Cijfers")
    site = Site(ReadModel(releases), settings)
    text = feed_xml(site.feed(site.addresses.feed(locale), flavour=flavour))
    return Tree.fromstring(text)  # noqa: S314 - our own feed


def _text(element: Tree.Element, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def _link(element: Tree.Element, rel: str) -> str:
    (found,) = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]
    return str(found.get("href"))


def _moment(text: str) -> datetime:
    # RFC 3339, with a zone: that is what a date construct of Atom is.
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text), text
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_feed_has_all_that_the_standard_requires(changed: Path, locale: Locale) -> None:
    feed = _feed(changed, locale)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == locale
    assert URN.fullmatch(_text(feed, "id"))
    assert _text(feed, "title")
    (author,) = feed.findall(f"{ATOM}author")
    assert _text(author, "name") == "Zorg & Cijfers"
    (own,) = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert own.get("type") == MEDIA_TYPE
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4
    ids = [_text(entry, "id") for entry in entries]
    assert all(URN.fullmatch(one) for one in ids)
    assert len({*ids, _text(feed, "id")}) == 5
    for entry in entries:
        assert _text(entry, "title")
        assert _text(entry, "summary")
        assert _link(entry, "alternate")
        assert _moment(_text(entry, "published")) <= _moment(_text(entry, "updated"))
    newest = max(_moment(_text(entry, "updated")) for entry in entries)
    assert _moment(_text(feed, "updated")) == newest


def test_an_entry_says_why_and_what_changed_and_never_who(changed: Path) -> None:
    then, wrong, first, shipped = _feed(changed).findall(f"{ATOM}entry")
    assert "4 wijzigingen" in _text(then, "title")
    assert WHY["then"] in _text(then, "summary")
    assert "cijfers die verdwijnen" in _text(then, "summary")
    (content,) = then.findall(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<li>Prijsindexcijfers: " in str(content.text)
    assert "kapitaallasten, 2025: van 2,20% naar 2,61%, 0,41 procentpunt hoger." in str(
        content.text
    )
    # Escaped once for HTML and once more for XML.
    assert WHY["then"].replace("&", "&amp;") in str(content.text)
    assert _text(wrong, "title").startswith("Teruggedraaid: ")
    assert WHY["back"] in _text(wrong, "summary")
    assert "2019–2025 toegevoegd: 3 cijfers" in _text(first, "summary")
    assert _text(shipped, "title").endswith("eerste uitgave")
    assert WHO not in Tree.tostring(_feed(changed), encoding="unicode")


def test_ids_stay_when_the_site_gets_an_address(changed: Path) -> None:
    plain, placed = _feed(changed), _feed(changed, url="https://monitor.example")
    assert [e.text for e in plain.iter(f"{ATOM}id")] == [e.text for e in placed.iter(f"{ATOM}id")]
    assert _link(placed, "self") == "https://monitor.example/nl/wijzigingen.atom"
    for entry in placed.findall(f"{ATOM}entry"):
        assert _link(entry, "alternate").startswith("https://monitor.example/nl/wijzigingen?")


def test_in_the_export_links_are_files(changed: Path) -> None:
    loose = _feed(changed, flavour="export")
    assert _link(loose, "self") == "wijzigingen.atom"
    assert _link(loose, "alternate") == "wijzigingen.html"
    placed = _feed(changed, "en", url="https://monitor.example", flavour="export")
    assert _link(placed, "self") == "https://monitor.example/en/changes.atom"
    for entry in placed.findall(f"{ATOM}entry"):
        parts = urlsplit(_link(entry, "alternate"))
        assert (parts.path, bool(parts.fragment)) == ("/en/changes.html", True)


def test_what_xml_cannot_hold_never_makes_the_feed_unreadable(changed: Path) -> None:
    site = Site(ReadModel(changed), load_settings())
    made = site.feed(site.addresses.feed("nl"))
    strange = replace(made.entries[0], summary="a\x0bb \x1b[31m <c> & d", lines=("\x00e",))
    text = feed_xml(replace(made, entries=(strange,)))
    feed = Tree.fromstring(text)  # noqa: S314 - our own feed
    (entry,) = feed.findall(f"{ATOM}entry")
    assert _text(entry, "summary") == "a b  [31m <c> & d"


def test_what_a_withdrawn_release_changed_is_not_said_to_be_nothing(
    changed: Path, tmp_path: Path
) -> None:
    """The release that is served then does not know what came after it."""
    releases = tmp_path / "releases"
    shutil.copytree(changed, releases, symlinks=True)
    Releases(releases).rollback()
    titles = [_text(entry, "title") for entry in _feed(releases).findall(f"{ATOM}entry")]
    assert titles[0].startswith("Teruggedraaid: ")
    assert titles[0].endswith("wijzigingen die nu niet gelden")
    assert not any("geen cijfer veranderd" in title for title in titles[:1])
