"""What a selection leaves of the cells, and the nearest selection that has data."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.addresses import Selection
from dashboard.views.labels import ALL, COUNTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dashboard.views.cells import ValueCell
    from warehouse.catalogue.load import Catalogue

NOT_SPLIT = {
    "sector": ALL,
    "insurer": ALL,
    "region": COUNTRY,
    "provider": ALL,
}
"""What the warehouse writes where a cell is not split by a filter."""

KINDS_OF_CHANGE = ("changed", "final", "new", "gone", "hidden")
"""What can happen to a figure between two releases."""

DIMENSION_OF = {
    "sector": "sector",
    "years": "period_year",
    "insurer": "insurer",
    "region": "region",
    "provider": "provider_group",
    "base": "base",
}
"""The dimension of the catalogue behind each filter."""


@dataclass(frozen=True)
class UnknownWord:
    """A word in the address that no vocabulary has, with the nearest one that exists."""

    key: str
    word: str
    nearest: str | None
    reason: str = ""
    """Why a moment cannot be shown: `unreadable`, `before_first`, `not_known`, `withdrawn`."""


def code_of(cell: ValueCell, name: str) -> str:
    """Returns the code of a cell for a filter."""
    return {
        "sector": cell.sector_code,
        "insurer": cell.insurer_code,
        "region": cell.region_code,
        "provider": cell.provider_group,
        "base": cell.base,
    }[name]


def with_parts(sectors: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    """Returns sectors with the parts of each, e.g. ggz with basic and specialised ggz."""
    chosen = set(sectors)
    while True:
        more = {code for code, entry in catalogue.sectors.items() if entry.parent in chosen}
        # The sector "all" is the parent of every other; choosing it is not choosing them.
        more -= chosen
        if not more:
            return frozenset(chosen)
        chosen |= more


def region_today(code: str, catalogue: Catalogue) -> str:
    """Returns the region of today in which a region lies, e.g. ZK06 for one of 2018."""
    region = catalogue.regions.get(code)
    return (region.successor if region else None) or code


def select(
    cells: Sequence[ValueCell], selection: Selection, catalogue: Catalogue
) -> list[ValueCell]:
    """Returns the cells of exactly this selection."""
    sectors = with_parts(selection.sectors, catalogue) if selection.sectors else None
    single = {
        name: chosen
        for name in ("insurer", "provider", "base")
        if (chosen := getattr(selection, name)) is not None
    }
    return [
        cell
        for cell in cells
        if (sectors is None or cell.sector_code in sectors)
        and _in_years(cell, selection.years)
        and all(code_of(cell, name) == chosen for name, chosen in single.items())
        and selection.region in (None, cell.region_code, region_today(cell.region_code, catalogue))
    ]


def _in_years(cell: ValueCell, years: tuple[int, int] | None) -> bool:
    if years is None:
        return True
    return cell.period_year is not None and years[0] <= cell.period_year <= years[1]


def chosen_names(selection: Selection) -> tuple[str, ...]:
    """Names the filters in which something is chosen, in the order of the panel."""
    chosen = {
        "sector": bool(selection.sectors),
        "years": selection.years is not None,
        "insurer": selection.insurer is not None,
        "region": selection.region is not None,
        "provider": selection.provider is not None,
        "base": selection.base is not None,
    }
    return tuple(name for name, is_chosen in chosen.items() if is_chosen)


def without(selection: Selection, name: str) -> Selection:
    """Returns the selection without the choice of one filter."""
    if name == "sector":
        return replace(selection, sectors=())
    nothing: dict[str, Any] = {name: None}
    return replace(selection, **nothing)


def cleared(selection: Selection) -> Selection:
    """Returns the selection without any filter, keeping chart or table and which data."""
    return Selection(view=selection.view, examples=selection.examples, as_of=selection.as_of)


def nearest(
    cells: Sequence[ValueCell], selection: Selection, catalogue: Catalogue
) -> list[tuple[str, Selection]]:
    """Finds selections near this one that do have a number.

    One filter at a time is changed or dropped, the years first: the nearest year with data
    is closer to the question than another insurer or sector.

    Returns:
        Pairs of the filter that changes and the selection that has data; the last resort
        is the selection without filters, named `all`.
    """
    found: list[tuple[str, Selection]] = []
    if selection.years is not None:
        year = _nearest_year(cells, selection, catalogue)
        if year is not None:
            found.append(("years", replace(selection, years=(year, year))))
    for name in ("region", "insurer", "provider", "base", "sector"):
        if name in chosen_names(selection):
            other = without(selection, name)
            if _has_number(select(cells, other, catalogue)):
                found.append((name, other))
    if not found and chosen_names(selection):
        found.append(("all", cleared(selection)))
    return found


def _nearest_year(
    cells: Sequence[ValueCell], selection: Selection, catalogue: Catalogue
) -> int | None:
    if selection.years is None:
        return None
    first, last = selection.years
    years = {
        cell.period_year
        for cell in select(cells, without(selection, "years"), catalogue)
        if cell.has_number and cell.period_year is not None
    }
    # Equally near: the later year, because newer figures answer more questions.
    return min(years, key=lambda year: (max(first - year, year - last), -year), default=None)


def _has_number(cells: Iterable[ValueCell]) -> bool:
    return any(cell.has_number for cell in cells)


def understood(
    selection: Selection, catalogue: Catalogue
) -> tuple[Selection, tuple[UnknownWord, ...]]:
    """Drops the codes that no vocabulary has and says which they were."""
    unknown: list[UnknownWord] = []

    def known(key: str, words: Iterable[str], vocabulary: Collection[str]) -> tuple[str, ...]:
        kept = []
        for word in words:
            if word in vocabulary:
                kept.append(word)
            else:
                near = difflib.get_close_matches(word, vocabulary, n=1)
                unknown.append(UnknownWord(key, word, near[0] if near else None))
        return tuple(kept)

    def known_one(key: str, word: str | None, vocabulary: Collection[str]) -> str | None:
        return next(iter(known(key, [word] if word else [], vocabulary)), None)

    clean = replace(
        selection,
        topics=known("topic", selection.topics, catalogue.topics),
        sectors=known("sector", selection.sectors, catalogue.sectors),
        insurer=known_one("insurer", selection.insurer, catalogue.insurers),
        region=known_one("region", selection.region, catalogue.regions),
        provider=known_one("provider", selection.provider, catalogue.provider_groups),
        base=known_one("base", selection.base, catalogue.bases),
        indicator=known_one("indicator", selection.indicator, catalogue.indicators),
        category=known_one("category", selection.category, catalogue.categories),
        documents=known("document", selection.documents, catalogue.documents),
        statuses=known("status", selection.statuses, catalogue.statuses),
        kinds=known("kind", selection.kinds, KINDS_OF_CHANGE),
    )
    return clean, tuple(unknown)
