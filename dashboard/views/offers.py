"""What can be chosen of an indicator: the codes and years for which it has a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.cubes import is_cube, is_letter
from dashboard.views.selecting import NOT_SPLIT, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_COLUMN_OF = {
    "sector": "sector_code",
    "insurer": "insurer_code",
    "region": "region_code",
    "provider": "provider_group",
}


@dataclass(frozen=True)
class Offer:
    """The codes per filter and the years of one indicator."""

    codes: Mapping[str, frozenset[str]]
    years: frozenset[int]
    letters: bool = False
    """Whether its insurers are letters, which cannot be chosen on a page of several tables."""


def offer_of(ctx: Context, indicator: Indicator) -> Offer:
    """Returns what an indicator offers, whatever is chosen.

    A letter for an insurer is offered on the page of its own figure only: elsewhere the same
    letter is someone else.
    """
    letters = False
    if is_cube(indicator):
        found = ctx.data.options(indicator.id, examples=ctx.selection.examples)
        codes = {name: set(found[column]) for name, column in _COLUMN_OF.items()}
        if ctx.address.page != "indicator":
            named = {c for c in codes["insurer"] if not is_letter(ctx.catalogue, c)}
            letters = named != codes["insurer"]
            codes["insurer"] = named
        years = {int(year) for year in found["period_year"]}
    else:
        cells = ctx.data.cells(indicator.id)
        codes = {name: {code_of(cell, name) for cell in cells} for name in _COLUMN_OF}
        years = {cell.period_year for cell in cells if cell.period_year is not None}
    return Offer(
        {name: frozenset(found_codes - {NOT_SPLIT[name]}) for name, found_codes in codes.items()},
        frozenset(years),
        letters,
    )
