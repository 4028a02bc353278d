"""What a page of all regions or all insurers shows: one figure, of one sector, in one year.

Only what exists can be chosen. A choice in the address that this figure does not have is named
on the page and not applied; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.filters import label_of
from dashboard.views.labels import capital
from dashboard.views.places import (
    PlaceKind,
    cells_by,
    codes_by,
    combinations_by,
    indicators_by,
    is_whole,
    order_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


@dataclass(frozen=True)
class Choice:
    """The figure that is shown of every place, and what else could be chosen."""

    kind: PlaceKind
    indicators: tuple[Indicator, ...]
    indicator: Indicator
    sectors: tuple[str, ...]
    sector: str
    categories: tuple[str, ...]
    category: str
    bases: tuple[str, ...]
    base: str
    years: tuple[int, ...]
    year: int
    cells: tuple[ValueCell, ...]
    """The cells of the places for exactly this choice."""
    whole: ValueCell | None
    """The same of the whole country, or of all insurers together."""
    beside: tuple[ValueCell, ...]
    """The cells of the places for every sector, all else the same."""
    refused: tuple[str, ...]
    """Choices of the address, in words, that this figure does not have."""


def choose(ctx: Context, kind: PlaceKind) -> Choice | None:
    """Reads the choice of the address; None where no figure is split this way."""
    indicators = indicators_by(ctx, kind)
    if kind == "region":
        # Figures of a few provinces only stand on the pages of those.
        indicators = [one for one in indicators if _on_map(ctx, one)]
    if not indicators:
        return None
    refused: list[str] = []
    asked = ctx.selection.indicator
    indicator = next((one for one in indicators if one.id == asked), indicators[0])
    if asked and indicator.id != asked:
        refused.append(label_of(ctx, "indicator", asked))
    within = _insurer_within(ctx, kind, indicator, refused)
    left = combinations_by(ctx, indicator, kind, within)
    where = {key: str(value) for key, value in indicator.headline.where.items()}

    sectors = order_of(ctx, "sector_code", [sector for sector, *_ in left])
    sector = _one(ctx, "sector", sectors, ctx.selection.sectors, where.get("sector_code"), refused)
    left = [one for one in left if one[0] == sector]
    categories = order_of(ctx, "category", [category for _, category, *_ in left])
    category = _one(
        ctx, "category", categories, _asked(ctx.selection.category), where.get("category"), refused
    )
    left = [one for one in left if one[1] == category]
    bases = order_of(ctx, "base", [base for _, _, base, _ in left])
    preferred = next((base for base in indicator.bases if base in bases), None)
    base = _one(ctx, "base", bases, _asked(ctx.selection.base), preferred, refused)
    years = sorted({year for *_, own, year in left if own == base})
    year = _year(ctx, years, refused)

    cells = [
        cell
        for cell in cells_by(ctx, indicator, kind, within=within, year=year)
        if (cell.category, cell.base) == (category, base)
    ]
    beside = tuple(cell for cell in cells if not is_whole(kind, cell))
    whole = [cell for cell in cells if is_whole(kind, cell) and cell.sector_code == sector]
    return Choice(
        kind=kind,
        indicators=tuple(indicators),
        indicator=indicator,
        sectors=tuple(sectors),
        sector=sector,
        categories=tuple(categories),
        category=category,
        bases=tuple(bases),
        base=base,
        years=tuple(years),
        year=year,
        cells=tuple(cell for cell in beside if cell.sector_code == sector),
        whole=whole[0] if len(whole) == 1 else None,
        beside=beside,
        refused=tuple(capital(one) for one in refused),
    )


def _on_map(ctx: Context, indicator: Indicator) -> bool:
    regions = ctx.catalogue.regions
    codes = codes_by(ctx, indicator, "region")
    return any(code in regions and regions[code].row for code in codes)


def _insurer_within(
    ctx: Context, kind: PlaceKind, indicator: Indicator, refused: list[str]
) -> str | None:
    """Returns the insurer that a map is about, where a figure is split both ways at once."""
    asked = ctx.selection.insurer
    if kind != "region" or asked is None:
        return None
    if asked in insurers_within(ctx, indicator):
        return asked
    refused.append(ctx.labels.insurer(asked))
    return None


def insurers_within(ctx: Context, indicator: Indicator) -> list[str]:
    """Returns the insurers of which a figure exists per region."""
    if "insurer+region" not in indicator.breakdowns:
        return []
    return ctx.data.insurers_by_region(indicator.id, examples=ctx.selection.examples)


def _asked(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)


def _one(
    ctx: Context,
    name: str,
    offered: Sequence[str],
    asked: Sequence[str],
    usual: str | None,
    refused: list[str],
) -> str:
    """Returns the choice of the address, else that of the headline, else the first one."""
    refused.extend(label_of(ctx, name, code) for code in asked if code not in offered)
    fitting = [code for code in asked if code in offered]
    # A map shows one of them; the others are named as not applied.
    refused.extend(label_of(ctx, name, code) for code in fitting[1:])
    if fitting:
        return fitting[0]
    return usual if usual is not None and usual in offered else offered[0]


def _year(ctx: Context, offered: Sequence[int], refused: list[str]) -> int:
    """Returns the last year within those asked, else the last that there is."""
    asked = ctx.selection.years
    if asked is None:
        return offered[-1]
    fitting = [year for year in offered if asked[0] <= year <= asked[1]]
    if not fitting:
        refused.append(str(asked[0]) if asked[0] == asked[1] else f"{asked[0]}–{asked[1]}")
        return offered[-1]
    return fitting[-1]
