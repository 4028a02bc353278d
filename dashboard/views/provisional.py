"""The word "provisional" in a sentence, beside the number or the period that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.moments import vintage_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context

_WAITING = "provisional"


def period_told(ctx: Context, cells: Sequence[ValueCell], period: str = "") -> str:
    """Writes the period of cells, with the word "provisional" where all of them are."""
    told = period or ctx.values.period(cells[0])
    if all(cell.status == _WAITING for cell in cells):
        return vintage_words(ctx)("headline.period", period=told)
    return told


def status_told(ctx: Context, cell: ValueCell) -> str:
    """Writes in brackets what follows a number that is provisional; else nothing."""
    return vintage_words(ctx)("headline.provisional") if cell.status == _WAITING else ""
