"""One change of a figure in words: what it was, what it is, how much, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard.text.words import words
from dashboard.views.cells import ValueCell, plain_cell
from dashboard.views.headlines import about_cell
from dashboard.views.labels import ALL, UnknownCodeError, capital
from dashboard.views.sizes import size_of_change
from warehouse.cube import EXAMPLE

if TYPE_CHECKING:
    from dashboard.text.words import Words
    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Indicator

_SETTLED = frozenset({"", "final", "suppressed", "not_in_text", "no_number"})
"""Statuses that a value says by itself, or that need no word."""
_SHOWN_DECIMALS = 4


@dataclass(frozen=True)
class Change:
    """What a release changed of one cell; `old` is None where there was none before."""

    release_id: str
    kind: str
    """`changed`, `final`, `new`, `gone` or `hidden`."""
    cell: ValueCell
    """The cell as it became; of one that went, without a value."""
    old: ValueCell | None

    @property
    def is_example(self) -> bool:
        """Whether the figure is invented."""
        return self.cell.evidence == EXAMPLE


def is_also_revised(change: Change) -> bool:
    """Tells whether a value that became final is another value as well."""
    old, new = change.old, change.cell
    return (
        change.kind == "final"
        and old is not None
        and (old.value, old.value_low, old.value_high) != (new.value, new.value_low, new.value_high)
    )


def own_words(ctx: Context) -> Words:
    """Returns the words of the page of changes."""
    return words(f"changes.{ctx.locale}")


def change_of(row: Row) -> Change:
    """Turns a row of `warehouse.changes.change_rows` into a change."""
    cell = plain_cell(row)
    kind = str(row["kind"])
    if kind == "new":
        return Change(str(row["release_id"]), kind, cell, None)
    old = replace(
        cell,
        value=row["old_value"],
        value_low=row["old_value_low"],
        value_high=row["old_value_high"],
        # What is hidden now keeps its earlier values to itself.
        status="suppressed" if cell.status == "suppressed" else row["old_status"] or "",
        numerator=row["old_numerator"],
        n_observed=row["old_n_observed"],
        qualifier=row["old_qualifier"] or "",
        label_nl=row["old_label_nl"] or "",
        label_en=row["old_label_en"] or "",
        unit=row["old_unit"] or cell.unit,
        decimals=cell.decimals if row["old_decimals"] is None else row["old_decimals"],
    )
    return Change(str(row["release_id"]), kind, cell, old)


def about(ctx: Context, change: Change) -> str:
    """Names the cell, e.g. "Materiële kosten, 2023"."""
    cell = change.cell
    # Beside a cell that is split no way, each part of the name is told.
    among = (cell, replace(cell, category=ALL, voice="", region_code=""))
    try:
        named = about_cell(ctx, cell, among)
    except UnknownCodeError:
        # The words of what is gone may be gone too; its codes stay.
        named = ", ".join(
            code
            for code in (cell.insurer_code, cell.region_code, cell.sector_code, cell.category)
            if code not in ("", ALL, "NL")
        )
    base = ctx.labels.base(cell.base) if _names_base(ctx, cell) else ""
    parts = [part for part in (named, base, ctx.values.period(cell)) if part]
    return capital(", ".join(parts)) or indicator_title(ctx, cell.indicator_id)


def _names_base(ctx: Context, cell: ValueCell) -> bool:
    indicator = ctx.catalogue.indicators.get(cell.indicator_id)
    split = indicator is not None and "base" in indicator.dimensions
    return split and cell.base in ctx.catalogue.bases and cell.base not in ("", "none")


def indicator_of(ctx: Context, indicator_id: str) -> Indicator | None:
    """Returns an indicator; None where it is no longer in the catalogue."""
    return ctx.catalogue.indicators.get(indicator_id)


def indicator_title(ctx: Context, indicator_id: str) -> str:
    """Returns the title of an indicator, or that it is no longer there."""
    found = indicator_of(ctx, indicator_id)
    if found is None:
        return own_words(ctx)("group.unknown", code=indicator_id)
    return found.text(ctx.locale).title


def old_text(ctx: Context, change: Change) -> str:
    """Writes what it was."""
    if change.old is None:
        return own_words(ctx)("value.none")
    if change.kind == "hidden":
        return own_words(ctx)("value.was_shown")
    return _value(ctx, change.old)


def new_text(ctx: Context, change: Change) -> str:
    """Writes what it is since this release."""
    if change.kind == "gone":
        return own_words(ctx)("value.gone")
    return _value(ctx, change.cell)


def _value(ctx: Context, cell: ValueCell) -> str:
    """Writes a value, with its status where that is not final."""
    text = ctx.values.short(cell)
    if cell.status in _SETTLED or not cell.has_number:
        return text
    status = ctx.labels.status(cell.status)
    return own_words(ctx)("value.status", value=text, status=status)


def difference(change: Change) -> float | None:
    """Returns the difference of two points in one unit; None where there is none to tell."""
    old, new = change.old, change.cell
    if old is None or old.value is None or new.value is None or old.unit != new.unit:
        return None
    if old.kind != "point" or new.kind != "point":
        return None
    return float(Decimal(str(new.value)) - Decimal(str(old.value)))


def size_text(ctx: Context, change: Change) -> str:
    """Writes how much it changed and which way, e.g. "2,97 procentpunt lager"."""
    found = difference(change)
    old, new = change.old, change.cell
    if found is None or old is None or old.value is None or new.value is None:
        return ""
    if old.is_count_share or new.is_count_share or ctx.labels.is_name(new.unit):
        # A count out of a few is told as a count; percentage points would say too much.
        return ""
    own = own_words(ctx)
    if not found:
        return own("size.alike")
    decimals = max(_decimals(old), _decimals(new))
    told = size_of_change(ctx, old.value, new.value, new.unit, decimals)
    return told or own("size.rounding")


def _decimals(cell: ValueCell) -> int:
    """Returns the decimals that a value is printed with."""
    value = cell.value or 0.0
    if cell.is_computed or round(value, cell.decimals) == value:
        return cell.decimals
    digits = -int(Decimal(str(value)).normalize().as_tuple().exponent)
    return min(max(digits, cell.decimals), _SHOWN_DECIMALS)
