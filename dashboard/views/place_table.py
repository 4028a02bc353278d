"""The table of all regions or all insurers: the same numbers as the map, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.blocks import Cell, Inline, Link, Table, Text
from dashboard.views.compared import answered, compared, own_words, whole_value
from dashboard.views.cubes import is_example
from dashboard.views.labels import ALL, capital
from dashboard.views.places import sort_name, today_of
from dashboard.views.revised import told_of_cell
from dashboard.views.tables import value_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.place_choice import Choice

TABLE_ID = "all-places"


@dataclass(frozen=True)
class Row:
    """One place with its cells: none, one, or those of regions that became one."""

    code: str
    name: str
    cells: tuple[ValueCell, ...]

    @property
    def one(self) -> ValueCell | None:
        """The cell of a place that has exactly one."""
        return self.cells[0] if len(self.cells) == 1 else None


def rows_of_places(ctx: Context, choice: Choice, codes: Sequence[str]) -> list[Row]:
    """Returns a row per place, by name, or by value where the reader asked for it."""
    label = ctx.labels.region if choice.kind == "region" else ctx.labels.insurer
    found: dict[str, list[ValueCell]] = {code: [] for code in codes}
    for cell in choice.cells:
        code = today_of(ctx.catalogue, choice.kind, cell)
        if code in found:
            found[code].append(cell)
    rows = [Row(code, label(code), tuple(cells)) for code, cells in found.items()]
    rows.sort(key=lambda row: sort_name(row.name))
    if by_value(ctx, choice):
        rows.sort(key=_value, reverse=True)
    return rows


def _value(row: Row) -> tuple[bool, float]:
    value = row.one.value if row.one else None
    return value is not None, value or 0.0


def has_margins(cells: Sequence[ValueCell]) -> bool:
    """Says whether a table can stand in the order of its values: each then shows its margin."""
    return any(cell.ci_low is not None for cell in cells)


def by_value(ctx: Context, choice: Choice) -> bool:
    """Says whether the rows stand in the order of their values."""
    return ctx.selection.order == "value" and has_margins(choice.cells)


def order_links(ctx: Context, choice: Choice) -> tuple[Link, ...]:
    """Links the two orders of the table; without margins there is only that by name."""
    if ctx.flavour == "export" or not has_margins(choice.cells):
        return ()
    own, current = own_words(ctx), by_value(ctx, choice)
    return (
        ctx.link(own("order.name"), ctx.address.choose(order="name"), current=not current),
        ctx.link(own("order.value"), ctx.address.choose(order="value"), current=current),
    )


def refused_order(ctx: Context, choice: Choice) -> list[str]:
    """Names the order of the address where the figure has no margins to go with it."""
    if ctx.selection.order == "name" or has_margins(choice.cells):
        return []
    own = own_words(ctx)
    return [f"{own('order.label')}: {own('order.value')}"]


def order_note(ctx: Context, choice: Choice) -> str:
    """Says what the order of the table is, and what it is worth."""
    own = own_words(ctx)
    if by_value(ctx, choice):
        return own("order.note_value")
    return own("order.note_margins" if has_margins(choice.cells) else "order.note_name")


def places_table(
    ctx: Context, choice: Choice, rows: Sequence[Row], caption: str, *, id_: str = TABLE_ID
) -> Table:
    """Makes the table; a column of which no row has anything is left out."""
    own, kind = own_words(ctx), choice.kind
    cells = [cell for row in rows for cell in row.cells]
    with_margin = has_margins(cells)
    with_n = any(answered(ctx, cell) for cell in cells)
    with_whole = any(whole_value(ctx, cell, choice.whole) for cell in cells)
    with_comparison = any(cell.comparison for cell in cells)
    remarks = {row.code: _remark(ctx, choice, row) for row in rows}
    columns: list[tuple[str, bool]] = [
        (ctx.words(f"table.{kind}"), False),
        (ctx.words("table.value"), True),
    ]
    columns += [(ctx.words("table.margin"), True)] if with_margin else []
    columns += [(own("table.n"), True)] if with_n else []
    columns += [(own(f"table.whole.{kind}"), True)] if with_whole else []
    columns += [(own("table.compared"), False)] if with_comparison else []
    columns += [(own("table.remark"), False)] if any(remarks.values()) else []

    def line(row: Row) -> tuple[Cell, ...]:
        cell = row.one
        made = [_name(ctx, choice, row), _shown(ctx, row)]
        if with_margin:
            made.append(_text(ctx.values.interval(cell) if cell else "", numeric=True))
        if with_n:
            made.append(_text(answered(ctx, cell) if cell else "", numeric=True))
        if with_whole:
            beside = whole_value(ctx, cell, choice.whole) if cell else ""
            made.append(_text(beside, numeric=True))
        if with_comparison:
            sign = compared(ctx, kind, cell)
            made.append(Cell((Text(sign.text),), mark=sign.mark) if sign else _text(""))
        if any(remarks.values()):
            made.append(_text(remarks[row.code]))
        return tuple(made)

    return Table(
        caption=caption,
        columns=tuple(name for name, _ in columns),
        rows=tuple(line(row) for row in rows),
        id=id_,
        numeric_columns=frozenset(n for n, (_, numeric) in enumerate(columns) if numeric),
        cards=len(columns) > _MOST_NARROW,
        example=is_example(cells),
    )


_MOST_NARROW = 4
"""Columns that fit a phone side by side; more of them are shown as cards."""


def _text(text: str, *, numeric: bool = False) -> Cell:
    return Cell((Text(text),), numeric=numeric)


def _name(ctx: Context, choice: Choice, row: Row) -> Cell:
    link = ctx.link(row.name, ctx.to(choice.kind, row.code))
    chosen = ctx.selection.region if choice.kind == "region" else ctx.selection.insurer
    parts: tuple[Inline, ...] = (link,)
    if row.code == chosen:
        parts = (link, Text(f" ({own_words(ctx)('table.chosen')})", strong=True))
    return Cell(parts, header=True)


def _shown(ctx: Context, row: Row) -> Cell:
    cell = row.one
    if cell is None:
        return Cell((Text("–"),), numeric=True)
    return Cell(
        (Text(ctx.values.short(cell), strong=True, cell=cell.key),),
        numeric=True,
        mark=value_mark(cell),
    )


def _remark(ctx: Context, choice: Choice, row: Row) -> str:
    """Says why a row has no number, and what the numbers of its old regions are."""
    own = own_words(ctx)
    if not row.cells:
        return own(f"table.no_figure.{choice.kind}")
    if len(row.cells) == 1:
        cell = row.cells[0]
        told = [ctx.values.suppressed(cell)]
        if cell.status == "provisional":
            told.append(ctx.labels.status(cell.status))
        told.append(told_of_cell(ctx, cell))
        return capital("; ".join(one for one in told if one))
    if choice.kind == "region" and len({cell.region_code for cell in row.cells}) > 1:
        return own(
            "table.old_regions",
            regions=and_list(
                [f"{ctx.labels.region(c.region_code)} {ctx.values.short(c)}" for c in row.cells],
                ctx.locale,
            ),
        )
    told = [f"{_group(ctx, cell)} {ctx.values.short(cell)}".strip() for cell in row.cells]
    return capital("; ".join(told))


def _group(ctx: Context, cell: ValueCell) -> str:
    return "" if cell.provider_group == ALL else ctx.labels.provider_group(cell.provider_group)
