"""Follows every link of an export, so that none leads nowhere."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_OUTSIDE = frozenset({"http", "https", "mailto"})


class _Reader(HTMLParser):
    """Collects the links, the loaded files and the ids of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.links.append((tag, value))
            elif name == "id" and value:
                self.ids.add(value)


def broken_links(folder: Path) -> list[str]:
    """Returns every link between files that leads to no file or to no place in it."""
    pages: dict[str, _Reader] = {}
    for file in sorted(folder.rglob("*.html")):
        reader = _Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        pages[file.relative_to(folder).as_posix()] = reader
    return [
        f"{name}: {link}"
        for name, reader in pages.items()
        for tag, link in reader.links
        if not _leads_somewhere(folder, pages, name, tag, link)
    ]


def _leads_somewhere(
    folder: Path, pages: dict[str, _Reader], name: str, tag: str, link: str
) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        # A reader may leave by a link; the page itself fetches nothing from elsewhere.
        return tag == "a" and parts.scheme in _OUTSIDE
    if parts.netloc or parts.path.startswith("/") or parts.query:
        return False
    target = name
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    if target.startswith("../") or not (folder / target).is_file():
        return False
    if not parts.fragment:
        return True
    return target in pages and unquote(parts.fragment) in pages[target].ids
