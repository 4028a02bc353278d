"""Known errors in what was delivered: whose they are, both values, and what was done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.views.blocks import Cell, Inline, Notice, Table, Text
from dashboard.views.cells import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.data import Row

_DECIMAL = re.compile(r"-?\d+\.\d+")
_COLUMNS = ("printed", "should_be", "error", "reason", "status", "figure")


def fault_text(ctx: Context, row: Row) -> str:
    """Says what is printed and what is meant, or probably meant, in the unit of the figure."""
    figure = ctx.data.figure(text_of(row["figure_id"]))
    unit = text_of(figure["unit"]) if figure and row["column_name"] == "value" else ""
    suffix = ctx.labels.suffix(unit) if unit == "percent" else ""
    key = "presumed" if row["status"] == "presumed" else "explained"
    return ctx.words(
        "fault.applied" if row["is_applied"] else f"fault.{key}",
        printed=_value(ctx, row, "printed", suffix),
        should_be=_value(ctx, row, "should_be", suffix),
    )


def corrections_table(ctx: Context) -> Table:
    """Makes a row per error; one in the head of a table is about every figure of that table."""
    words = ctx.words
    errors: dict[str, list[Row]] = {}
    for row in ctx.data.corrections():
        errors.setdefault(text_of(row["correction_id"]), []).append(row)
    rows: list[tuple[tuple[Inline, ...], ...]] = [
        (
            (Text(_value(ctx, about[0], "printed"), lang="nl"),),
            (Text(_value(ctx, about[0], "should_be"), lang="nl"),),
            (Text(words(f"sources.corrections.error.{text_of(about[0]['error'])}")),),
            (Text(_why(ctx, about[0])),),
            (Text(words(f"sources.corrections.status.{text_of(about[0]['status'])}")),),
            _place(ctx, about),
        )
        for about in errors.values()
    ]
    return Table(
        caption=words("sources.corrections.title"),
        columns=tuple(words(f"sources.corrections.column.{name}") for name in _COLUMNS),
        rows=tuple(
            tuple(Cell(parts, header=not position) for position, parts in enumerate(row))
            for row in rows
        ),
        id="corrections",
        caption_hidden=True,
    )


def mended_notices(ctx: Context, cells: Sequence[ValueCell]) -> tuple[Notice, ...]:
    """Tells beside a chart which of its values were replaced, with both values and why."""
    figures = {figure for cell in cells for figure in cell.figure_ids}
    found: dict[str, Notice] = {}
    for row in ctx.data.corrections():
        if not row["is_applied"]:
            continue
        error = text_of(row["error"])
        of_row = not text_of(row["figure_id"]) and any(
            error in cell.caveats and cell.delivery_id == row["delivery_id"] for cell in cells
        )
        if of_row or text_of(row["figure_id"]) in figures:
            text = f"{fault_text(ctx, row)}. {_why(ctx, row)}"
            title = ctx.catalogue.caveats[error].title.text(ctx.locale)
            found[text_of(row["correction_id"])] = Notice(title, text, severity="caution")
    return tuple(found.values())


def _value(ctx: Context, row: Row, name: str, suffix: str = "") -> str:
    """Writes one of the two values; of somebody's answer it is not told in public."""
    value = text_of(row[name])
    if _DECIMAL.fullmatch(value):
        value = value.replace(".", {"nl": ",", "en": "."}[ctx.locale])
    return f"{value}{suffix}" if value else ctx.words("sources.corrections.hidden")


def _why(ctx: Context, row: Row) -> str:
    """Writes the reason, what was done, where a supplier says it, and since when we know."""
    words = ctx.words
    done = "applied" if row["is_applied"] else "shown"
    parts = [text_of(row[f"reason_{ctx.locale}"]), words(f"sources.corrections.done.{done}")]
    if said_in := text_of(row["said_in"]):
        parts.append(words("sources.corrections.said_in", place=said_in))
    if found_on := text_of(row["found_on"]):
        parts.append(words("sources.corrections.found", date=ctx.labels.period(found_on)))
    return " ".join(parts)


def _place(ctx: Context, rows: Sequence[Row]) -> tuple[Inline, ...]:
    """Links the figures of an error by the title of their document, or names the row."""
    if not text_of(rows[0]["figure_id"]):
        return (Text(_row_words(ctx, rows[0])),)
    document_id = text_of(rows[0]["document_id"])
    title = ctx.labels.document(document_id)
    ids = [text_of(row["figure_id"]) for row in rows]
    if len(ids) == 1:
        return (ctx.figure_link(title, ids[0], document_id, lang="nl"),)
    parts: list[Inline] = [
        Text(title, lang="nl"),
        Text(f", {ctx.words('sources.corrections.figures', count=len(ids))}:"),
    ]
    for position, figure_id in enumerate(ids, start=1):
        label = f"{position}, {figure_id}"
        parts += [Text(" "), ctx.figure_link(str(position), figure_id, document_id, label=label)]
    return tuple(parts)


def _row_words(ctx: Context, row: Row) -> str:
    source = ctx.labels.source(text_of(row["source_id"]))
    if not text_of(row["row_key"]):
        return ctx.words("sources.corrections.row_hidden", source=source)
    return ctx.words(
        "sources.corrections.row",
        source=source,
        delivery=text_of(row["delivery_id"]),
        line=text_of(row["line"]),
        key=text_of(row["row_key"]),
        column=text_of(row["column_name"]),
    )
