"""The CSV of the pages of regions and insurers: the same cells, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.place_choice import choose
from dashboard.views.places import PlaceKind, cells_of_place, indicators_by
from dashboard.views.table_csv import cells_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


def places_csv(ctx: Context, kind: PlaceKind) -> str:
    """Writes one figure of all regions or all insurers, with that of the whole."""
    choice = choose(ctx, kind)
    if choice is None:
        return _joined(ctx, [])
    whole = [choice.whole] if choice.whole is not None else []
    return _joined(ctx, [(choice.indicator, [*whole, *choice.cells])])


def place_csv(ctx: Context, kind: PlaceKind, code: str) -> str:
    """Writes every figure of one region or insurer, of every year, beside those of the whole."""
    found = [(one, cells_of_place(ctx, one, kind, code)) for one in indicators_by(ctx, kind)]
    return _joined(ctx, found)


def _joined(ctx: Context, parts: Sequence[tuple[Indicator, Sequence[ValueCell]]]) -> str:
    """Writes the rows of several indicators under one header."""
    anyone = next(iter(ctx.catalogue.indicators.values()))
    header = cells_csv(ctx, anyone, [])
    return header + "".join(cells_csv(ctx, one, cells)[len(header) :] for one, cells in parts)
