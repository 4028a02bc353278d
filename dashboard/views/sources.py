"""Sources and quality: what was delivered, what was refused, and what is wrong or unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import number
from dashboard.views.blocks import (
    Block,
    Cell,
    Facts,
    Inline,
    Link,
    Page,
    PageIndex,
    Paragraph,
    Section,
    Table,
    Text,
)
from dashboard.views.cells import number_of, text_of
from dashboard.views.conflicts import conflict
from dashboard.views.corrections import corrections_table
from dashboard.views.figures import only_document
from dashboard.views.filters import unknown_notices
from dashboard.views.labels import capital
from dashboard.views.navigation import page
from dashboard.views.provenance import document_link, is_known
from dashboard.views.release_table import release_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from dashboard.views.selecting import UnknownWord

_DIGEST_SHOWN = 12
_FOLDED = frozenset({"documents", "sources", "deliveries", "contradictions", "caveats"})
"""Long parts, of which the page first shows only what they are."""


def sources_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of sources, deliveries, faults, contradictions and warnings."""
    words = ctx.words
    parts: list[tuple[str, list[Block]]] = [
        ("documents", [_documents(ctx)]),
        ("sources", [_source_facts(ctx)]),
        ("releases", [release_table(ctx)]),
        ("deliveries", [_deliveries(ctx)]),
        ("rejects", _rejects(ctx)),
        ("corrections", [corrections_table(ctx)]),
        ("contradictions", [conflict(ctx, one) for one in ctx.catalogue.contradictions.values()]),
        ("withheld", [_withheld(ctx)]),
        ("caveats", [_caveats(ctx)]),
    ]
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        PageIndex(
            words("topic.on_this_page"),
            tuple((f"part-{name}", words(f"sources.{name}.title")) for name, _ in parts),
        ),
        *(
            Section(
                words(f"sources.{name}.title"),
                tuple(made),
                id=f"part-{name}",
                lead=words(f"sources.{name}.lead"),
                folded=name in _FOLDED,
            )
            for name, made in parts
        ),
    ]
    return page(
        ctx,
        title=words("sources.title"),
        lead=words("sources.lead"),
        breadcrumbs=(Link(words("sources.title"), ctx.href(ctx.address), current=True),),
        blocks=blocks,
    )


def _table(
    ctx: Context,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[tuple[Inline, ...]]],
    numeric: frozenset[int] = frozenset(),
) -> Table:
    """Makes a table whose headings stand in the texts under `sources.<name>.column`."""
    return Table(
        caption=ctx.words(f"sources.{name}.title"),
        columns=tuple(ctx.words(f"sources.{name}.column.{column}") for column in columns),
        rows=tuple(
            tuple(
                Cell(parts, header=position == 0, numeric=position in numeric)
                for position, parts in enumerate(row)
            )
            for row in rows
        ),
        id=name,
        caption_hidden=True,
        numeric_columns=numeric,
    )


def _documents(ctx: Context) -> Table:
    counts: dict[str, int] = {}
    for row in ctx.data.all_figures():
        document_id = text_of(row["document_id"])
        counts[document_id] = counts.get(document_id, 0) + 1
    rows = []
    for document in ctx.catalogue.documents.values():
        if document.id not in counts:
            continue
        link = document_link(ctx, document)
        counted = number(counts[document.id], ctx.locale)
        figures = ctx.link(
            counted,
            only_document(ctx, document.id),
            label=ctx.words.count(
                "sources.documents.figures",
                counts[document.id],
                count=counted,
                title=document.title,
            ),
        )
        rows.append(
            (
                (Text(document.title, lang="nl"),),
                (Text(document.supplier),),
                (Text(str(document.publication_year or ctx.words("source.unknown"))),),
                (Text(_known(ctx, document.licence)),),
                (link or Text(ctx.words("source.unknown")),),
                (figures,),
            )
        )
    columns = ("title", "supplier", "year", "licence", "link", "figures")
    return _table(ctx, "documents", columns, rows, frozenset({5}))


def _known(ctx: Context, value: str) -> str:
    return value if is_known(value) else ctx.words("source.unknown")


def _source_facts(ctx: Context) -> Facts:
    items = []
    for source in ctx.catalogue.sources.values():
        told = [
            ctx.words("source.by", supplier=source.supplier),
            ctx.words("sources.sources.licence", licence=_known(ctx, source.licence)),
            ctx.words("sources.sources.evidence", evidence=ctx.labels.evidence(source.evidence)),
            source.update.text(ctx.locale),
            source.note.text(ctx.locale),
        ]
        parts: list[Inline] = [
            Text(" ".join(ctx.words("sentence.end", text=t.rstrip(".")) for t in told))
        ]
        if is_known(source.url):
            parts += [
                Text(" "),
                Link(
                    ctx.words("source.open"),
                    source.url,
                    external=True,
                    label=ctx.words("source.open_label", title=source.title.text(ctx.locale)),
                ),
            ]
        items.append((source.title.text(ctx.locale), tuple(parts)))
    return Facts("", tuple(items), id="source-list")


def _deliveries(ctx: Context) -> Table:
    def count(row: Row, column: str) -> tuple[Inline, ...]:
        return (Text(number(number_of(row[column]) or 0, ctx.locale)),)

    rows = [
        (
            _file(ctx, row),
            (Text(ctx.labels.source(text_of(row["source_id"]))),),
            (Text(_period(ctx, text_of(row["period"]))),),
            count(row, "rows_read"),
            count(row, "rows_loaded"),
            count(row, "rows_rejected"),
            (Text(text_of(row["digest"])[:_DIGEST_SHOWN]),),
        )
        for row in ctx.data.deliveries()
    ]
    columns = ("file", "source", "period", "read", "loaded", "rejected", "digest")
    return _table(ctx, "deliveries", columns, rows, frozenset({3, 4, 5}))


def _file(ctx: Context, row: Row) -> tuple[Inline, ...]:
    """Names a file, and says of an invented one that it is."""
    name = Text(text_of(row["file"]))
    return (name, Text(f" {ctx.words('example.delivery')}")) if row["is_invented"] else (name,)


def _period(ctx: Context, period: str) -> str:
    return ctx.words("sources.undated") if period == "undated" else ctx.labels.period(period)


def _rejects(ctx: Context) -> list[Block]:
    column = {"nl": "message", "en": "message_en"}[ctx.locale]
    rejects = ctx.data.rejects()
    if not rejects:
        return [Paragraph((Text(ctx.words("sources.rejects.none")),))]
    rows = [
        (
            (Text(text_of(row["file"])),),
            (Text(text_of(row["line"])),),
            (Text(text_of(row["column_name"])),),
            (Text(text_of(row["value"])),),
            (Text(text_of(row[column])),),
        )
        for row in rejects
    ]
    return [_table(ctx, "rejects", ("file", "line", "column", "value", "reason"), rows)]


def _withheld(ctx: Context) -> Table:
    rows = [
        (
            (Text(capital(ctx.labels.measure(text_of(row["measure_code"])))),),
            (Text(ctx.labels.sector_short(text_of(row["sector_code"]))),),
            (Text(ctx.labels.period(text_of(row["period"]))),),
            (Text(text_of(row[f"reason_{ctx.locale}"])),),
        )
        for row in ctx.data.withheld()
    ]
    return _table(ctx, "withheld", ("measure", "sector", "period", "reason"), rows)


def _caveats(ctx: Context) -> Facts:
    return Facts(
        "",
        tuple(
            (caveat.title.text(ctx.locale), (Text(caveat.text.text(ctx.locale)),))
            for caveat in ctx.catalogue.caveats.values()
        ),
        id="caveat-list",
    )
