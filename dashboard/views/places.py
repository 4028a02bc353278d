"""Places: the regions of the country and its insurers, and the figures that each of them has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dashboard.addresses import Address
from dashboard.views.cubes import PSEUDONYM, is_cube, is_letter, with_predecessors
from dashboard.views.labels import ALL, COUNTRY
from dashboard.views.selecting import region_today
from warehouse.cube import Slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Locale
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.load import Catalogue
    from warehouse.catalogue.schema import Indicator, Insurer, Region

PlaceKind = Literal["region", "insurer"]
_OUT_OF_DATE = frozenset({"superseded"})


def today_of(catalogue: Catalogue, kind: PlaceKind, cell: ValueCell) -> str:
    """Returns the place that a cell belongs to: of a region the one in which it lies today."""
    return region_today(cell.region_code, catalogue) if kind == "region" else cell.insurer_code


def is_whole(kind: PlaceKind, cell: ValueCell) -> bool:
    """Says whether a cell is about the whole country, or about all insurers together."""
    return cell.region_code == COUNTRY if kind == "region" else cell.insurer_code == ALL


def regions_on_map(catalogue: Catalogue) -> list[Region]:
    """Returns the care office regions of today, by name."""
    found = [one for one in catalogue.regions.values() if one.row and one.column]
    return sorted(found, key=lambda one: sort_name(one.nl))


def provinces(catalogue: Catalogue) -> list[Region]:
    """Returns the provinces, by name."""
    found = [one for one in catalogue.regions.values() if one.kind == "province"]
    return sorted(found, key=lambda one: sort_name(one.nl))


def former_regions(catalogue: Catalogue, code: str) -> list[Region]:
    """Returns the regions of earlier years that went up in a region."""
    return [one for one in catalogue.regions.values() if one.successor == code]


def sort_name(name: str) -> str:
    """Returns a name as lists sort it: 't Gooi stands at the G."""
    return name.casefold().removeprefix("'t ").removeprefix("’t ")


def region_has_page(catalogue: Catalogue, code: str | None) -> bool:
    """Says whether a region has a page: those of today and the provinces do."""
    region = catalogue.regions.get(code or "")
    return region is not None and (bool(region.row) or region.kind == "province")


def is_named_insurer(insurer: Insurer | None) -> bool:
    """Says whether an entry is an insurer by name: no letter, no care office, not all of them."""
    return insurer is not None and insurer.kind in ("concern", "label")


def insurers_with_page(ctx: Context) -> list[Insurer]:
    """Returns the insurers by name; invented ones on pages with example data only."""
    shown = [
        one
        for one in ctx.catalogue.insurers.values()
        if is_named_insurer(one) and (not one.invented or ctx.selection.examples)
    ]
    return sorted(shown, key=lambda one: one.name.casefold())


def cells_by(
    ctx: Context,
    indicator: Indicator,
    kind: PlaceKind,
    *,
    within: str | None = None,
    year: int | None = None,
) -> list[ValueCell]:
    """Returns the present cells of all places and of the whole, split in no other way.

    Args:
        ctx: The page.
        indicator: The indicator.
        kind: Regions or insurers.
        within: The insurer that a map of regions is about; None for all of them.
        year: Only this year; None for every year.
    """
    if is_cube(indicator):
        wanted = slice_by(ctx, indicator, kind, within)
        if year is not None:
            wanted = replace(wanted, years=(year, year))
        cells = ctx.data.cube(wanted)
    else:
        cells = ctx.data.cells(indicator.id)
    return [
        cell
        for cell in cells
        if cell.status not in _OUT_OF_DATE
        and _split_one_way(ctx, kind, cell, within)
        and year in (None, cell.year)
        and cell.kind not in ("image", "statement")
    ]


def slice_by(ctx: Context, indicator: Indicator, kind: PlaceKind, within: str | None) -> Slice:
    """Returns the slice of all places and of the whole."""
    examples = ctx.selection.examples
    if kind == "region":
        return Slice(indicator.id, examples=examples, insurers=(within or ALL,), regions=None)
    # A letter means another insurer in every table, so it has no place of its own.
    known = tuple(one.code for one in ctx.catalogue.insurers.values() if one.kind != PSEUDONYM)
    return Slice(indicator.id, examples=examples, insurers=known)


Combination = tuple[str, str, str, int]
"""A sector, an answer, a base and a year."""


