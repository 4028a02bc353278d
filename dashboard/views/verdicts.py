"""What the numbers of a computed chart mean together: above or below the country, up or down.

Both verdicts follow a written rule (docs/statistics.md) and were made in the build; here they
are only told, each with a shape and a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list, number, year_span
from dashboard.views.blocks import KeyItem
from dashboard.views.cells import ValueCell, distinct, number_of, text_of
from dashboard.views.cube_shown import narrow
from dashboard.views.cubes import is_cube, is_unbroken
from dashboard.views.frames import told
from dashboard.views.labels import capital

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Indicator

_SERIES = (
    "sector_code", "insurer_code", "region_code", "provider_group", "category", "base", "evidence",
)  # fmt: skip
_PARTS = frozenset({"insurer_code", "region_code", "provider_group"})
_NAMED = ("insurer_code", "region_code", "provider_group", "sector_code", "category")


def verdicts(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[KeyItem, ...]:
    """Returns the comparisons and the trends of the series that are shown."""
    if not is_cube(indicator):
        return ()
    return (*_comparisons(ctx, cells), *_trends(ctx, indicator, cells))


def _comparisons(ctx: Context, cells: Sequence[ValueCell]) -> list[KeyItem]:
    """Compares every part in the newest year with the same figure of the whole country."""
    newest: dict[tuple[str, ...], ValueCell] = {}
    last = max((cell.year for cell in cells), default=0)
    for cell in cells:
        # An insurer that went up in another has no place in the newest year.
        if cell.comparison and cell.year == last:
            newest[_series(cell)] = cell
    apart = _telling_apart(cells)
    return [_compared(ctx, cell, apart) for cell in newest.values()]


def _compared(ctx: Context, cell: ValueCell, apart: Collection[str]) -> KeyItem:
    whole = cell.comparison_value
    text = ctx.words(
        f"verdict.{cell.comparison}",
        who=_who(ctx, cell, apart),
        period=ctx.values.period(cell),
        value=ctx.values.short(cell),
        whole=ctx.words("value.none") if whole is None else ctx.values.number(whole, cell),
    )
    return KeyItem(cell.comparison, text)


def _trends(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[KeyItem]:
    """Says which series rise or fall; series with one verdict and one reason share a sentence."""
    first = {_series(cell): cell for cell in cells}
    grouped: dict[tuple[str, str, str], list[str]] = {}
    sectors = sorted({cell.sector_code for cell in cells})
    apart = _telling_apart(cells)
    for row in ctx.data.trends(narrow(ctx, indicator, ctx.selection, sectors)):
        cell = first.get(tuple(text_of(row.get(name)) for name in _SERIES))
        if cell is not None:
            verdict_of = (text_of(row["verdict"]), text_of(row.get("reason")), _years(ctx, row))
            grouped.setdefault(verdict_of, []).append(_who(ctx, cell, apart))
    found = []
    for (verdict, reason, years), names in grouped.items():
        who = capital(and_list(distinct(names), ctx.locale))
        key = "one_year" if reason == "one_year_decides" else verdict
        if key == "undetermined":
            known = ctx.words.all("trend.reason")
            told_reason = known.get(reason, known["other"])
            text = ctx.words("trend.undetermined", who=who, reason=told_reason)
        else:
            text = ctx.words(f"trend.{key}", who=who, years=years)
        found.append(KeyItem(f"trend_{verdict}", text))
    return found


def _years(ctx: Context, row: Row) -> str:
    """Writes over which years a verdict was reached, and how sure the test is."""
    first, last = number_of(row.get("first_year")), number_of(row.get("last_year"))
    if first is None or last is None or text_of(row["verdict"]) == "undetermined":
        return ""
    span = year_span(int(first), int(last), ctx.locale)
    p = number_of(row.get("p_value"))
    if p is None:
        return span
    level = f"< {number(0.001, ctx.locale)}" if p < 0.001 else f"= {number(p, ctx.locale, 3)}"
    return ctx.words("trend.tested", years=span, p=level)


def _series(cell: ValueCell) -> tuple[str, ...]:
    return tuple(getattr(cell, name) for name in _SERIES)


def _telling_apart(cells: Sequence[ValueCell]) -> tuple[str, ...]:
    """Returns what differs among the cells that are shown."""
    return tuple(name for name in _NAMED if len({getattr(cell, name) for cell in cells}) > 1)


def _who(ctx: Context, cell: ValueCell, apart: Collection[str]) -> str:
    """Names a series by what tells it apart among those shown."""
    parts = [told(ctx, name, cell) for name in apart]
    if is_unbroken(cell) and not _PARTS.isdisjoint(apart):
        parts.insert(0, ctx.words("chart.unbroken"))
    first, *rest = [part for part in parts if part] or [ctx.labels.sector_short(cell.sector_code)]
    # In brackets, for the names of several series stand in one list with commas.
    return capital(f"{first} ({', '.join(rest)})" if rest else first)
