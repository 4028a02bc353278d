"""The permanent page of one printed figure, with everything that is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import number
from dashboard.views.blocks import (
    Block,
    Facts,
    Inline,
    KeyNumber,
    Link,
    Notice,
    Page,
    Section,
    SourceNote,
    Statements,
    Text,
    Voice,
)
from dashboard.views.cells import figure_cell, number_of, text_of, words_of
from dashboard.views.corrections import fault_text
from dashboard.views.cubes import is_cube
from dashboard.views.figures_table import measure_of, n_of, split_of
from dashboard.views.labels import capital
from dashboard.views.navigation import page
from dashboard.views.provenance import caveat_notices, document_link, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row

Fact = tuple[str, tuple[Inline, ...]]
_NAMES = frozenset({"delivery", "id", "supplier"})
"""Facts that are names and keep their own first letter."""


def figure_page(ctx: Context, row: Row) -> Page:
    """Makes the page of a printed figure."""
    figure_id = text_of(row["figure_id"])
    cell = figure_cell(row)
    split = split_of(ctx, row)
    measure = measure_of(ctx, row)
    # The title above already says what it measures.
    when = ctx.labels.period(text_of(row["period"])) or measure
    numbers = [KeyNumber(ctx.values.short(cell), capital(when), cell=figure_id)]
    blocks: list[Block] = [
        *_correction(ctx, figure_id),
        Section(
            ctx.words("figure.about"),
            (Facts("", tuple(_facts(ctx, row))),),
            id="about",
        ),
        *caveat_notices(ctx, words_of(row["caveats"])),
        *_own_remark(ctx, row),
        *_repeats(ctx, row),
        *_used_by(ctx, figure_id),
    ]
    return page(
        ctx,
        title=measure,
        lead=capital("; ".join(split)),
        kicker=ctx.words("figure.kicker", topic=ctx.labels.topic(text_of(row["topic"]))),
        breadcrumbs=(
            ctx.link(ctx.words("figures.title"), ctx.to("figures")),
            Link(figure_id, ctx.href(ctx.address), current=True),
        ),
        key_numbers=numbers if cell.has_number else (),
        blocks=blocks,
        data={"figure_id": figure_id},
    )


def _facts(ctx: Context, row: Row) -> list[Fact]:
    labels, words = ctx.labels, ctx.words
    cell = figure_cell(row)
    document = ctx.catalogue.documents[text_of(row["document_id"])]
    link = document_link(ctx, document)
    numerator = number_of(row["numerator"])
    unknown = words("source.unknown")
    facts: list[tuple[str, str | tuple[Inline, ...]]] = [
        ("value", ctx.values.short(cell)),
        ("status", labels.status(text_of(row["status"]))),
        ("qualifier", labels.qualifier(q) if (q := text_of(row["qualifier"])) else ""),
        ("unit", labels.unit_name(text_of(row["unit"])) if text_of(row["unit"]) else ""),
        ("n", n_of(ctx, row) or text_of(row["n_text"])),
        ("n_unit", labels.n_unit(u) if (u := text_of(row["n_unit"])) else ""),
        ("numerator", "" if numerator is None else number(numerator, ctx.locale)),
        ("population", labels.population(text_of(row["population"]))),
        ("split", "; ".join(split_of(ctx, row))),
        ("period", labels.period(text_of(row["period"]))),
        ("sector", labels.sector(text_of(row["sector_code"]))),
        ("topic", labels.topic(text_of(row["topic"]))),
        ("evidence", labels.evidence(text_of(row["evidence"]))),
        ("voice", words(f"voice.{v}") if (v := text_of(row["voice"])) else ""),
        ("document", (Text(document.title, lang="nl"),)),
        ("locator", (Text(text_of(row["locator"]), lang="nl"),)),
        ("supplier", document.supplier),
        ("year", str(document.publication_year or unknown)),
        ("link", (link,) if link else unknown),
        ("licence", document.licence if is_known(document.licence) else unknown),
        ("secondary", words("source.secondary") if document.secondary else ""),
        ("delivery", text_of(row["delivery_id"])),
        ("id", text_of(row["figure_id"])),
    ]
    return [
        (
            words(f"figure.fact.{key}"),
            value
            if isinstance(value, tuple)
            else (Text(value if key in _NAMES else capital(value)),),
        )
        for key, value in facts
        if value
    ]


def _correction(ctx: Context, figure_id: str) -> list[Notice]:
    """Says what is printed, what is meant and by which arithmetic; both stay visible."""
    return [
        Notice(
            fault_text(ctx, row),
            text_of(row[f"reason_{ctx.locale}"]),
            severity="caution",
        )
        for row in ctx.data.corrections()
        if text_of(row["figure_id"]) == figure_id
    ]


def _own_remark(ctx: Context, row: Row) -> list[Notice]:
    """Shows what the warnings leave out: our Dutch words, or the English of the delivery."""
    own = text_of(row["caveat_nl"])
    text = own if ctx.locale == "nl" else text_of(row["caveat"]) if own else ""
    return [Notice(ctx.words("remark.title"), text)] if text else []


def _repeats(ctx: Context, row: Row) -> list[Block]:
    """Links the places where the source, or another one, prints the same figure."""
    figure_id = text_of(row["figure_id"])
    original = text_of(row["repeats_figure_id"])
    others = [
        one
        for one in ctx.data.all_figures()
        if text_of(one["figure_id"]) == original or text_of(one["repeats_figure_id"]) == figure_id
    ]
    if not others:
        return []
    voices = tuple(
        Voice(
            who=ctx.words(f"figure.repeat.{_kind(one, row)}"),
            voice="source",
            headline=ctx.values.short(figure_cell(one)),
            text=measure_of(ctx, one),
            source=_same_source(ctx, one),
        )
        for one in others
    )
    return [
        Statements(
            id="repeats",
            title=ctx.words("figure.repeats"),
            lead=ctx.words("figure.repeats_lead"),
            voices=voices,
        )
    ]


def _kind(other: Row, row: Row) -> str:
    """Returns how two figures repeat each other; the one that repeats says it."""
    return text_of(row["repeat_kind"]) or text_of(other["repeat_kind"])


def _same_source(ctx: Context, row: Row) -> SourceNote:
    document_id = text_of(row["document_id"])
    return SourceNote(
        heading="",
        document=ctx.labels.document(document_id),
        locator=text_of(row["locator"]),
        locator_label=ctx.words("source.locator"),
        link=ctx.figure_link(
            ctx.words("source.figure"), text_of(row["figure_id"]), document_id,
            label=ctx.words("source.figure_label", title=measure_of(ctx, row)),
        ),
    )  # fmt: skip


def _used_by(ctx: Context, figure_id: str) -> list[Section]:
    """Links the indicators that rest on this figure."""
    found = [
        one
        for one in ctx.catalogue.indicators.values()
        if not is_cube(one) and any(figure_id in cell.figure_ids for cell in ctx.data.cells(one.id))
    ]
    if not found:
        return []
    links: Sequence[tuple[str, tuple[Inline, ...]]] = [
        (
            ctx.labels.topic(one.topic),
            (ctx.link(one.text(ctx.locale).title, ctx.to("indicator", one.id, Selection())),),
        )
        for one in found
    ]
    return [
        Section(
            ctx.words("figure.used_by"),
            (Facts("", tuple(links)),),
            id="used-by",
        )
    ]
