"""Cells of then whose codes the site still has words for.

A page that looks back speaks with the words of today. A cell with a code that has gone from the
catalogue since cannot be told, so it is left out, and the page says how many were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.views.cells import ValueCell
    from warehouse.catalogue.load import Catalogue

_OPEN = ("", "all")


class KnownCodes:
    """The codes of the catalogue, per column of a cell."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the vocabularies of today."""
        self._of: dict[str, Collection[str]] = {
            "sector_code": catalogue.sectors,
            "insurer_code": catalogue.insurers,
            "region_code": catalogue.regions,
            "provider_group": catalogue.provider_groups,
            "category": {*_OPEN, *catalogue.categories, *catalogue.event_kinds},
            "base": catalogue.bases,
            "unit": {"", *catalogue.units},
            "n_unit": {"", *catalogue.n_units},
            "status": catalogue.statuses,
            "evidence": catalogue.evidences,
            "qualifier": {"", *catalogue.qualifiers},
            "source_id": {"", *catalogue.sources},
            "document_id": {"", *catalogue.documents},
        }
        self._caveats = frozenset(catalogue.caveats)

    def has(self, column: str, code: str) -> bool:
        """Says whether a code of a column has words; columns without a vocabulary always do."""
        return column not in self._of or code in self._of[column]

    def covers(self, cell: ValueCell) -> bool:
        """Says whether a cell can be told in words."""
        known = all(self.has(column, getattr(cell, column)) for column in self._of)
        return known and self._caveats.issuperset(cell.caveats)
