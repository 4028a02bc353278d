"""How one place compares with the whole country, and whether its series has a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import year_span
from dashboard.text.words import words
from dashboard.views.blocks import KeyItem
from dashboard.views.cells import number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.text.words import Words
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from dashboard.views.places import PlaceKind

_SERIES = (
    "sector_code", "insurer_code", "region_code", "provider_group", "category", "base", "evidence",
)  # fmt: skip


def own_words(ctx: Context) -> Words:
    """Returns the words of the pages of regions and insurers."""
    return words(f"places.{ctx.locale}")


def compared(ctx: Context, kind: PlaceKind, cell: ValueCell | None) -> KeyItem | None:
    """Returns the shape and the words of a comparison; None where none was made."""
    if cell is None or not cell.comparison:
        return None
    return KeyItem(cell.comparison, own_words(ctx)(f"compared.{kind}.{cell.comparison}"))


def comparison_key(ctx: Context, kind: PlaceKind) -> tuple[KeyItem, ...]:
    """Returns what each shape of a comparison says, with the rule behind it."""
    found = own_words(ctx).all(f"compared.{kind}")
    return tuple(KeyItem(name, text) for name, text in found.items())


def whole_value(ctx: Context, cell: ValueCell, whole: ValueCell | None) -> str:
    """Writes the value of the whole beside that of a place; empty where none is known.

    It is the value that the comparison was made with, where there is one.
    """
    if cell.comparison_value is not None:
        return ctx.values.number(cell.comparison_value, cell)
    return "" if whole is None else ctx.values.short(whole)


def trend_of(ctx: Context, cell: ValueCell, verdicts: Sequence[Row]) -> KeyItem | None:
    """Says whether the series of a cell rises or falls; None where no verdict was made."""
    own = own_words(ctx)
    for row in verdicts:
        if any(text_of(row.get(name)) != getattr(cell, name) for name in _SERIES):
            continue
        verdict = text_of(row["verdict"])
        if verdict == "undetermined":
            return KeyItem("trend_undetermined", own("trend.undetermined"))
        first, last = number_of(row.get("first_year")), number_of(row.get("last_year"))
        years = year_span(int(first or 0), int(last or 0), ctx.locale)
        return KeyItem(f"trend_{verdict}", own(f"trend.{verdict}", years=years))
    return None


def answered(ctx: Context, cell: ValueCell) -> str:
    """Writes the unweighted number behind a value, e.g. "52 respondenten"."""
    if cell.n_observed is None or cell.n_unit in ("", "amount"):
        return ""
    return ctx.values.observed(cell)
