"""Which block becomes which element."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from dashboard.markup.changes import release_changes
from dashboard.markup.charts import chart, finding
from dashboard.markup.element import Element, Node, el, heading, mark
from dashboard.markup.evidence import evidence
from dashboard.markup.forms import filter_panel, pager, search_form
from dashboard.markup.inline import inline, link, paragraph
from dashboard.markup.moments import moment_form
from dashboard.markup.panels import conflict, empty_state, notice, statements
from dashboard.markup.tables import facts, table
from dashboard.text.words import Words
from dashboard.views.blocks import (
    Block,
    Chart,
    Columns,
    Conflict,
    EmptyState,
    Entry,
    EntryList,
    EvidenceMap,
    Facts,
    FilterPanel,
    Finding,
    LinkList,
    MomentForm,
    Notice,
    PageIndex,
    Pager,
    Paragraph,
    ReleaseChanges,
    SearchForm,
    Section,
    Statements,
    Table,
)


def blocks_markup(blocks: tuple[Block, ...], level: int, own: Words) -> list[Node]:
    """Turns blocks into elements whose headings start at a level.

    Findings and paragraphs that follow each other form one group, so that style sheets can
    set findings in columns and running text at a readable width.
    """
    return list(_groups(blocks, level, own))


def _groups(blocks: tuple[Block, ...], level: int, own: Words) -> Iterator[Node]:
    for kind, run in groupby(blocks, type):
        nodes = [_block(block, level, own) for block in run]
        if kind is Finding:
            yield el("div", nodes, class_="findings")
        elif kind is Paragraph:
            yield el("div", nodes, class_="prose")
        elif kind is Notice:
            yield el("div", nodes, class_="notices")
        else:
            yield from nodes


def _block(block: Block, level: int, own: Words) -> Element:
    match block:
        case Paragraph():
            return paragraph(block, own)
        case Table():
            return table(block, own)
        case Chart():
            return chart(block, level, own)
        case Finding():
            return finding(block, level, own)
        case Conflict():
            return conflict(block, level, own)
        case EmptyState():
            return empty_state(block, level, own)
        case FilterPanel():
            return filter_panel(block, own)
        case EvidenceMap():
            return evidence(block, level, own)
        case Facts():
            title = heading(level, block.title) if block.title else None
            return facts(block, title, own)
        case Section():
            return _section(block, level, own)
        case Columns():
            sections = (_section(one, level, own) for one in block.sections)
            return el("div", sections, class_="columns")
        case EntryList():
            return _entry_list(block, own)
        case Statements():
            return statements(block, level, own)
        case LinkList():
            return _link_list(block, own)
        case ReleaseChanges():
            return release_changes(block, level, own)
        case PageIndex():
            return _page_index(block)
        case SearchForm():
            return search_form(block, "page-search")
        case MomentForm():
            return moment_form(block, own)
        case Pager():
            return pager(block, own)
        case Notice():
            return notice(block)
        case _:
            assert_never(block)


def _section(item: Section, level: int, own: Words) -> Element:
    content: list[Node] = blocks_markup(item.blocks, level + 1, own)
    if item.folded:
        summary = el("summary", own("section.open", title=item.title))
        content = [el("details", summary, content, class_="chart__more-sources")]
    return el(
        "section",
        heading(level, item.title, class_="section__title"),
        el("p", item.lead, class_="section__lead") if item.lead else None,
        content,
        class_="section",
        id=item.id or None,
    )


def _link_list(item: LinkList, own: Words) -> Element:
    entries = (
        el("li", link(one, own), el("p", text, class_="link-list__text") if text else None)
        for one, text in item.items
    )
    return el("ul", entries, class_="link-list")


def _page_index(item: PageIndex) -> Element:
    """Builds the list of what stands on the page, a landmark with a name of its own."""
    links = (el("li", el("a", text, href=f"#{target}")) for target, text in item.items)
    return el(
        "nav",
        el("p", item.title, class_="page-index__title", aria_hidden="true"),
        el("ul", links, class_="page-index__list"),
        class_="page-index",
        aria_label=item.title,
    )


def _entry_list(item: EntryList, own: Words) -> Element:
    return el(
        "div",
        el("ul", (_entry(one, own) for one in item.items), class_="entry-list__items"),
        el("p", link(item.more, own), class_="entry-list__more") if item.more else None,
        class_="entry-list",
    )


def _entry(item: Entry, own: Words) -> Element:
    sign = mark(item.mark) if item.mark else None
    if item.tag:
        sign = el("span", item.tag, class_=f"tag tag--{item.tag_style}")
    return el(
        "li",
        el("div", sign, class_="entry__sign") if sign else None,
        el("p", inline(item.parts, own), class_="entry__text"),
        class_="entry" if sign else "entry entry--plain",
    )
