"""Where numbers come from and what to mind: source notes, warnings and how to cite."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.blocks import Link, Notice, SourceNote
from dashboard.views.cells import ValueCell, distinct, text_of
from dashboard.views.cube_shown import not_together
from dashboard.views.cubes import is_cube, is_example, is_letter
from dashboard.views.labels import ALL, capital

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
    """Makes one note per document behind the cells, that of the first cell first."""
    cells = tuple({cell.key: cell for cell in cells}.values())
    documents = distinct(cell.document_id for cell in cells if cell.document_id)
    notes = [
        _note(ctx, document_id, [cell for cell in cells if cell.document_id == document_id])
        for document_id in documents
    ]
    own = [cell for cell in cells if not cell.document_id and cell.source_id]
    sources = distinct(cell.source_id for cell in own)
    notes += [
        _computed_note(ctx, source, [cell for cell in own if cell.source_id == source])
        for source in sources
    ]
    return tuple(notes)


def _computed_note(ctx: Context, source_id: str, cells: Sequence[ValueCell]) -> SourceNote:
    """Says of figures that we computed from which files, and that they were not printed."""
    source = ctx.catalogue.sources[source_id]
    files = distinct(cell.delivery_id for cell in cells if cell.delivery_id)
    shown, more = files[:_MOST_LOCATORS], len(files) - _MOST_LOCATORS
    details = [capital(ctx.labels.evidence(code)) for code in distinct(c.evidence for c in cells)]
    details += _counted(ctx, cells)
    if more > 0:
        details.append(ctx.words.count("source.more_files", more, more=more))
    return SourceNote(
        heading=_heading(ctx, cells),
        document=source.title.text(ctx.locale),
        locator="; ".join(shown) or None,
        locator_label=ctx.words("source.files"),
        link=ctx.link(
            ctx.words("source.about"),
            ctx.to("sources"),
            label=ctx.words("source.about_label", title=source.title.text(ctx.locale)),
        ),
        details=tuple(details),
    )


def _note(ctx: Context, document_id: str, cells: Sequence[ValueCell]) -> SourceNote:
    document = ctx.catalogue.documents[document_id]
    locators = distinct(cell.locator for cell in cells if cell.locator)
    by = "source.via" if document.secondary else "source.by"
    details = [ctx.words(by, supplier=document.supplier)]
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


def _counted(ctx: Context, cells: Sequence[ValueCell]) -> list[str]:
    """Says on how many answers the values rest, from the least to the most, without weights."""
    counted = [cell for cell in cells if cell.n_unweighted is not None and ctx.values.count(cell)]
    by_number = sorted(counted, key=lambda cell: cell.n_unweighted or 0.0)
    if not by_number:
        return []
    least, most = (ctx.values.observed(cell) for cell in (by_number[0], by_number[-1]))
    if least == most:
        return [ctx.words("source.counted_alike", number=most)]
    return [ctx.words("source.counted", least=least, most=most)]


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
    return capital(f"{who}, {years}" if years else who)


def _took_part(ctx: Context, cell: ValueCell) -> str:
    if cell.n_observed is None or cell.n_unit in ("", "amount"):
        return ""
    observed = ctx.values.observed(cell)
    if cell.provider_group == ALL:
        return observed
    # Without what the name of a group has in brackets: it stands in brackets itself.
    group = ctx.labels.provider_group(cell.provider_group).split(" (", 1)[0]
    return f"{observed} ({group})"


def cube_notices(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]
) -> tuple[Notice, ...]:
    """Makes the remarks of a computed chart: hidden values, letters, filters not together."""
    if not is_cube(indicator):
        return ()
    words = ctx.words
    found = []
    if any(is_letter(ctx.catalogue, cell.insurer_code) for cell in cells):
        found.append(Notice(words("letter.title"), words("letter.text"), severity="caution"))
    if not_together(indicator, ctx.selection):
        found.append(Notice(words("together.title"), words("together.text"), severity="caution"))
    hidden = [cell for cell in cells if cell.kind == "suppressed"]
    if hidden:
        reasons = distinct(words(f"suppressed.because.{c.suppression or 'few'}") for c in hidden)
        title = words.count("suppressed.title", len(hidden), count=len(hidden), all=len(cells))
        found.append(Notice(title, " ".join(reasons)))
    return tuple(found)


def notices(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[Notice, ...]:
    """Makes the warnings beside a chart: the weightiest in full, the others by their title.

    The page of the indicator has them all in full.
    """
    codes = caveat_codes(ctx, indicator, cells)
    found = caveat_notices(ctx, codes[:_MOST_NOTICES])
    rest = [ctx.catalogue.caveats[code].title.text(ctx.locale) for code in codes[_MOST_NOTICES:]]
    if not rest:
        return found
    place = "more_here" if ctx.address.page == "indicator" else "more_text"
    more = Notice(
        ctx.words.count("caveat.more", len(rest), count=len(rest)),
        ctx.words(f"caveat.{place}", titles="; ".join(rest)),
    )
    return (*found, more)


_MOST_NOTICES = 3


def caveat_codes(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[str, ...]:
    """Returns the warnings of an indicator and its cells, the weightiest first.

    Cautions come before notes, those of the whole indicator before those of single cells,
    and those of many cells before those of few.
    """
    counts = Counter(code for cell in cells for code in cell.caveats)

    def weight(code: str) -> tuple[bool, bool, int]:
        caution = ctx.catalogue.caveats[code].severity == "caution"
        return not caution, code not in indicator.caveats, -counts[code]

    return tuple(sorted({*indicator.caveats, *counts}, key=lambda code: (*weight(code), code)))


def caveat_notices(ctx: Context, codes: Sequence[str]) -> tuple[Notice, ...]:
    """Makes a notice per caveat of the vocabulary."""
    caveats = [ctx.catalogue.caveats[code] for code in codes]
    return tuple(
        Notice(
            caveat.title.text(ctx.locale), caveat.text.text(ctx.locale), severity=caveat.severity
        )
        for caveat in caveats
    )


def own_remarks(ctx: Context, cells: Sequence[ValueCell]) -> list[tuple[str, str]]:
    """Returns what the warnings of the vocabulary leave out, per printed figure.

    These remarks exist in Dutch only (our reading of a Dutch source); the English site shows
    the words of the delivery, which are English.

    Returns:
        Pairs of the period and value that a remark is about, and the remark.
    """
    column = "caveat_nl" if ctx.locale == "nl" else "caveat"
    found: dict[str, list[str]] = {}
    for cell in cells:
        for row in ctx.data.figures_by_id(cell.figure_ids):
            text = _remark(row, column)
            about = ctx.words(
                "remark.about",
                value=ctx.values.short(cell),
                where=", ".join(
                    part
                    for part in (ctx.labels.sector_short(cell.sector_code), ctx.values.period(cell))
                    if part
                ),
            )
            if text and about not in found.get(text, []):
                found.setdefault(text, []).append(about)
    return [("; ".join(about), text) for text, about in found.items()]


def _remark(row: Row, column: str) -> str:
    # Without words of our own the keys say it all, and are shown already.
    return text_of(row.get(column)) if text_of(row.get("caveat_nl")) else ""


def citation(ctx: Context, title: str, cells: Sequence[ValueCell]) -> str:
    """Writes how to cite a view: site, title, years, documents and release."""
    documents = distinct(
        ctx.labels.document(c.document_id) if c.document_id else ctx.labels.source(c.source_id)
        for c in cells
        if c.document_id or c.source_id
    )
    shown = and_list([f"‘{title}’" for title in documents[:_MOST_LOCATORS]], ctx.locale)
    if len(documents) > _MOST_LOCATORS:
        shown = ctx.words("cite.more", documents=shown, more=len(documents) - _MOST_LOCATORS)
    text = ctx.words(
        "cite.text",
        site=ctx.words("site.name"),
        title=title,
        years=ctx.values.years(cells) or ctx.words("cite.no_year"),
        documents=shown,
        release=ctx.release_id,
    )
    return ctx.words("example.cite", text=text) if is_example(cells) else text


def party_of(document: Document) -> str:
    """Names who says it: the catalogue writes "reporter, over party" for a second-hand source."""
    return document.supplier.rsplit(", over ", 1)[-1]
