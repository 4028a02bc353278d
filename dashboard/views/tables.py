"""The table under a chart: the same cells, one row each, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.blocks import Cell, Inline, Table, Text
from dashboard.views.cells import ValueCell, newest_first
from dashboard.views.dated_events import cell_events
from dashboard.views.labels import ALL, COUNTRY, capital
from dashboard.views.moments import vintage_words
from dashboard.views.revised import revisions, told_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.views.context import Context

_MARK_OF = {
    "bound_low": "bound_low",
    "bound_high": "bound_high",
    "range": "range",
    "image": "image",
    "statement": "no_number",
    "suppressed": "suppressed",
    "none": "no_data",
}
_OUT_OF_DATE = frozenset({"superseded"})


@dataclass(frozen=True)
class _Column:
    """One column: its heading, how a cell is told, and whether these cells need it."""

    heading: str
    tell: Callable[[ValueCell], tuple[Inline, ...]]
    needed: bool
    numeric: bool = False
    mark: Callable[[ValueCell], str | None] | None = None
    """The shape before the words, where the column has one."""


def cells_table(
    ctx: Context,
    cells: Sequence[ValueCell],
    caption: str,
    *,
    id_: str = "",
    with_values: bool = True,
    letters: Mapping[str, str] | None = None,
) -> Table:
    """Makes the table of cells; a column that says the same nothing in every row is left out.

    Args:
        ctx: The page.
        cells: What the rows are about.
        caption: What the table is about.
        id_: Id of the table.
        with_values: False for dated events, of which each counts as one and says no more.
        letters: Letters of events by their id, where a list under the table explains them.
    """
    ordered = newest_first(cells)
    columns = [column for column in _columns(ctx, ordered, letters) if column.needed]
    if not with_values:
        columns = [column for column in columns if column.heading not in _of_values(ctx)]
    rows = tuple(
        tuple(
            Cell(
                column.tell(cell),
                numeric=column.numeric,
                header=position == 0,
                mark=column.mark(cell) if column.mark else None,
            )
            for position, column in enumerate(columns)
        )
        for cell in ordered
    )
    return Table(
        caption=caption,
        columns=tuple(column.heading for column in columns),
        rows=rows,
        id=id_,
        numeric_columns=frozenset(i for i, column in enumerate(columns) if column.numeric),
        told_columns=frozenset(
            i
            for i, column in enumerate(columns)
            if column.heading == vintage_words(ctx)("revised.column")
        ),
        # A phone has no room for a sentence beside a value: there each row is a card.
        cards=any(column.heading == vintage_words(ctx)("revised.column") for column in columns),
    )


def _of_values(ctx: Context) -> set[str]:
    return {ctx.words(f"table.{name}") for name in ("value", "nature")}


def value_mark(cell: ValueCell) -> str | None:
    """Names the mark that stands before a value: the same shape as in the chart."""
    if cell.status == "provisional":
        return "provisional"
    if cell.status in _OUT_OF_DATE:
        return "superseded"
    return _MARK_OF.get(cell.kind)


def _columns(
    ctx: Context, cells: Sequence[ValueCell], letters: Mapping[str, str] | None
) -> list[_Column]:
    words, labels, values = ctx.words, ctx.labels, ctx.values

    def some(test: Callable[[ValueCell], object]) -> bool:
        return any(test(cell) for cell in cells)

    def told(tell: Callable[[ValueCell], str]) -> Callable[[ValueCell], tuple[Inline, ...]]:
        return lambda cell: (Text(tell(cell)),)

    def named(field: str, name: Callable[[str], str]) -> Callable[[ValueCell], tuple[Inline, ...]]:
        # A table has few codes and many rows, so each code is put into words once.
        known: dict[str, tuple[Inline, ...]] = {}

        def tell(cell: ValueCell) -> tuple[Inline, ...]:
            code = getattr(cell, field)
            if code not in known:
                known[code] = (Text(name(code)),)
            return known[code]

        return tell

    def in_year(cell: ValueCell) -> str:
        return cell_events(ctx, ctx.catalogue.indicators[cell.indicator_id], cell, letters)

    return [
        _Column(words("table.period"), told(values.period), needed=True),
        _Column(
            words("table.sector"),
            named("sector_code", lambda code: capital(labels.sector_short(code))),
            needed=some(lambda cell: cell.sector_code != ALL),
        ),
        _Column(
            words("table.insurer"),
            named("insurer_code", labels.insurer),
            needed=some(lambda cell: cell.insurer_code != ALL),
        ),
        _Column(
            words("table.region"),
            named("region_code", labels.region),
            needed=some(lambda cell: cell.region_code != COUNTRY),
        ),
        _Column(
            words("table.provider"),
            named("provider_group", lambda code: capital(labels.provider_group(code))),
            needed=some(lambda cell: cell.provider_group != ALL),
        ),
        _Column(
            words("table.category"),
            named("category", lambda code: capital(labels.category(code))),
            needed=some(lambda cell: cell.category != ALL),
        ),
        _Column(
            words("table.voice"),
            told(lambda cell: capital(words(f"voice.{cell.voice}")) if cell.voice else ""),
            needed=some(lambda cell: cell.voice),
        ),
        _Column(words("table.value"), _value(ctx), needed=True, numeric=True, mark=value_mark),
        _earlier(ctx, cells),
        _Column(
            words("table.count_unweighted" if some(lambda c: c.is_computed) else "table.count"),
            told(values.count),
            needed=some(lambda cell: values.count(cell) and not cell.is_count_share),
            numeric=True,
        ),
        _Column(
            words("table.margin"),
            told(values.interval),
            needed=some(lambda cell: cell.ci_low is not None),
            numeric=True,
        ),
        _Column(
            words("table.comparison"),
            told(lambda cell: capital(values.comparison(cell))),
            needed=some(lambda cell: cell.comparison),
            mark=lambda cell: cell.comparison or None,
        ),
        _Column(
            words("table.base"),
            told(lambda cell: capital(labels.base(cell.base)) if cell.unit == "percent" else ""),
            needed=some(lambda cell: cell.unit == "percent"),
        ),
        _Column(
            words("table.events"),
            told(in_year),
            needed=some(in_year),
        ),
        _Column(
            words("table.nature"), told(lambda cell: capital(values.nature(cell))), needed=True
        ),
        _source(ctx),
    ]


def _value(ctx: Context) -> Callable[[ValueCell], tuple[Inline, ...]]:
    return lambda cell: (Text(ctx.values.short(cell), strong=True, cell=cell.key),)


def _earlier(ctx: Context, cells: Sequence[ValueCell]) -> _Column:
    """What stood there first, where that was something else: right beside the present value."""
    found = revisions(ctx, cells)

    def tell(cell: ValueCell) -> tuple[Inline, ...]:
        return (Text(told_revision(ctx, found[cell.key]) if cell.key in found else ""),)

    return _Column(vintage_words(ctx)("revised.column"), tell, needed=bool(found))


def _source(ctx: Context) -> _Column:
    """The printed figure behind a row, as a link to its permanent page."""

    def tell(cell: ValueCell) -> tuple[Inline, ...]:
        if not cell.document_id:
            return (Text(ctx.labels.source(cell.source_id) if cell.source_id else ""),)
        title = ctx.labels.document(cell.document_id)
        # Of then a cell may come from a printed figure that has gone from the sources since.
        if not cell.figure_ids or (ctx.vintage and not ctx.data.figure(cell.figure_ids[0])):
            return (Text(title, lang="nl"),)
        link = ctx.figure_link(
            title,
            cell.figure_ids[0],
            cell.document_id,
            label=ctx.words("table.source_label", title=title, value=ctx.values.short(cell)),
            lang="nl",
        )
        return (link,)

    return _Column(ctx.words("table.source"), tell, needed=True)
