"""Runs of text and links."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.markup.element import Element, Node, el, hidden_text, mark
from dashboard.text.words import Words
from dashboard.views.blocks import Inline, Link, Paragraph, Text

_FILES = (".csv", ".atom")
"""What the browser fetches by itself."""
_PARAGRAPH_CLASS = {"body": None, "lead": "lead", "source": "source-line", "note": "note-line"}


def inline(parts: Iterable[Inline], words: Words) -> list[Node]:
    """Turns runs of text and links into nodes."""
    return [
        link(part, words) if isinstance(part, Link) else _run(part) for part in parts if part.text
    ]


def _run(part: Text) -> Node:
    if not (part.strong or part.lang or part.cell):
        return part.text
    return el("strong" if part.strong else "span", part.text, lang=part.lang, data_cell=part.cell)


def link(
    item: Link, words: Words, *, class_: str | None = None, icon: str | None = None
) -> Element:
    """Builds a link; what leaves the site says so and hands over no address.

    A file is no page: the browser fetches it by itself, so its link is left alone.
    """
    path = item.href.split("?")[0]
    is_file = path.endswith(".csv")
    return el(
        "a",
        mark(icon) if icon else None,
        el("span", item.text) if icon else item.text,
        hidden_text(f" {words('external')}") if item.external and not item.label else None,
        href=item.href,
        class_=class_,
        lang=item.lang,
        aria_current="true" if item.current else None,
        aria_label=item.label,
        rel="external noreferrer" if item.external else None,
        data_internal=None if item.external or path.endswith(_FILES) else "true",
        download=is_file,
    )


def paragraph(item: Paragraph, words: Words) -> Element:
    """Builds one paragraph of running text."""
    return el("p", inline(item.parts, words), class_=_PARAGRAPH_CLASS[item.role])
