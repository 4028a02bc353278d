"""Where numbers come from and what to mind: source notes, warnings and how to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.blocks import Link, Notice, SourceNote
from dashboard.views.cells import ValueCell, distinct, text_of
from dashboard.views.labels import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Document, Indicator

UNKNOWN = "onbekend"
"""The word of the catalogue for what is not known, e.g. the address of a document."""


def is_known(word: str) -> bool:
    """Says whether the catalogue knows a licence, date or address."""
    return bool(word) and word != UNKNOWN


def document_link(ctx: Context, document: Document) -> Link | None:
    """Makes the link to a document, where its address is known."""
    if not is_known(document.url):
        return None
    return Link(
        ctx.words("source.open"),
        document.url,
        external=True,
        label=ctx.words("source.open_label", title=document.title),
    )


def source_notes(ctx: Context, cells: Sequence[ValueCell]) -> tuple[SourceNote, ...]:
    """Makes one note per document behind the cells, newest cells first."""
    documents = distinct(cell.document_id for cell in cells if cell.document_id)
    return tuple(
        _note(ctx, document_id, [cell for cell in cells if cell.document_id == document_id])
        for document_id in documents
    )


def _note(ctx: Context, document_id: str, cells: Sequence[ValueCell]) -> SourceNote:
    document = ctx.catalogue.documents[document_id]
    locators = distinct(cell.locator for cell in cells if cell.locator)
    details = [ctx.words("source.by", supplier=document.supplier)]
    if document.secondary:
        details.append(ctx.words("source.secondary"))
    observed = distinct(text for cell in cells if (text := _took_part(ctx, cell)))
    if observed and len(observed) <= _MOST_GROUPS:
        details.append(ctx.words("source.took_part", who=and_list(observed, ctx.locale)))
    shown, more = locators[:_MOST_LOCATORS], len(locators) - _MOST_LOCATORS
    if more > 0:
        details.append(ctx.words.count("source.more_locators", more, more=more))
    return SourceNote(
        heading=_heading(ctx, cells),
        document=document.title,
        locator="; ".join(shown) or None,
        locator_label=ctx.words("source.locator"),
        link=document_link(ctx, document),
        details=tuple(details),
    )


_MOST_LOCATORS = 3
_MOST_GROUPS = 3


def _heading(ctx: Context, cells: Sequence[ValueCell]) -> str:
    sectors = distinct(ctx.labels.sector_short(cell.sector_code) for cell in cells)
    who = (
        sectors[0]
        if len(sectors) == 1
        else ctx.words.count("source.sectors", len(sectors), count=len(sectors))
    )
    years = ctx.values.years(cells)
    return f"{who}, {years}" if years else who


def _took_part(ctx: Context, cell: ValueCell) -> str:
    if cell.n_observed is None or cell.n_unit in ("", "amount"):
        return ""
    observed = ctx.values.observed(cell)
    if cell.provider_group == ALL:
        return observed
    return f"{observed} ({ctx.labels.provider_group(cell.provider_group)})"


def notices(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[Notice, ...]:
    """Makes the warnings of an indicator and of the cells shown, cautions first."""
    codes = distinct((*indicator.caveats, *(code for cell in cells for code in cell.caveats)))
    return caveat_notices(ctx, codes)


def caveat_notices(ctx: Context, codes: Sequence[str]) -> tuple[Notice, ...]:
    """Makes a notice per caveat of the vocabulary, cautions first."""
    caveats = [ctx.catalogue.caveats[code] for code in codes]
    ordered = sorted(caveats, key=lambda caveat: caveat.severity != "caution")
    return tuple(
        Notice(
            caveat.title.text(ctx.locale), caveat.text.text(ctx.locale), severity=caveat.severity
        )
        for caveat in ordered
    )


def own_remarks(ctx: Context, cells: Sequence[ValueCell]) -> tuple[Notice, ...]:
    """Makes a notice of what the warnings of the vocabulary leave out, per printed figure.

    These remarks exist in Dutch only (our reading of a Dutch source); the English site shows
    the words of the delivery, which are English.
    """
    rows = ctx.data.figures_by_id([one for cell in cells for one in cell.figure_ids])
    column = "caveat_nl" if ctx.locale == "nl" else "caveat"
    texts = distinct(text for row in rows if (text := _remark(row, column)))
    return tuple(Notice(ctx.words("remark.title"), text) for text in texts[:_MOST_REMARKS])


_MOST_REMARKS = 4


def _remark(row: Row, column: str) -> str:
    # Without words of our own the keys say it all, and are shown already.
    return text_of(row.get(column)) if text_of(row.get("caveat_nl")) else ""


def citation(ctx: Context, title: str, cells: Sequence[ValueCell]) -> str:
    """Writes how to cite a view: site, title, years, documents and release."""
    documents = distinct(ctx.labels.document(c.document_id) for c in cells if c.document_id)
    shown = and_list([f"‘{title}’" for title in documents[:_MOST_LOCATORS]], ctx.locale)
    if len(documents) > _MOST_LOCATORS:
        shown = ctx.words("cite.more", documents=shown, more=len(documents) - _MOST_LOCATORS)
    return ctx.words(
        "cite.text",
        site=ctx.words("site.name"),
        title=title,
        years=ctx.values.years(cells) or ctx.words("cite.no_year"),
        documents=shown,
        release=ctx.data.release_id(),
    )
