"""What views ask of the warehouse, kept per release so that a page asks each thing once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.views.cells import cells_of, plain_cell, rows_of, text_of
from dashboard.views.known_codes import KnownCodes
from warehouse.changes import change_counts, change_rows
from warehouse.cube import (
    break_rows,
    combinations,
    example_indicators,
    insurers_by_region,
    options,
    slice_rows,
    trend_rows,
)
from warehouse.stories import release_stories

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from dashboard.views.cells import ValueCell
    from warehouse.changes import Wanted
    from warehouse.cube import Slice
    from warehouse.read_model import ReadModel
    from warehouse.stories import ReleaseStory
    from warehouse.vintage import Vintage

Row = dict[str, Any]
State = tuple[str, str | None]
"""A release, and the earlier one as of which its cells are read."""
T = TypeVar("T")
_STATES = 6
"""States of which answers are kept: readers of the past alternate with readers of today."""
_ONE_AFTER_ANOTHER = 2
"""States without which nothing can have been revised."""
_SLICES = 512
"""Slices that are kept: a reader goes back and forth between a few, and a topic has several."""
_PRINTED_ONLY: Row = {"error": "printed_error", "is_applied": False} | dict.fromkeys(
    ("source_id", "delivery_id", "row_key", "line", "said_by", "said_in", "found_on")
)
"""What an older release does not say of a fault: it knew of faults in print, and mended none."""


class Data:
    """Reads from the current release; a new release is noticed on the next question."""

    def __init__(self, read_model: ReadModel) -> None:
        """Take the read model."""
        self._model = read_model
        self._kept: OrderedDict[State, dict[str, Any]] = OrderedDict()
        self._lock = Lock()
        self._slices = lru_cache(maxsize=_SLICES)(self._read_slice)
        self._trends = lru_cache(maxsize=_SLICES)(self._read_trends)

    def release_id(self) -> str:
        """Returns the id of the release that numbers now come from."""
        return self._model.release_id()

    def cells(self, indicator_id: str) -> Sequence[ValueCell]:
        """Returns all cells of an indicator, unfiltered."""
        return self._keep_state(
            f"cells:{indicator_id}",
            lambda: self._told(cells_of(self._model.indicator_values(indicator_id))),
        )

    def cube(self, wanted: Slice) -> Sequence[ValueCell]:
        """Returns the cells of a slice of a computed indicator."""
        return self._slices(self._state(), wanted)

    def trends(self, wanted: Slice) -> Sequence[Row]:
        """Returns the trend verdicts of a slice of a computed indicator."""
        return self._trends(self._state(), wanted)

    def options(self, indicator_id: str, *, examples: bool) -> dict[str, Any]:
        """Returns the codes per filter for which a computed indicator has a cell."""
        return self._keep_state(
            f"options:{indicator_id}:{examples}",
            lambda: self._worded(options(self._model, indicator_id, examples=examples)),
        )

    def example_indicators(self) -> frozenset[str]:
        """Returns the indicators that this release has invented cells of."""
        return self._keep_state("examples", lambda: example_indicators(self._model))

    def breaks(self) -> Sequence[Row]:
        """Returns the breaks in series: mergers of insurers, regions that changed."""
        return self._keep("breaks", lambda: break_rows(self._model))

    def _read_slice(self, _state: State, wanted: Slice) -> Sequence[ValueCell]:
        return self._told([plain_cell(row) for row in slice_rows(self._model, wanted)])

    def _read_trends(self, _state: State, wanted: Slice) -> Sequence[Row]:
        return tuple(trend_rows(self._model, wanted))

    def combinations(self, wanted: Slice, split_by: str) -> Sequence[Row]:
        """Returns the sectors, answers, bases and years of a slice that is split one way."""
        return self._keep_state(
            f"combinations:{wanted}:{split_by}",
            lambda: [self._worded(row) for row in combinations(self._model, wanted, split_by)],
        )

    def insurers_by_region(self, indicator_id: str, *, examples: bool) -> list[str]:
        """Returns the insurers of which a computed indicator has a figure per region."""
        return self._keep_state(
            f"insurers_by_region:{indicator_id}:{examples}",
            lambda: insurers_by_region(self._model, indicator_id, examples=examples),
        )

    def codes(self) -> KnownCodes:
        """Returns the codes that this release has words for."""
        release = self._model.release_id()
        return self._keep("codes", lambda: KnownCodes(self._model.catalogue(release)))

    def _told(self, cells: Sequence[ValueCell]) -> Sequence[ValueCell]:
        """Leaves out the cells of then for which the site has no words any more."""
        if self._model.reading() is None:
            return tuple(cells)
        known = self.codes()
        return tuple(cell for cell in cells if known.covers(cell))

    def _worded(self, found: Row) -> Row:
        """Leaves the codes out for which the site has no words any more."""
        if self._model.reading() is None:
            return found
        known = self.codes()
        return {
            column: [code for code in codes if known.has(column, code)]
            if isinstance(codes, list) and column != "category_bases"
            else codes
            for column, codes in found.items()
        }

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
        return self._keep(
            "corrections",
            lambda: [_PRINTED_ONLY | row for row in rows_of(self._model.corrections())],
        )

    def withheld(self) -> Sequence[Row]:
        """Returns the figures that are not published, with the reason and without the value."""
        return self._keep("withheld", lambda: rows_of(self._model.withheld()))

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

    def vintages(self) -> Sequence[Vintage]:
        """Returns what readers saw and can see again, the newest first: that is what is served."""
        return self._model.vintages()

    def vintage(self, word: str) -> Vintage | None:
        """Returns the state that a word stands for, or None for what is served.

        Raises:
            UnknownVintageError: The word says nothing, or nothing that can be shown.
        """
        return self._model.vintage(word)

    def as_of(self, vintage: Vintage | None) -> AbstractContextManager[None]:
        """Reads cells in this thread as they stood then; None reads them as they are."""
        return self._model.as_of(vintage)

    def since(
        self, vintage: Vintage, indicator_id: str | None = None, *, examples: bool = False
    ) -> Sequence[Row]:
        """Returns the cells of which value or status differs between then and now."""
        return self._kept_in(
            (self._model.release_id(), vintage.release_id),
            f"since:{indicator_id}:{examples}",
            lambda: self._model.since(vintage, indicator_id, examples=examples),
        )

    def revised(self, indicator_id: str, *, examples: bool = False) -> Sequence[Row]:
        """Returns the cells that had more than one value until the state that is read."""
        return self._keep_state(
            f"revised:{indicator_id}:{examples}",
            lambda: self._model.revised(indicator_id, examples=examples),
        )

    def revised_cells(self, indicator_id: str, *, examples: bool = False) -> Mapping[str, Row]:
        """Returns the same by the id of the cell."""
        if len(self.vintages()) < _ONE_AFTER_ANOTHER:
            return {}
        return self._keep_state(
            f"revised_cells:{indicator_id}:{examples}",
            lambda: {
                str(row["cell_id"]): row for row in self.revised(indicator_id, examples=examples)
            },
        )

    def last_published(self) -> str:
        """Names the last moment at which a release became the served one, and counts them all."""
        moments = self._model.timeline().publications
        # Two may fall within one second.
        return f"{moments[-1].at.isoformat()} {len(moments)}"

    def stories(self) -> Sequence[ReleaseStory]:
        """Returns every release that readers saw, the newest first; not kept.

        Which of them readers went back from may change while one release is served.
        """
        return release_stories(self._model)

    def change_counts(self, wanted: Wanted) -> Sequence[Row]:
        """Returns how many cells releases changed, per indicator, kind and year."""
        return change_counts(self._model, wanted)

    def change_rows(
        self,
        wanted: Wanted,
        *,
        per_group: int | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> Sequence[Row]:
        """Returns what releases changed, cell by cell, what matters most first."""
        return change_rows(self._model, wanted, per_group=per_group, offset=offset, limit=limit)

    def _keep(self, name: str, read: Callable[[], T]) -> T:
        """Returns what was read before in this release, or reads it now."""
        return self._kept_in((self._model.release_id(), None), name, read)

    def _keep_state(self, name: str, read: Callable[[], T]) -> T:
        """Returns what was read before in this state of the cells, or reads it now."""
        return self._kept_in(self._state(), f"state:{name}", read)

    def _state(self) -> State:
        vintage = self._model.reading()
        return self._model.release_id(), None if vintage is None else vintage.release_id

    def _kept_in(self, state: State, name: str, read: Callable[[], T]) -> T:
        with self._lock:
            kept = self._kept.setdefault(state, {})
            self._kept.move_to_end(state)
            while len(self._kept) > _STATES:
                self._kept.popitem(last=False)
        # Outside the lock: a second thread at worst reads the same thing once more.
        if name not in kept:
            kept[name] = read()
        value: T = kept[name]
        return value
