"""How much two values of one cell differ, in the unit that a reader counts in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from dashboard.text import number, value_text
from dashboard.text.words import words

if TYPE_CHECKING:
    from dashboard.views.context import Context

_IN_POINTS = frozenset({"percent", "points_below_index"})
"""Units of which a difference is counted in percentage points."""


def size_of_change(ctx: Context, old: float, new: float, unit: str, decimals: int) -> str:
    """Writes by how much a value went up or down, e.g. "0,4 procentpunt hoger".

    It is the difference of the values as they are printed, so that a reader who subtracts finds
    the same. Empty where both are printed alike.

    Args:
        ctx: The page.
        old: The value before.
        new: The value after.
        unit: Unit of both.
        decimals: Decimals with which both are printed.
    """
    difference = _printed(new, decimals) - _printed(old, decimals)
    if not difference:
        return ""
    own = words(f"vintage.{ctx.locale}")
    way = "revised.higher" if difference > 0 else "revised.lower"
    return own(way, size=_size(ctx, abs(difference), unit, decimals))


def _size(ctx: Context, size: Decimal, unit: str, decimals: int) -> str:
    if unit in _IN_POINTS:
        own = words(f"vintage.{ctx.locale}")
        return own("revised.points", number=number(size, ctx.locale, decimals))
    if not unit or ctx.labels.is_name(unit):
        return number(size, ctx.locale, decimals)
    suffix = ctx.labels.suffix(unit, one=size == 1)
    return value_text(size, ctx.locale, decimals=decimals, suffix=suffix)


def _printed(value: float, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
