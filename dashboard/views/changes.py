"""What changed lately: provisional values replaced, values revised, errors found in sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import Entry, EntryList, Inline, Text
from dashboard.views.cells import ValueCell, newest_first, text_of
from dashboard.views.cubes import is_cube
from dashboard.views.headlines import about_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Indicator

_SAME = (
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "category",
)  # fmt: skip
_REPLACED = "superseded"
_MOST = {"replaced": 3, "provisional": 1, "revised": 2, "errors": 2}


def latest_changes(ctx: Context) -> EntryList:
    """Makes the list of changes of the overview, each with a link to where it shows."""
    items = [
        *_revised(ctx)[: _MOST["revised"]],
        *_replaced(ctx)[: _MOST["replaced"]],
        *_provisional(ctx)[: _MOST["provisional"]],
        *_errors(ctx)[: _MOST["errors"]],
    ]
    return EntryList(tuple(items), more=ctx.link(ctx.words("changes.more"), ctx.to("sources")))


def _cells(ctx: Context) -> list[tuple[Indicator, Sequence[ValueCell]]]:
    return [
        (one, ctx.data.cells(one.id))
        for one in ctx.catalogue.indicators.values()
        if not is_cube(one)
    ]


def _replaced(ctx: Context) -> list[Entry]:
    """Values that a later one replaced: from the provisional to the final one."""
    found: list[tuple[int, Entry]] = []
    for indicator, cells in _cells(ctx):
        for old in cells:
            new = _successor(old, cells) if old.status == _REPLACED else None
            if new is None:
                continue
            tag = "changes.tag.corrected" if new.status == "corrected" else "changes.tag.final"
            parts: tuple[Inline, ...] = (
                *_about(ctx, indicator, new, cells),
                Text(ctx.words("changes.from", old=ctx.values.short(old)), cell=old.key),
                Text(ctx.values.short(new), strong=True, cell=new.key),
                Text(". "),
                _see(ctx, indicator),
            )
            found.append((new.year, Entry(parts, tag=ctx.words(tag))))
    return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _successor(old: ValueCell, cells: Sequence[ValueCell]) -> ValueCell | None:
    return next(
        (
            cell
            for cell in cells
            if cell.status != _REPLACED
            and cell.value is not None
            and all(getattr(cell, name) == getattr(old, name) for name in _SAME)
        ),
        None,
    )


def _provisional(ctx: Context) -> list[Entry]:
    """The newest provisional value."""
    found: list[tuple[int, Entry]] = []
    for indicator, cells in _cells(ctx):
        waiting = newest_first([cell for cell in cells if cell.status == "provisional"])
        for cell in waiting[:1]:
            parts: tuple[Inline, ...] = (
                *_about(ctx, indicator, cell, cells),
                Text(": "),
                Text(ctx.values.short(cell), strong=True, cell=cell.key),
                Text(". "),
                _see(ctx, indicator),
            )
            entry = Entry(parts, tag=ctx.words("changes.tag.provisional"), tag_style="dashed")
            found.append((cell.year, entry))
    return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _about(
    ctx: Context, indicator: Indicator, cell: ValueCell, among: Sequence[ValueCell]
) -> tuple[Inline, ...]:
    title = indicator.text(ctx.locale).title
    about = about_cell(ctx, cell, among)
    name = f"{title}, {about}" if about else title
    return (Text(f"{name}, {ctx.values.period(cell)}"),)


def _see(ctx: Context, indicator: Indicator) -> Inline:
    return ctx.link(
        ctx.words("changes.see"),
        ctx.to("indicator", indicator.id),
        label=f"{ctx.words('changes.see')}: {indicator.text(ctx.locale).title}",
    )


def _errors(ctx: Context) -> list[Entry]:
    """Faults in a source: as printed, with what is meant."""
    return [error_entry(ctx, row) for row in ctx.data.corrections() if row["kind"] == "value"]


def error_entry(ctx: Context, row: Row) -> Entry:
    """Tells one fault of a source, with a link to the printed figure."""
    document = text_of(row["document_id"])
    parts: list[Inline] = [
        Text(
            ctx.words("changes.printed_error", fault=fault_text(ctx, row)),
        ),
        Text(ctx.labels.document(document), lang="nl"),
        Text(". "),
        ctx.figure_link(
            ctx.words("changes.see"),
            text_of(row["figure_id"]),
            document,
            label=ctx.words("changes.see_figure", figure=text_of(row["printed"])),
        ),
    ]
    return Entry(tuple(parts), tag=ctx.words("changes.tag.error"))


def fault_text(ctx: Context, row: Row) -> str:
    """Says what is printed and what is meant, or probably meant, in the unit of the figure."""
    figure = ctx.data.figure(text_of(row["figure_id"]))
    unit = text_of(figure["unit"]) if figure and row["column_name"] == "value" else ""
    suffix = ctx.labels.suffix(unit) if unit == "percent" else ""
    meant = text_of(row["should_be"])
    return ctx.words(
        "fault.presumed" if row["status"] == "presumed" else "fault.explained",
        printed=f"{text_of(row['printed'])}{suffix}",
        should_be=f"{meant}{suffix}" if meant else ctx.words("source.unknown"),
    )


def _revised(ctx: Context) -> list[Entry]:
    """Values that differ from the release before this one."""
    found = []
    for row in ctx.data.revisions():
        indicator = ctx.catalogue.indicators.get(text_of(row.get("indicator_id")))
        if indicator is None or is_cube(indicator):
            continue
        cell = next(
            (c for c in ctx.data.cells(indicator.id) if c.cell_id == text_of(row.get("cell_id"))),
            None,
        )
        if cell is None:
            continue
        parts: tuple[Inline, ...] = (
            *_about(ctx, indicator, cell, ctx.data.cells(indicator.id)),
            Text(": "),
            Text(ctx.values.short(cell), strong=True, cell=cell.key),
            Text(". "),
            _see(ctx, indicator),
        )
        found.append(Entry(parts, tag=ctx.words("changes.tag.revised")))
    return found
