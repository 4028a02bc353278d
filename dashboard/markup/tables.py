"""Tables: a caption, headed columns and rows, in a region that scrolls by keyboard."""

from __future__ import annotations

from dashboard.markup.element import Element, Node, el, mark
from dashboard.markup.inline import inline
from dashboard.text.words import Words
from dashboard.views.blocks import Cell, Facts, Table


def table(item: Table, words: Words) -> Element:
    """Builds a table inside a focusable region, so that a wide one can be scrolled."""
    numeric = {
        column
        for column in range(len(item.columns))
        if column in item.numeric_columns
        or (item.rows and all(_is_numeric(row, column) for row in item.rows))
    }
    head = el(
        "tr",
        (
            el("th", name, scope="col", class_="data-table__number" if n in numeric else None)
            for n, name in enumerate(item.columns)
        ),
    )
    body = (
        el("tr", (_cell(cell, words) for cell in row), id=row[0].anchor or None)
        for row in item.rows
    )
    caption_class = "visually-hidden" if item.caption_hidden else "data-table__caption"
    return el(
        "div",
        el(
            "table",
            el("caption", item.caption, class_=caption_class),
            el("thead", head),
            el("tbody", body),
            class_="data-table",
        ),
        class_="table-scroll",
        id=item.id or None,
        role="region",
        tabindex="0",
        aria_label=words("table.region", caption=item.caption),
    )


def _is_numeric(row: tuple[Cell, ...], column: int) -> bool:
    return column < len(row) and row[column].numeric


def _cell(cell: Cell, words: Words) -> Element:
    children: list[Node] = [mark(cell.mark)] if cell.mark else []
    children += inline(cell.parts, words)
    number = "data-table__number" if cell.numeric else None
    if cell.header:
        return el("th", children, scope="row", class_=number)
    return el("td", children, class_=number)


def facts(item: Facts, level_heading: Element | None, words: Words) -> Element:
    """Builds a list of terms and what they say."""
    rows = (
        el("div", el("dt", term), el("dd", inline(parts, words)), class_="facts__row")
        for term, parts in item.items
    )
    return el(
        "div",
        level_heading,
        el("dl", rows, class_="facts__list"),
        class_="facts",
        id=item.id or None,
    )
