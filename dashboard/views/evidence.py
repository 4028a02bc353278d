"""The evidence map: topic by sector by year, what is measured and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.text import count_of
from dashboard.views.blocks import (
    EvidenceCell,
    EvidenceMap,
    EvidenceRow,
    EvidenceTopic,
    Inline,
    KeyItem,
    Text,
)
from dashboard.views.cells import distinct, figure_cell, number_of, text_of, words_of
from dashboard.views.evidence_links import EvidenceLinks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row

_STATES = ("measured", "provisional", "bound", "image", "conflict", "not_measured")


def evidence_map(ctx: Context) -> EvidenceMap:
    """Makes the map from the cells that the warehouse publishes."""
    words = ctx.words
    cells = ctx.data.evidence_cells()
    years = tuple(sorted({int(row["period_year"]) for row in cells}))
    return EvidenceMap(
        title=words("evidence.title"),
        lead=words("evidence.lead"),
        caption=words("evidence.caption"),
        row_heading=words("evidence.row_heading"),
        latest_heading=words("evidence.latest_heading"),
        years=years,
        topics=tuple(
            _topic(ctx, topic, [row for row in cells if row["topic"] == topic])
            for topic in distinct(text_of(row["topic"]) for row in cells)
        ),
        key=tuple(KeyItem(state, words(f"evidence.state.{state}")) for state in _STATES),
    )


def _topic(ctx: Context, topic: str, cells: Sequence[Row]) -> EvidenceTopic:
    rows = [
        [cell for cell in cells if cell["row_code"] == code]
        for code in distinct(text_of(cell["row_code"]) for cell in cells)
    ]
    links = EvidenceLinks(ctx, topic)
    known = sum(any(cell["state"] != "not_measured" for cell in row) for row in rows)
    return EvidenceTopic(
        link=ctx.link(ctx.labels.topic(topic), ctx.to("topic", topic)),
        summary=ctx.words.count("evidence.summary", len(rows), known=known, rows=len(rows)),
        rows=tuple(_row(ctx, links, row) for row in rows),
    )


def _row(ctx: Context, links: EvidenceLinks, cells: Sequence[Row]) -> EvidenceRow:
    label = text_of(cells[0][f"row_{ctx.locale}"])
    ordered = sorted(cells, key=lambda cell: int(cell["period_year"]))
    return EvidenceRow(
        label=label,
        cells=tuple(_cell(ctx, links, label, cell) for cell in ordered),
        latest=_disputed(ctx, cells[0]) or _latest(ctx, cells[0]),
    )


def _cell(ctx: Context, links: EvidenceLinks, row: str, cell: Row) -> EvidenceCell:
    year = int(cell["period_year"])
    state: Any = text_of(cell["state"])
    return EvidenceCell(
        state=state,
        label=ctx.words(
            "evidence.cell",
            topic=ctx.labels.topic(text_of(cell["topic"])),
            sector=row,
            year=year,
            state=ctx.words(f"evidence.state.{state}"),
        ),
        href=ctx.href(links.address(cell)),
    )


def _disputed(ctx: Context, cell: Row) -> tuple[Inline, ...]:
    """Names both values where the newest figure of a row is contradicted by another share."""
    rivals = words_of(cell["latest_rival_ids"])
    ids = (text_of(cell["latest_figure_id"]), *rivals)
    told = [figure_cell(row) for row in ctx.data.figures_by_id(ids)]
    if len(told) != _BOTH or any(not one.has_number or one.unit != "percent" for one in told):
        return ()
    kinds = {
        one.kind
        for one in ctx.catalogue.contradictions.values()
        if set(ids) <= {figure for side in one.sides for figure in side.figure_ids}
    }
    between = "evidence.against"
    if "two_voices" not in kinds:
        between = "evidence.or"
        told.sort(key=lambda one: one.value if one.value is not None else one.year)
    first, second = (Text(ctx.values.short(one), strong=True, cell=one.key) for one in told)
    year = number_of(cell["latest_year"])
    when = "" if year is None else f" ({int(year)})"
    return (first, Text(f" {ctx.words(between)} "), second, Text(when))


_BOTH = 2
_LATEST = (
    "value", "value_low", "value_high", "unit", "decimals", "numerator", "denominator", "base",
    "qualifier", "status", "label_nl", "label_en",
)  # fmt: skip


def _latest(ctx: Context, cell: Row) -> tuple[Inline, ...]:
    """The newest figure of a row in words, else what the map itself remarks about it."""
    figure_id = text_of(cell["latest_figure_id"])
    remark = text_of(cell[f"remark_{ctx.locale}"])
    if not figure_id:
        return (Text(remark or ctx.words("evidence.none")),)
    rows = ctx.data.figures_by_id([figure_id])
    latest = replace(
        figure_cell({**rows[0], **{name: cell[f"latest_{name}"] for name in _LATEST}}),
        numerator=number_of(cell["latest_numerator"]),
        n_observed=number_of(cell["latest_denominator"]),
    )
    if not latest.has_number and remark:
        return (Text(remark),)
    year = number_of(cell["latest_year"])
    about = [] if year is None else [str(int(year))]
    if latest.status == "provisional":
        about.append(ctx.labels.status(latest.status))
    value = ctx.values.short(latest)
    if latest.unit == "count" and latest.n_observed is not None and latest.numerator is not None:
        unit = ctx.labels.n_unit(latest.n_unit, latest.n_observed) if latest.n_unit else ""
        value = f"{count_of(latest.numerator, latest.n_observed, ctx.locale)} {unit}".rstrip()
    elif latest.unit == "percent":
        count = "" if latest.is_count_share else ctx.values.count(latest)
        if count and latest.value == 0:
            # "0 van 412" says what 0% cannot: of how many it is none.
            value, count = count, ""
        about[:0] = [count] if count else []
        about.append(ctx.labels.base(latest.base))
    return (
        Text(value, strong=latest.has_number, cell=figure_id),
        Text(f" ({', '.join(about)})" if about else ""),
    )
