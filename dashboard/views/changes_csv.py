"""The CSV of changes: every change of exactly the view, with old and new value and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.change import (
    Change,
    about,
    change_of,
    difference,
    indicator_of,
    indicator_title,
    new_text,
    old_text,
    own_words,
    size_text,
)
from dashboard.views.change_groups import wanted
from dashboard.views.change_reasons import accepted_text
from dashboard.views.table_csv import write_csv

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory

_COLUMNS = (
    "release_id", "published_at", "withdrawn_at", "why", "accepted", "kind", "kind_label",
    "topic", "indicator_id", "indicator", "cell_id", "about", "sector_code", "period",
    "period_year", "insurer_code", "region_code", "provider_group", "category", "base",
    "evidence", "unit", "decimals", "old_value", "old_value_low", "old_value_high", "old_status",
    "old_label", "new_value", "new_value_low", "new_value_high", "new_status", "new_label",
    "difference", "difference_label", "figure_ids", "note",
)  # fmt: skip


MOST_ROWS = 20_000
"""Rows that a file holds: more take longer to write than a reader waits."""


class TooManyChangesError(Exception):
    """A choice of more changes than one file holds."""

    def __init__(self, rows: int) -> None:
        """Keep how many there are."""
        super().__init__(f"{rows} changes are too many for one file of {MOST_ROWS} rows.")
        self.rows = rows


def changes_csv(ctx: Context) -> str:
    """Writes all changes of the choices in the address, not only those of one page.

    Raises:
        TooManyChangesError: There are more than one file holds.
    """
    stories = {one.release_id: one for one in ctx.data.stories()}
    asked = wanted(ctx, releases=None if ctx.selection.release else tuple(stories))
    total = sum(int(row["cells"]) for row in ctx.data.change_counts(asked))
    if total > MOST_ROWS:
        raise TooManyChangesError(total)
    changes = [change_of(row) for row in ctx.data.change_rows(asked)]
    return write_csv(
        (_row(ctx, stories[one.release_id], one) for one in changes if one.release_id in stories),
        _COLUMNS,
    )


def _row(ctx: Context, story: ReleaseStory, change: Change) -> dict[str, object]:
    cell, old = change.cell, change.old
    indicator = indicator_of(ctx, cell.indicator_id)
    return {
        "release_id": story.release_id,
        "published_at": story.published_at,
        "withdrawn_at": story.withdrawn_at,
        "why": story.why,
        "accepted": accepted_text(ctx, story),
        "kind": change.kind,
        "kind_label": own_words(ctx)(f"kind.{change.kind}"),
        "topic": indicator.topic if indicator else "",
        "indicator_id": cell.indicator_id,
        "indicator": indicator_title(ctx, cell.indicator_id),
        "cell_id": cell.cell_id,
        "about": about(ctx, change),
        "sector_code": cell.sector_code,
        "period": cell.period,
        "period_year": cell.period_year,
        "insurer_code": cell.insurer_code,
        "region_code": cell.region_code,
        "provider_group": cell.provider_group,
        "category": cell.category,
        "base": cell.base,
        "evidence": cell.evidence,
        "unit": cell.unit,
        "decimals": cell.decimals,
        "old_value": old.value if old else None,
        "old_value_low": old.value_low if old else None,
        "old_value_high": old.value_high if old else None,
        "old_status": old.status if old else "",
        "old_label": old_text(ctx, change),
        "new_value": cell.value,
        "new_value_low": cell.value_low,
        "new_value_high": cell.value_high,
        "new_status": cell.status,
        "new_label": new_text(ctx, change),
        "difference": difference(change),
        "difference_label": size_text(ctx, change),
        "figure_ids": ";".join(cell.figure_ids),
        "note": ctx.words("example.note") if change.is_example else "",
    }