def combinations_by(
    ctx: Context, indicator: Indicator, kind: PlaceKind, within: str | None
) -> list[Combination]:
    """Returns the sectors, answers, bases and years of which there are figures per place."""
    if is_cube(indicator):
        column = {"region": "region_code", "insurer": "insurer_code"}[kind]
        rows = ctx.data.combinations(slice_by(ctx, indicator, kind, within), column)
        return [
            (row["sector_code"], row["category"], row["base"], int(row["period_year"] or 0))
            for row in rows
        ]
    cells = cells_by(ctx, indicator, kind, within=within)
    return [
        (cell.sector_code, cell.category, cell.base, cell.year)
        for cell in cells
        if not is_whole(kind, cell)
    ]


def codes_by(ctx: Context, indicator: Indicator, kind: PlaceKind) -> set[str]:
    """Returns the regions or insurers of which an indicator has a figure."""
    if is_cube(indicator):
        column = {"region": "region_code", "insurer": "insurer_code"}[kind]
        codes = set(ctx.data.options(indicator.id, examples=ctx.selection.examples)[column])
        return {
            code
            for code in codes
            if code not in (ALL, COUNTRY) and not is_letter(ctx.catalogue, code)
        }
    cells = cells_by(ctx, indicator, kind)
    return {today_of(ctx.catalogue, kind, cell) for cell in cells if not is_whole(kind, cell)}


def _split_one_way(ctx: Context, kind: PlaceKind, cell: ValueCell, within: str | None) -> bool:
    if kind == "region":
        return cell.insurer_code == (within or ALL)
    return cell.region_code == COUNTRY and not is_letter(ctx.catalogue, cell.insurer_code)


def indicators_by(ctx: Context, kind: PlaceKind) -> list[Indicator]:
    """Returns the indicators that have a figure per place, in the order of the topics."""
    topics = list(ctx.catalogue.topics)
    found = [one for one in ctx.catalogue.indicators.values() if _has_places(ctx, one, kind)]
    return sorted(found, key=lambda one: (topics.index(one.topic), one.order))


def _has_places(ctx: Context, indicator: Indicator, kind: PlaceKind) -> bool:
    if not (kind in indicator.dimensions or kind in indicator.breakdowns):
        return False
    return bool(codes_by(ctx, indicator, kind))


def cells_of_place(
    ctx: Context,
    indicator: Indicator,
    kind: PlaceKind,
    code: str,
    *,
    sectors: tuple[str, ...] | None = None,
) -> list[ValueCell]:
    """Returns the present cells of one place and of the whole, of every year."""
    if not is_cube(indicator):
        own = with_predecessors(ctx.catalogue, code) if kind == "insurer" else (code,)
        return [
            cell
            for cell in cells_by(ctx, indicator, kind)
            if is_whole(kind, cell) or today_of(ctx.catalogue, kind, cell) in own
        ]
    wanted = replace(slice_of_place(ctx, indicator, kind, code), sectors=sectors)
    return [cell for cell in ctx.data.cube(wanted) if cell.status not in _OUT_OF_DATE]


def slice_of_place(ctx: Context, indicator: Indicator, kind: PlaceKind, code: str) -> Slice:
    """Returns the slice of one place beside the whole, split in no other way."""
    if kind == "region":
        former = tuple(one.code for one in former_regions(ctx.catalogue, code))
        regions = (COUNTRY, code, *former)
        return Slice(indicator.id, examples=ctx.selection.examples, regions=regions)
    insurers = (ALL, *with_predecessors(ctx.catalogue, code))
    return Slice(indicator.id, examples=ctx.selection.examples, insurers=insurers)


def order_of(ctx: Context, field: str, codes: Sequence[str]) -> list[str]:
    """Sorts codes as their vocabulary has them."""
    vocabulary = {
        "sector_code": list(ctx.catalogue.sectors),
        "category": list(ctx.catalogue.categories),
        "base": list(ctx.catalogue.bases),
    }[field]
    return sorted(set(codes), key=lambda c: vocabulary.index(c) if c in vocabulary else -1)


def place_exists(catalogue: Catalogue, address: Address) -> bool:
    """Says whether the region or insurer of an address has a page; other pages always pass."""
    if address.page == "region":
        return region_has_page(catalogue, address.key)
    return address.page != "insurer" or is_named_insurer(catalogue.insurers.get(address.key or ""))


def place_addresses(locale: Locale, catalogue: Catalogue) -> list[Address]:
    """Lists the pages of regions and insurers for plain files, which show no invented figures."""
    regions = [*regions_on_map(catalogue), *provinces(catalogue)]
    insurers = [
        one for one in catalogue.insurers.values() if is_named_insurer(one) and not one.invented
    ]
    return [
        Address(locale, "regions"),
        *(Address(locale, "region", one.code) for one in regions),
        Address(locale, "insurers"),
        *(Address(locale, "insurer", one.code) for one in insurers),
    ]
