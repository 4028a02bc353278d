"""What stands in the places of a headline: names and numbers, with the cell each came from."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dashboard.text import and_list
from dashboard.views.cells import ValueCell, distinct, newest_first

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.views.context import Context

_BRACKETS = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True)
class Filling:
    """Values for the placeholders of a sentence, with the cell each came from."""

    values: dict[str, str]
    cells: dict[str, ValueCell]
    used: tuple[ValueCell, ...]


def filling_of(ctx: Context, cell: ValueCell) -> Filling:
    """Fills every placeholder that one cell has an answer to."""
    labels, values = ctx.labels, ctx.values
    filled = {
        # Without the abbreviation that some names carry in brackets: "(ggz)", "(Wlz)".
        "sector": _BRACKETS.sub("", labels.sector(cell.sector_code)),
        "insurer": labels.insurer(cell.insurer_code),
        "region": labels.region(cell.region_code),
        "provider_group": labels.provider_group(cell.provider_group),
        "year": values.period(cell),
        "value": values.short(cell),
    }
    if cell.category:
        filled["category"] = labels.category(cell.category)
    if cell.base not in ("", "none"):
        filled["base"] = labels.base(cell.base)
    if cell.numerator is not None:
        filled["numerator"] = values.plain(cell.numerator, replace(cell, decimals=0))
    if cell.n_observed is not None:
        filled["n"] = values.plain(cell.n_observed, replace(cell, decimals=0))
    if cell.value_low is not None:
        filled["low"] = values.plain(cell.value_low, cell)
    if cell.value_high is not None:
        filled["high"] = values.plain(cell.value_high, cell)
    return Filling(filled, dict.fromkeys(filled, cell), (cell,))


def _latest(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    numbered = [cell for cell in cells if cell.has_number]
    return filling_of(ctx, newest_first(numbered)[0]) if numbered else None


def _count(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    counted = [cell for cell in cells if cell.numerator is not None or cell.kind == "point"]
    return filling_of(ctx, newest_first(counted)[0]) if counted else None


def _change(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    """Fills a sentence of change from the two newest points of one comparable group."""
    points = [cell for cell in newest_first(cells) if cell.kind == "point"]
    for last in points:
        before = [
            cell
            for cell in points
            if cell.comparable_group == last.comparable_group and cell.year < last.year
        ]
        if not before:
            continue
        return _changed(ctx, before[0], last)
    return None


def _changed(ctx: Context, before: ValueCell, last: ValueCell) -> Filling | None:
    if before.value is None or last.value is None or before.value == last.value:
        return None
    if _margins_overlap(before, last):
        return None
    filled = filling_of(ctx, last)
    word = "direction.up" if last.value > before.value else "direction.down"
    filled.values.update(
        direction=ctx.words(word),
        previous_year=ctx.values.period(before),
        previous_value=ctx.values.short(before),
    )
    filled.cells.update(direction=last, previous_year=before, previous_value=before)
    return replace(filled, used=(before, last))


def _margins_overlap(one: ValueCell, other: ValueCell) -> bool:
    if one.ci_low is None or one.ci_high is None or other.ci_low is None or other.ci_high is None:
        return False
    return one.ci_low <= other.ci_high and other.ci_low <= one.ci_high


def _largest(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    """Fills a sentence about the largest value; equals are named together."""
    points = [(cell.value, cell) for cell in cells if cell.value is not None]
    if len(points) < 2:
        # One value is not the largest of anything.
        return None
    top = max(value for value, _ in points)
    largest = [cell for value, cell in points if value == top]
    filled = filling_of(ctx, largest[0])
    for name in ("sector", "insurer", "region", "category", "provider_group"):
        each = distinct(filling_of(ctx, cell).values.get(name, "") for cell in largest)
        if len(each) > 1:
            filled.values[name] = and_list(each, ctx.locale)
    return replace(filled, used=tuple(largest))


def _range(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    """Fills a sentence about a range: one range of the source, or lowest to highest value."""
    ranges = [cell for cell in newest_first(cells) if cell.kind == "range"]
    if ranges:
        return filling_of(ctx, ranges[0])
    points = sorted(
        (cell for cell in cells if cell.value is not None), key=lambda cell: cell.value or 0.0
    )
    if len(points) < 2:
        return None
    low, high = points[0], points[-1]
    filled = filling_of(ctx, high)
    filled.values.update(low=ctx.values.short(low), high=ctx.values.short(high))
    filled.cells.update(low=low, high=high)
    return replace(filled, used=(low, high))


def _text(ctx: Context, cells: Sequence[ValueCell]) -> Filling | None:
    return filling_of(ctx, newest_first(cells)[0]) if cells else None


FILLINGS: Final[dict[str, Callable[[Context, Sequence[ValueCell]], Filling | None]]] = {
    "change": _change,
    "latest": _latest,
    "count": _count,
    "largest": _largest,
    "range": _range,
    "text": _text,
}


def covers(template: str, filling: Filling) -> bool:
    """Says whether a filling has something for every place of a sentence."""
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return names <= filling.values.keys()
