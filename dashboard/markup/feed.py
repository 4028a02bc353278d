"""The feed of changes as Atom (RFC 4287)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

from dashboard.markup.element import el
from dashboard.markup.html import to_html

if TYPE_CHECKING:
    from dashboard.markup.element import ChartNode, ControlNode
    from dashboard.views.feed import Feed, FeedEntry

_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, not even escaped; an operator may have pasted it into a reason."""
MEDIA_TYPE = "application/atom+xml"


def feed_xml(feed: Feed) -> str:
    """Writes a feed; every text is escaped by the library that writes it."""
    Tree.register_namespace("", _ATOM)
    root = Tree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: feed.locale})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", feed.updated)
    _text(_under(root, "author"), "name", feed.author)
    _link(root, "self", feed.self_href, MEDIA_TYPE)
    _link(root, "alternate", feed.page_href, "text/html")
    for entry in feed.entries:
        _entry(root, entry)
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="utf-8"?>\n', "\n")
    )


def _entry(root: Tree.Element, entry: FeedEntry) -> None:
    made = _under(root, "entry")
    _text(made, "id", entry.id)
    _text(made, "title", entry.title)
    _text(made, "published", entry.published)
    _text(made, "updated", entry.updated)
    _link(made, "alternate", entry.href, "text/html")
    _text(made, "summary", entry.summary)
    if entry.lines:
        _text(made, "content", _content(entry), type="html")


def _content(entry: FeedEntry) -> str:
    body = el("div", el("p", entry.summary), el("ul", (el("li", line) for line in entry.lines)))
    return to_html(body, chart=_none, control=_none)


def _none(_node: ChartNode | ControlNode) -> str:
    return ""


def _under(parent: Tree.Element, name: str, **attributes: str) -> Tree.Element:
    return Tree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: Tree.Element, name: str, text: str, **attributes: str) -> None:
    _under(parent, name, **attributes).text = _FORBIDDEN.sub(" ", text)


def _link(parent: Tree.Element, rel: str, href: str, media_type: str) -> None:
    _under(parent, "link", rel=rel, href=href, type=media_type)
