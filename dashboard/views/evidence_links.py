"""Where a cell of the evidence map leads: to a page that shows what the cell claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.views.cells import distinct, text_of, words_of
from dashboard.views.conflicts import statement_rows
from dashboard.views.selecting import select
from dashboard.views.shown import shown_cells
from dashboard.views.topic import topic_indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Address
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.data import Row

_ONLY_IMAGE = "not_in_text"


class EvidenceLinks:
    """Finds the page for each cell of one topic."""

    def __init__(self, ctx: Context, topic: str) -> None:
        """Take the topic and read once what its page can show."""
        self._ctx = ctx
        self._topic = topic
        whole = ctx.at(ctx.to("topic", topic))
        self._shown: list[ValueCell] = [
            cell for one in topic_indicators(ctx, topic) for cell in shown_cells(whole, one)
        ]

    def address(self, cell: Row) -> Address:
        """Returns the page of the topic, filtered; else the printed figures themselves.

        A figure can be about two sectors together, or stand in no chart at all; a filter on
        the sector of the row would then lead to a page without it.
        """
        ctx, year = self._ctx, int(cell["period_year"])
        years = (year, year)
        own = ctx.to("topic", self._topic, Selection((text_of(cell["sector_code"]),), years))
        ids = words_of(cell["figure_ids"])
        if not ids:
            return own
        rows = ctx.data.figures_by_id(ids)
        sectors = tuple(sorted(distinct(text_of(row["sector_code"]) for row in rows)))
        wider = ctx.to("topic", self._topic, Selection(sectors, years))
        for address in (own, wider):
            if self._shows(address, text_of(cell["state"]), ids):
                return address
        return self._printed(cell, rows, sectors, years)

    def _shows(self, address: Address, state: str, ids: Sequence[str]) -> bool:
        found = [
            cell
            for cell in select(self._shown, address.selection, self._ctx.catalogue)
            if set(cell.figure_ids).intersection(ids)
        ]
        if state == "image":
            return any(cell.kind == "image" for cell in found)
        if any(cell.kind != "image" for cell in found):
            return True
        if state != "bound":
            return False
        said = statement_rows(self._ctx.at(address), self._topic, ())
        return any(text_of(row["figure_id"]) in ids for row in said)

    def _printed(
        self, cell: Row, rows: Sequence[Row], sectors: tuple[str, ...], years: tuple[int, int]
    ) -> Address:
        documents = distinct(text_of(row["document_id"]) for row in rows)
        if self._ctx.flavour == "export" and len(documents) == 1:
            # A plain file has no filters, but each document has a list of its own.
            return self._ctx.to("figures", selection=Selection(documents=documents))
        statuses = (_ONLY_IMAGE,) if text_of(cell["state"]) == "image" else ()
        chosen = Selection(sectors, years, topics=(self._topic,), statuses=statuses)
        return self._ctx.to("figures", selection=chosen)
