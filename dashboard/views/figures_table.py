"""The table of printed figures, and the words for what a figure measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import number
from dashboard.views.blocks import Cell, Inline, Table, Text
from dashboard.views.cells import distinct, figure_cell, number_of, text_of
from dashboard.views.headlines import within
from dashboard.views.labels import ALL, capital
from dashboard.views.tables import value_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row


def figures_table(ctx: Context, rows: Sequence[Row], caption: str) -> Table:
    """Makes the table of printed figures, in the words of the page, locators in Dutch."""
    words = ctx.words
    columns = ("topic", "figure", "who", "period", "value", "n", "document")
    return Table(
        caption=caption,
        columns=tuple(words(f"figures.column.{name}") for name in columns),
        rows=tuple(_row(ctx, row) for row in rows),
        id="figures",
        numeric_columns=frozenset({4, 5}),
        stacked=True,
    )


def _row(ctx: Context, row: Row) -> tuple[Cell, ...]:
    figure_id, document_id = text_of(row["figure_id"]), text_of(row["document_id"])
    told = measure_of(ctx, row)
    link = ctx.figure_link(told, figure_id, document_id)
    parts = split_of(ctx, row)
    sector = within(ctx.labels.sector_short(text_of(row["sector_code"])), ctx)
    cell = figure_cell(row)
    document: tuple[Inline, ...] = (
        Text(ctx.labels.document(document_id), lang="nl"),
        Text(f". {ctx.words('source.locator')}: "),
        Text(text_of(row["locator"]), lang="nl"),
    )
    return (
        Cell((Text(f"{ctx.labels.topic(text_of(row['topic']))}: {sector}"),), anchor=figure_id),
        Cell((link, *((Text(f" ({'; '.join(parts)})"),) if parts else ())), header=True),
        Cell((Text(ctx.labels.population(text_of(row["population"]))),)),
        Cell((Text(ctx.labels.period(text_of(row["period"]))),)),
        Cell(
            (Text(ctx.values.short(cell), strong=True, cell=figure_id),),
            numeric=True,
            mark=value_mark(cell),
        ),
        Cell((Text(n_of(ctx, row)),), numeric=True),
        Cell(document),
    )


def measure_of(ctx: Context, row: Row) -> str:
    """Returns what a figure measures; a claim without a number is told in our words."""
    said = text_of(row[f"statement_{ctx.locale}"])
    return said or capital(ctx.labels.measure(text_of(row["measure_code"])))


def split_of(ctx: Context, row: Row) -> tuple[str, ...]:
    """Returns the parts a figure is split into, and the provider group it is about."""
    parts = []
    group = text_of(row["provider_group"])
    if group not in ("", ALL):
        parts.append(ctx.labels.provider_group(group))
    for which in ("breakdown", "breakdown2"):
        dimension, value = text_of(row[f"{which}_dimension"]), text_of(row[f"{which}_value"])
        if dimension and value:
            parts.append(ctx.labels.breakdown(dimension, value))
    if text_of(row["insurer_code"]) not in ("", ALL):
        parts.append(ctx.labels.insurer(text_of(row["insurer_code"])))
    if text_of(row["region_code"]) not in ("", "NL"):
        parts.append(ctx.labels.region(text_of(row["region_code"])))
    return distinct(parts)


def n_of(ctx: Context, row: Row) -> str:
    """Writes n as the source has it, also where it is an amount."""
    n, numerator = number_of(row["n"]), number_of(row["numerator"])
    if n is None:
        return ""
    if numerator is None:
        return number(n, ctx.locale)
    return ctx.words(
        "figures.count_of", numerator=number(numerator, ctx.locale), n=number(n, ctx.locale)
    )
