"""Computed indicators: which cells a page asks for, and what stands beside what.

A computed indicator has too many cells to read whole. A page asks for the unbroken cells, and
for those of the insurer, region and kind of provider that a reader has chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from warehouse.cube import ALL, COUNTRY, EXAMPLE, Slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Selection
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.load import Catalogue
    from warehouse.catalogue.schema import Indicator

CubeBreak = tuple[int, str, frozenset[tuple[str, str, str]]]
"""Year after which a break lies, its words with both names, and the series that it cuts."""
BREAKDOWN_OF = {"insurer": "insurer", "region": "region", "provider": "provider_group"}
"""The breakdown of the catalogue behind each filter that breaks a computed figure down."""
PSEUDONYM = "pseudonym"


def is_cube(indicator: Indicator) -> bool:
    """Says whether an indicator is computed in cells per breakdown, and read by slice."""
    return bool(indicator.breakdowns)


def is_letter(catalogue: Catalogue, code: str | None) -> bool:
    """Says whether an insurer is a letter, which means someone else in every table."""
    entry = catalogue.insurers.get(code or "")
    return entry is not None and entry.kind == PSEUDONYM


def slice_of(ctx: Context, indicator: Indicator, selection: Selection | None = None) -> Slice:
    """Returns the slice of a page: the unbroken cells, and those of the choice beside them."""
    chosen = selection or ctx.selection
    insurers: tuple[str, ...] = (ALL,)
    if chosen.insurer is not None:
        insurers = (ALL, *with_predecessors(ctx.catalogue, chosen.insurer))
    return Slice(
        indicator.id,
        examples=ctx.selection.examples,
        insurers=insurers,
        regions=(COUNTRY,) if chosen.region is None else (COUNTRY, chosen.region),
        providers=(ALL,) if chosen.provider is None else (ALL, chosen.provider),
    )


def with_predecessors(catalogue: Catalogue, insurer: str) -> tuple[str, ...]:
    """Returns an insurer with those that went up in it, itself first."""
    found = [insurer]
    for code in found:
        found += [
            other.code
            for other in catalogue.insurers.values()
            if other.successor == code and other.code not in found
        ]
    return tuple(found)


def is_unbroken(cell: ValueCell) -> bool:
    """Says whether a cell is about all insurers, the whole country and all providers."""
    return (cell.insurer_code, cell.region_code, cell.provider_group) == (ALL, COUNTRY, ALL)


def breaks_down(selection: Selection) -> bool:
    """Says whether a selection asks for a part of the whole."""
    return any(getattr(selection, name) is not None for name in BREAKDOWN_OF)


def serves(indicator: Indicator, names: Sequence[str]) -> bool:
    """Says whether an indicator is broken down by one or more filters together."""
    return "+".join(BREAKDOWN_OF[name] for name in names) in indicator.breakdowns


def series_key(cell: ValueCell) -> tuple[str, str, str]:
    """Names whose cell it is: insurer, region and kind of provider."""
    return cell.insurer_code, cell.region_code, cell.provider_group


def most_specific(cells: Sequence[ValueCell]) -> list[ValueCell]:
    """Returns the cells that are broken down furthest: those that a choice is about."""
    depth = max((_depth(cell) for cell in cells), default=0)
    return [cell for cell in cells if _depth(cell) == depth]


def _depth(cell: ValueCell) -> int:
    whole = (ALL, COUNTRY, ALL)
    return sum(own != all_ for own, all_ in zip(series_key(cell), whole, strict=True))


def is_example(cells: Sequence[ValueCell]) -> bool:
    """Says whether cells come from invented data; they are never mixed with others."""
    return any(cell.evidence == EXAMPLE for cell in cells)


def breaks_of(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[CubeBreak]:
    """Returns the breaks that lie within the series shown."""
    found = []
    for row in ctx.data.breaks():
        if row.get("source_id") not in (None, *indicator.sources):
            continue
        merged = row.get("insurer_code")
        insurers = with_predecessors(ctx.catalogue, merged) if merged else ()
        cut = [
            cell for cell in cells if cell.period_year is not None and _cuts(row, cell, insurers)
        ]
        years = {cell.year for cell in cut}
        after = int(row["after_year"])
        if years and min(years) <= after < max(years):
            found.append((after, str(row[ctx.locale]), frozenset(series_key(cell) for cell in cut)))
    return list(dict.fromkeys(found))


def _cuts(row: dict[str, Any], cell: ValueCell, insurers: Sequence[str]) -> bool:
    """Says whether a break is about the series of a cell: of a merger, of both names."""
    return (not insurers or cell.insurer_code in insurers) and row.get("region_code") in (
        None,
        cell.region_code,
    )


def unbroken(selection: Selection) -> Selection:
    """Returns the selection about all insurers, the whole country and all providers."""
    return replace(selection, insurer=None, region=None, provider=None)
