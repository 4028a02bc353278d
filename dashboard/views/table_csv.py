"""The CSV of a view: the same cells as the chart, in numbers that any machine reads."""

from __future__ import annotations

import csv
import io
import re
from numbers import Number
from typing import TYPE_CHECKING

from dashboard.text import number
from dashboard.views.cubes import breaks_of, is_cube, is_example, is_letter, series_key
from dashboard.views.dated_events import events_in_force
from dashboard.views.moments import vintage_words
from dashboard.views.provenance import is_known
from dashboard.views.revised import revision_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.cubes import CubeBreak
    from warehouse.catalogue.schema import Indicator


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NEGATIVE = re.compile(r"-[\d.,]+ ?%?")
"""A negative number as text, which no spreadsheet takes for more than that."""


def cells_csv(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Writes cells as CSV: codes and bare numbers, and beside them the words of the page."""
    breaks = breaks_of(ctx, indicator, cells) if is_cube(indicator) else []
    return write_csv([_row(ctx, indicator, cell, breaks) for cell in cells], _COLUMNS)


def write_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Writes rows as CSV with a header line and Unix line ends."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def _plain(value: object) -> str:
    """Writes a value without notation of any language; missing stays empty."""
    if value is None:
        return ""
    if isinstance(value, float):
        # The digits that the number shows: no thousands mark, a point for decimals.
        return number(value, "en").replace(",", "")
    text = str(value)
    if isinstance(value, Number) or _NEGATIVE.fullmatch(text):
        return text
    # A spreadsheet would run a text that starts like a formula.
    return f"'{text}" if text.startswith(_FORMULA) else text


_COLUMNS = (
    "indicator_id", "indicator", "sector_code", "sector", "period", "period_year",
    "insurer_code", "insurer", "region_code", "region", "provider_group",
    "provider_group_label", "category", "category_label", "population", "voice", "evidence",
    "base", "base_label", "value", "value_low", "value_high", "unit", "decimals", "value_label",
    "qualifier", "numerator", "denominator", "n_observed", "n_unweighted", "n_unit", "ci_low",
    "ci_high", "ci_method", "comparison", "comparison_label", "comparison_value", "status",
    "status_label", "suppression", "suppression_label", "comparable_group", "break_before",
    "events",
    "source_id", "document_id", "document", "locator", "url", "licence", "figure_ids",
    "caveats", "caveat_texts", "first_value", "first_value_label", "first_status",
    "first_published_on", "revision", "revised_on", "delivery_id", "release_id", "as_of", "note",
)  # fmt: skip


def _row(
    ctx: Context, indicator: Indicator, cell: ValueCell, breaks: Sequence[CubeBreak]
) -> dict[str, object]:
    labels = ctx.labels
    document = ctx.catalogue.documents.get(cell.document_id)
    caveats = [ctx.catalogue.caveats[code] for code in cell.caveats]
    return {
        "indicator_id": cell.indicator_id,
        "indicator": indicator.text(ctx.locale).title,
        "sector_code": cell.sector_code,
        "sector": labels.sector(cell.sector_code),
        "period": cell.period,
        "period_year": cell.period_year,
        "insurer_code": cell.insurer_code,
        "insurer": labels.insurer(cell.insurer_code),
        "region_code": cell.region_code,
        "region": labels.region(cell.region_code),
        "provider_group": cell.provider_group,
        "provider_group_label": labels.provider_group(cell.provider_group),
        "category": cell.category,
        "category_label": labels.category(cell.category),
        "population": labels.population(cell.population),
        "voice": cell.voice,
        "evidence": cell.evidence,
        "base": cell.base,
        "base_label": labels.base(cell.base),
        "value": cell.value,
        "value_low": cell.value_low,
        "value_high": cell.value_high,
        "unit": cell.unit,
        "decimals": cell.decimals,
        "value_label": ctx.values.short(cell),
        "qualifier": cell.qualifier,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
        "n_observed": cell.n_observed,
        "n_unweighted": cell.n_unweighted,
        "n_unit": cell.n_unit,
        "ci_low": cell.ci_low,
        "ci_high": cell.ci_high,
        "ci_method": cell.ci_method,
        "comparison": cell.comparison,
        "comparison_label": ctx.values.comparison(cell),
        "comparison_value": cell.comparison_value,
        "status": cell.status,
        "status_label": labels.status(cell.status),
        "suppression": cell.suppression,
        "suppression_label": ctx.values.suppressed(cell),
        "comparable_group": cell.comparable_group,
        "break_before": _break_before(ctx, indicator, cell, breaks),
        "events": events_in_force(ctx, indicator, cell),
        "source_id": cell.source_id,
        "document_id": cell.document_id,
        "document": document.title if document else None,
        "locator": cell.locator,
        "url": _known(ctx, document.url) if document else None,
        "licence": _known(ctx, document.licence) if document else None,
        "figure_ids": ";".join(cell.figure_ids),
        "caveats": ";".join(cell.caveats),
        "caveat_texts": " | ".join(caveat.text.text(ctx.locale) for caveat in caveats),
        "delivery_id": cell.delivery_id,
        "release_id": ctx.release_id,
        "as_of": ctx.selection.as_of,
        **revision_columns(ctx, cell),
        "note": _note(ctx, cell),
    }


def _note(ctx: Context, cell: ValueCell) -> str:
    """Says in every row what a reader of a loose row must know."""
    past = vintage_words(ctx)
    notes = [
        past("unknown.note", word=ctx.not_shown) if ctx.not_shown else "",
        ctx.words("example.note") if is_example([cell]) else "",
        ctx.words("letter.text") if is_letter(ctx.catalogue, cell.insurer_code) else "",
    ]
    return " ".join(note for note in notes if note)


def _known(ctx: Context, value: str) -> str:
    """Writes what is not known in the language of the page, as the pages do."""
    return value if is_known(value) else ctx.words("source.unknown")


def _break_before(
    ctx: Context, indicator: Indicator, cell: ValueCell, breaks: Sequence[CubeBreak]
) -> str:
    """Names the break after which this cell lies, so that no one joins it to older ones."""
    if cell.period_year is None:
        return ""
    passed = [
        one
        for one in indicator.breaks
        if one.after < cell.period_year and (not one.sectors or cell.sector_code in one.sectors)
    ]
    found = [(one.after, one.text(ctx.locale)) for one in passed]
    if is_cube(indicator):
        found += [
            (after, text)
            for after, text, series in breaks
            if after < cell.period_year and series_key(cell) in series
        ]
    return max(found)[1] if found else ""
