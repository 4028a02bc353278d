"""The CSV of printed figures: every column as delivered, and the words of the page beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.cells import figure_cell, number_of, text_of, words_of
from dashboard.views.figures import wanted
from dashboard.views.figures_table import measure_of, split_of
from dashboard.views.table_csv import write_csv

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from dashboard.views.data import Row

_TEXTS = (
    "figure_id", "source_id", "document_id", "document_title", "publication_year", "url",
    "locator", "topic", "subtopic", "sector_code", "provider_group", "period", "population",
    "breakdown_dimension", "breakdown_value", "breakdown2_dimension", "breakdown2_value",
    "measure", "measure_code", "unit", "n_unit", "n_text", "qualifier", "caveat", "caveat_nl",
    "status", "evidence", "voice", "insurer_code", "region_code", "repeats_figure_id",
    "repeat_kind", "correction_id", "correction_should_be", "delivery_id",
)  # fmt: skip
_NUMBERS = ("value", "value_low", "value_high", "n", "numerator", "decimals")
_OURS = (
    "topic_label", "sector_label", "measure_label", "split_label", "population_label",
    "value_label", "status_label", "statement", "caveats", "caveat_texts",
    "correction_arithmetic", "release_id",
)  # fmt: skip


def figures_csv(ctx: Context) -> str:
    """Writes all figures of the choices in the address, not only those of one page."""
    rows, _ = ctx.data.figures(**wanted(ctx), offset=0, limit=None)
    arithmetic: dict[str, str] = {}
    for row in ctx.data.corrections():
        reason = text_of(row[f"reason_{ctx.locale}"])
        arithmetic.setdefault(text_of(row["figure_id"]), reason)
    return write_csv([_row(ctx, row, arithmetic) for row in rows], (*_TEXTS, *_NUMBERS, *_OURS))


def _row(ctx: Context, row: Row, arithmetic: dict[str, str]) -> dict[str, object]:
    labels = ctx.labels
    codes = words_of(row["caveats"])
    written: dict[str, object] = {name: text_of(row[name]) for name in _TEXTS}
    year = number_of(row["publication_year"])
    written["publication_year"] = "" if year is None else str(int(year))
    written |= {name: number_of(row[name]) for name in _NUMBERS}
    return written | {
        "topic_label": labels.topic(text_of(row["topic"])),
        "sector_label": labels.sector(text_of(row["sector_code"])),
        "measure_label": measure_of(ctx, row),
        "split_label": "; ".join(split_of(ctx, row)),
        "population_label": labels.population(text_of(row["population"])),
        "value_label": ctx.values.short(figure_cell(row)),
        "status_label": labels.status(text_of(row["status"])),
        "statement": text_of(row[f"statement_{ctx.locale}"]),
        "caveats": ";".join(codes),
        "caveat_texts": " | ".join(
            ctx.catalogue.caveats[code].text.text(ctx.locale) for code in codes
        ),
        "correction_arithmetic": arithmetic.get(text_of(row["figure_id"]), ""),
        "release_id": ctx.data.release_id(),
    }
