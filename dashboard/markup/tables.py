"""Tables: a caption, headed columns and rows, in a region that scrolls by keyboard."""

from __future__ import annotations

from functools import partial

from dashboard.markup.element import AttributeValue, Element, Node, el, mark
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
    # Cards are laid out anew by style sheets, which would take the table's own roles away.
    role = partial(_role, item)
    head = el(
        "tr",
        (
            el(
                "th",
                name,
                scope="col",
                role=role("columnheader"),
                class_=_column_class(item, n, numeric=n in numeric),
            )
            for n, name in enumerate(item.columns)
        ),
        role=role("row"),
    )
    body = (
        el(
            "tr",
            (_cell(item, n, cell, words) for n, cell in enumerate(row)),
            id=row[0].anchor or None,
            role=role("row"),
        )
        for row in item.rows
    )
    caption_class = "visually-hidden" if item.caption_hidden else "data-table__caption"
    return el(
        "div",
        el(
            "table",
            el("caption", item.caption, class_=caption_class),
            el("thead", head, role=role("rowgroup")),
            el("tbody", body, role=role("rowgroup")),
            role=role("table"),
            class_=_class(item),
        ),
        class_="table-scroll table-scroll--example" if item.example else "table-scroll",
        id=item.id or None,
        role="region",
        tabindex="0",
        aria_label=words("table.region", caption=item.caption),
    )


def _class(item: Table) -> str:
    if item.cards:
        return "data-table data-table--cards"
    return "data-table data-table--stacked" if item.stacked else "data-table"


def _column_class(item: Table, column: int, *, numeric: bool) -> str | None:
    if numeric:
        return "data-table__number"
    return "data-table__told" if column in item.told_columns else None


def _role(item: Table, name: str) -> str | None:
    return name if item.stacked or item.cards else None


def _is_numeric(row: tuple[Cell, ...], column: int) -> bool:
    return column < len(row) and row[column].numeric


def _cell(item: Table, column: int, cell: Cell, words: Words) -> Element:
    children: list[Node] = [mark(cell.mark)] if cell.mark else []
    children += inline(cell.parts, words)
    # Made without `el`: half of the elements of a page are cells of tables.
    attributes: dict[str, AttributeValue] = {"scope": "row"} if cell.header else {}
    cards = item.stacked or item.cards
    if cards:
        attributes["role"] = "rowheader" if cell.header else "cell"
    if cell.numeric:
        attributes["class"] = "data-table__number"
    if cards and children:
        attributes["data-label"] = item.columns[column]
    return Element("th" if cell.header else "td", attributes, tuple(children))


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
