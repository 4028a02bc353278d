"""A release on the page of changes: when, why, and tables of what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markup.element import Element, el, heading, hidden_text
from dashboard.markup.inline import inline, link
from dashboard.markup.tables import table

if TYPE_CHECKING:
    from dashboard.text.words import Words
    from dashboard.views.block_changes import ChangeGroup, ChangeTable, ReleaseChanges


def release_changes(item: ReleaseChanges, level: int, words: Words) -> Element:
    """Builds one release, a section with its id so that the feed can link to it."""
    facts = (
        el("div", el("dt", term), el("dd", inline(parts, words)), class_="release__fact")
        for term, parts in item.facts
    )
    links = (el("li", link(one, words)) for one in item.links)
    return el(
        "section",
        el(
            "div",
            heading(level, item.title, class_="release__title"),
            el("p", item.tag, class_=f"tag tag--{item.tag_style}") if item.tag else None,
            class_="release__head",
        ),
        el("p", inline(item.note, words), class_="release__note") if item.note else None,
        el("dl", facts, class_="release__facts") if item.facts else None,
        el("p", item.summary, class_="release__summary"),
        (_group(one, level + 1, words) for one in item.groups),
        el("ul", links, class_="release__links") if item.links else None,
        class_="release release--withdrawn" if item.note else "release",
        id=item.id,
    )


def _group(item: ChangeGroup, level: int, words: Words) -> Element:
    title = link(item.link, words) if item.link else item.title
    tag = el("span", item.example, class_="example-tag") if item.example else None
    return el(
        "div",
        _heading(level, title, tag),
        el("p", item.summary, class_="change-group__summary") if item.summary else None,
        (_table(one, item.title, words) for one in item.tables),
        el("p", link(item.more, words), class_="change-group__more") if item.more else None,
        el("p", item.rest, class_="change-group__more") if item.rest else None,
        class_="change-group change-group--example" if item.example else "change-group",
    )


def _heading(level: int, title: Element | str, tag: Element | None) -> Element:
    gap = " " if tag else None
    return el(f"h{min(level, 6)}", title, gap, tag, class_="change-group__title")


def _table(item: ChangeTable, title: str, words: Words) -> Element:
    drawn = table(item.table, words)
    if not item.folded:
        return drawn
    summary = el("summary", item.folded, hidden_text(f": {title}"))
    return el("details", summary, drawn, class_="chart__table")
