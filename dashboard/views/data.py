"""What views ask of the warehouse, kept per release so that a page asks each thing once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.views.cells import cells_of, plain_cell, rows_of, text_of
from warehouse.cube import (
    break_rows,
    combinations,
    example_indicators,
    insurers_by_region,
    options,
    slice_rows,
    trend_rows,
)

if TYPE_CHECKING:
    from dashboard.views.cells import ValueCell
    from warehouse.cube import Slice
    from warehouse.read_model import ReadModel

Row = dict[str, Any]
T = TypeVar("T")
_SLICES = 512
"""Slices that are kept: a reader goes back and forth between a few, and a topic has several."""


class Data:
    """Reads from the current release; a new release is noticed on the next question."""

    def __init__(self, read_model: ReadModel) -> None:
        """Take the read model."""
        self._model = read_model
        self._release = ""
        self._kept: dict[str, Any] = {}
        self._slices = lru_cache(maxsize=_SLICES)(self._read_slice)
        self._trends = lru_cache(maxsize=_SLICES)(self._read_trends)

    def release_id(self) -> str:
        """Returns the id of the release that numbers now come from."""
        return self._model.release_id()

    def cells(self, indicator_id: str) -> Sequence[ValueCell]:
        """Returns all cells of an indicator, unfiltered."""
        return self._keep(
            f"cells:{indicator_id}", lambda: cells_of(self._model.indicator_values(indicator_id))
        )

    def cube(self, wanted: Slice) -> Sequence[ValueCell]:
        """Returns the cells of a slice of a computed indicator."""
        return self._slices(self._model.release_id(), wanted)

    def trends(self, wanted: Slice) -> Sequence[Row]:
        """Returns the trend verdicts of a slice of a computed indicator."""
        return self._trends(self._model.release_id(), wanted)

    def options(self, indicator_id: str, *, examples: bool) -> dict[str, Any]:
        """Returns the codes per filter for which a computed indicator has a cell."""
        return self._keep(
            f"options:{indicator_id}:{examples}",
            lambda: options(self._model, indicator_id, examples=examples),
        )

    def example_indicators(self) -> frozenset[str]:
        """Returns the indicators that this release has invented cells of."""
        return self._keep("examples", lambda: example_indicators(self._model))

    def breaks(self) -> Sequence[Row]:
        """Returns the breaks in series: mergers of insurers, regions that changed."""
        return self._keep("breaks", lambda: break_rows(self._model))

    def _read_slice(self, _release: str, wanted: Slice) -> Sequence[ValueCell]:
        return tuple(plain_cell(row) for row in slice_rows(self._model, wanted))

    def _read_trends(self, _release: str, wanted: Slice) -> Sequence[Row]:
        return tuple(trend_rows(self._model, wanted))

    def combinations(self, wanted: Slice, split_by: str) -> Sequence[Row]:
        """Returns the sectors, answers, bases and years of a slice that is split one way."""
        return self._keep(
            f"combinations:{wanted}:{split_by}",
            lambda: combinations(self._model, wanted, split_by),
        )

    def insurers_by_region(self, indicator_id: str, *, examples: bool) -> list[str]:
        """Returns the insurers of which a computed indicator has a figure per region."""
        return self._keep(
            f"insurers_by_region:{indicator_id}:{examples}",
            lambda: insurers_by_region(self._model, indicator_id, examples=examples),
        )

    def regions(self) -> Sequence[Row]:
        """Returns the regions, with the municipalities and provinces of those of today."""
        return self._keep("regions", lambda: rows_of(self._model.table("region")))

    def evidence_cells(self) -> Sequence[Row]:
        """Returns the cells of the evidence map of all topics."""
        return self._keep("evidence", lambda: rows_of(self._model.evidence_cells()))

    def deliveries(self) -> Sequence[Row]:
        """Returns the files behind this release."""
        return self._keep("deliveries", lambda: rows_of(self._model.deliveries()))

    def corrections(self) -> Sequence[Row]:
        """Returns the known faults of sources."""
        return self._keep("corrections", lambda: rows_of(self._model.corrections()))

    def withheld(self) -> Sequence[Row]:
        """Returns the figures that are not published, with the reason and without the value."""
        return self._keep("withheld", lambda: rows_of(self._model.withheld()))

    def revisions(self) -> Sequence[Row]:
        """Returns the cells whose value differs from the release before."""
        return self._keep("revisions", lambda: rows_of(self._model.revisions()))

    def figures_by_id(self, ids: Sequence[str]) -> Sequence[Row]:
        """Returns printed figures by their id, in the order of the ids; unknown ids are left out.

        All figures are read once: a page asks for a hundred of them, a few at a time.
        """
        found = self._keep(
            "by_id", lambda: {str(row["figure_id"]): row for row in self.all_figures()}
        )
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    def statements(self, topic: str) -> Sequence[Row]:
        """Returns the claims without a number of a topic."""
        return [
            row
            for row in self.all_figures()
            if row["topic"] == topic and row["status"] == "no_number"
        ]

    def all_figures(self) -> Sequence[Row]:
        """Returns every printed figure, for lists that are made of all of them."""
        return self._keep("all_figures", lambda: rows_of(self._model.figures(limit=None)[0]))

    def figure_codes(self, column: str) -> set[str]:
        """Returns the codes that the figures have in a column."""
        return {text for row in self.all_figures() if (text := text_of(row[column]))}

    def rejects(self) -> Sequence[Row]:
        """Returns the rows that were refused, with the reason."""
        return self._keep("rejects", lambda: rows_of(self._model.rejects()))

    def figure(self, figure_id: str) -> Row | None:
        """Returns one printed figure, or None where no figure has this id."""
        rows = self.figures_by_id([figure_id])
        return rows[0] if rows else None

    def figures(self, **wanted: Any) -> tuple[Sequence[Row], int]:  # noqa: ANN401  (passed on)
        """Returns one page of printed figures and how many there are in all."""
        frame, total = self._model.figures(**wanted)
        return rows_of(frame), total

    def _keep(self, name: str, read: Callable[[], T]) -> T:
        """Returns what was read before in this release, or reads it now."""
        release = self._model.release_id()
        if release != self._release:
            # One assignment each: a second thread at worst reads the same thing once more.
            self._kept, self._release = {}, release
        kept = self._kept
        key = f"{release}:{name}"
        if key not in kept:
            kept[key] = read()
        value: T = kept[key]
        return value
