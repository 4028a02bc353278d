"""What changed since the moment that a reader looks back to, of what a page shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.cells import ValueCell, plain_cell
from dashboard.views.cube_shown import narrow
from dashboard.views.cubes import is_cube
from dashboard.views.headlines import within
from dashboard.views.labels import ALL, COUNTRY
from dashboard.views.place_choice import choose
from dashboard.views.places import former_regions, is_whole
from dashboard.views.selecting import select
from dashboard.views.shown import base_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from dashboard.views.known_codes import KnownCodes
    from dashboard.views.places import PlaceKind
    from warehouse.catalogue.schema import Indicator
    from warehouse.cube import Slice
    from warehouse.vintage import Vintage

_PLACE = (
    "sector_code", "insurer_code", "region_code", "provider_group", "category", "base", "unit",
)  # fmt: skip
KINDS = ("changed", "final", "hidden", "new", "gone")
"""What can have happened to a figure, in the order in which a reader wants to know it."""


@dataclass(frozen=True)
class Change:
    """One cell, as it was then and as it is now; one of them where it came or went."""

    kind: str
    old: ValueCell | None
    new: ValueCell | None

    @property
    def cell(self) -> ValueCell:
        """The cell as far as it is known: now, or else then."""
        if self.new is not None:
            return self.new
        if self.old is not None:
            return self.old
        message = "A change has a cell of then, of now, or both."
        raise ValueError(message)


@dataclass(frozen=True)
class Since:
    """How many figures of a page changed, per kind, and the largest change among them."""

    counts: dict[str, int]
    largest: Change | None
    units: int
    """In how many units the changed figures are: of several the largest percentage is named."""
    final_revised: int = 0
    """How many of those that became final have another value as well."""
    untold: int = 0
    """Figures of then that this site has no words for any more, and so does not show."""


def changes_since(ctx: Context, vintage: Vintage) -> Since:
    """Counts what changed since a state, of what a page shows, and finds the largest change."""
    known = ctx.data.codes()
    every = _changes(ctx, vintage)
    found = [
        one
        for one in every
        if one.cell.indicator_id in ctx.catalogue.indicators and _is_told(known, one)
    ]
    counted = Counter(one.kind for one in found)
    sized = [one for one in found if _size(one)]
    units = {one.cell.unit for one in sized}
    if len(units) > 1:
        # Euros and percentages cannot be compared; on most pages a percentage says most.
        sized = [one for one in sized if one.cell.unit == "percent"]
    largest = max(sized, key=_size, default=None)
    counts = {kind: counted[kind] for kind in KINDS if counted[kind]}
    final_revised = sum(one.kind == "final" and _is_other(one) for one in found)
    return Since(counts, largest, len(units), final_revised, untold=len(every) - len(found))


def _is_told(known: KnownCodes, change: Change) -> bool:
    """Says whether the site has words for the place and the unit of a change."""
    return all(known.has(name, getattr(change.cell, name)) for name in _PLACE)


def _is_other(change: Change) -> bool:
    old, new = change.old, change.new
    return (
        old is not None
        and new is not None
        and (old.value, old.value_low, old.value_high) != (new.value, new.value_low, new.value_high)
    )


def _size(change: Change) -> float:
    old, new = (None if one is None else one.value for one in (change.old, change.new))
    return 0.0 if old is None or new is None else abs(new - old)


def _changes(ctx: Context, vintage: Vintage) -> list[Change]:
    page, key = ctx.address.page, ctx.address.key or ""
    if page == "indicator":
        return _of_indicator(ctx, vintage, ctx.catalogue.indicators[key])
    if page == "topic":
        return [
            change
            for one in ctx.catalogue.indicators.values()
            if one.topic == key
            for change in _of_indicator(ctx, vintage, one)
        ]
    if page in ("regions", "insurers"):
        return _of_places(ctx, vintage)
    every = _read(ctx, vintage)
    if page == "region":
        codes = {key, *(one.code for one in former_regions(ctx.catalogue, key))}
        return [one for one in every if one.cell.region_code in codes]
    if page == "insurer":
        return [one for one in every if one.cell.insurer_code == key]
    return every


def _of_indicator(ctx: Context, vintage: Vintage, indicator: Indicator) -> list[Change]:
    """Returns the changes of the cells that a chart of an indicator shows, then or now."""
    found = _read(ctx, vintage, indicator.id)
    if not found:
        return []
    cells = [one.cell for one in found]
    if is_cube(indicator):
        wanted = narrow(ctx, indicator, ctx.selection, None)
        cells = [cell for cell in cells if _in_slice(cell, wanted)]
        chosen = replace(ctx.selection, insurer=None, region=None, provider=None, base=None)
    else:
        chosen = replace(ctx.selection, base=base_in_force(ctx, indicator))
    kept = {cell.key for cell in select(cells, chosen, ctx.catalogue)}
    return [one for one in found if one.cell.key in kept]


def _in_slice(cell: ValueCell, wanted: Slice) -> bool:
    pairs = (
        (cell.insurer_code, wanted.insurers),
        (cell.region_code, wanted.regions),
        (cell.provider_group, wanted.providers),
        (cell.base, wanted.bases),
        (cell.category, wanted.categories),
    )
    return all(codes is None or code in codes for code, codes in pairs)


def _of_places(ctx: Context, vintage: Vintage) -> list[Change]:
    """Returns the changes of the figure that a page of all regions or all insurers shows."""
    kind: PlaceKind = "region" if ctx.address.page == "regions" else "insurer"
    choice = choose(ctx, kind)
    if choice is None:
        return []
    about = (choice.sector, choice.category, choice.base, choice.year)
    return [
        one
        for one in _read(ctx, vintage, choice.indicator.id)
        if not is_whole(kind, one.cell)
        and (one.cell.sector_code, one.cell.category, one.cell.base, one.cell.year) == about
    ]


def _read(ctx: Context, vintage: Vintage, indicator_id: str | None = None) -> list[Change]:
    rows = ctx.data.since(vintage, indicator_id, examples=ctx.selection.examples)
    return [_change(row) for row in rows]


def _change(row: Row) -> Change:
    kind = str(row["kind"])
    if kind == "changed" and row["new_status"] == "suppressed" != row["old_status"]:
        kind = "hidden"
    elif kind == "changed" and (row["old_status"], row["new_status"]) == ("provisional", "final"):
        kind = "final"
    old = None if kind == "new" else _as_cell(row, "old")
    return Change(kind, old, None if kind == "gone" else _as_cell(row, "new"))


def _as_cell(row: Row, side: str) -> ValueCell:
    """Makes a cell of one side of a change: its place, its value and its status."""
    return plain_cell(
        {
            **row,
            "value": row[f"{side}_value"],
            "value_low": row[f"{side}_low"],
            "value_high": row[f"{side}_high"],
            "status": row[f"{side}_status"],
        }
    )


def name_of(ctx: Context, cell: ValueCell) -> str:
    """Names a cell on its own, e.g. "Prijsindexcijfers, loonindex (OVA), 2023"."""
    labels = ctx.labels
    title = ctx.catalogue.indicators[cell.indicator_id].text(ctx.locale).title.removesuffix("?")
    parts = [
        title,
        within(labels.sector_short(cell.sector_code), ctx) if cell.sector_code != ALL else "",
        within(labels.category(cell.category), ctx) if cell.category != ALL else "",
        labels.insurer(cell.insurer_code) if cell.insurer_code != ALL else "",
        labels.region(cell.region_code) if cell.region_code != COUNTRY else "",
        labels.provider_group(cell.provider_group) if cell.provider_group != ALL else "",
        ctx.values.period(cell),
    ]
    return ", ".join(_each_once(parts))


def _each_once(parts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part for part in parts if part))
