"""A value that changed after its first publication: what it was, since when, by how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.text import day, dutch_time
from dashboard.views.labels import capital
from dashboard.views.moments import vintage_words
from dashboard.views.sizes import size_of_change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.data import Row

_WAITING = "provisional"


@dataclass(frozen=True)
class Revision:
    """The first published state of a cell beside the present one."""

    first: ValueCell
    """The cell as it was first published."""
    cell: ValueCell
    first_on: str
    """The Dutch day of the first publication, as 2026-04-03."""
    on: str
    """The Dutch day since which the cell is as it is."""
    before: tuple[float | None, ...]
    """The numbers that the present ones replaced: the first, or a later one."""
    times: int
    """How many different states there were, the first and the present one included."""

    @property
    def is_of_value(self) -> bool:
        """Says whether a number changed, and not only the status."""
        return {_numbers(self.first), self.before} != {_numbers(self.cell)}

    @property
    def became_final(self) -> bool:
        """Says whether a provisional value is provisional no more."""
        return self.first.status == _WAITING and self.cell.status not in (_WAITING, "suppressed")


def _numbers(cell: ValueCell) -> tuple[float | None, ...]:
    return cell.value, cell.value_low, cell.value_high


def revision_of(ctx: Context, cell: ValueCell) -> Revision | None:
    """Returns how a cell was first published; None where it is still so, or is hidden now."""
    row = ctx.revised(cell.indicator_id).get(cell.cell_id)
    if row is None or cell.kind == "suppressed":
        return None
    first = replace(
        cell,
        value=row["first_value"],
        value_low=row["first_low"],
        value_high=row["first_high"],
        status=str(row["first_status"]),
        # The words and the count of the present value are not those of the first.
        label_nl="",
        label_en="",
        numerator=None,
    )
    return Revision(
        first=first,
        cell=cell,
        first_on=_day(row["first_published_at"]),
        on=_day(row["last_published_at"]),
        before=(row["previous_value"], row["previous_low"], row["previous_high"]),
        times=int(row["times"]),
    )


def _day(moment: datetime | str) -> str:
    return dutch_time(moment).date().isoformat()


def revisions(ctx: Context, cells: Sequence[ValueCell]) -> dict[str, Revision]:
    """Returns the cells that were not always as they are, by their id."""
    found: dict[str, Revision] = {}
    known: dict[str, bool] = {}
    for cell in cells:
        if cell.indicator_id not in known:
            known[cell.indicator_id] = bool(ctx.revised(cell.indicator_id))
        if known[cell.indicator_id] and (one := revision_of(ctx, cell)) is not None:
            found[cell.key] = one
    return found


def told_revision(ctx: Context, revision: Revision) -> str:
    """Tells a revision in a sentence or two, for the table beside the present value."""
    told = []
    if size := _size(ctx, revision):
        return _told_size(ctx, revision, size)
    if revision.is_of_value:
        told.append(_told_value(ctx, revision))
    if revision.first.status != revision.cell.status:
        told.append(_told_status(ctx, revision))
    return " ".join(told)


def told_of_cell(ctx: Context, cell: ValueCell) -> str:
    """Tells the revision of one cell, as a table with a column of remarks has it; else nothing."""
    found = revision_of(ctx, cell)
    return told_revision(ctx, found).rstrip(".") if found else ""


def _told_value(ctx: Context, revision: Revision) -> str:
    own = vintage_words(ctx)
    first, on = ctx.values.short(revision.first), day(revision.on, ctx.locale)
    first_on = day(revision.first_on, ctx.locale)
    if _numbers(revision.first) == _numbers(revision.cell):
        return own("revised.back", first=first, first_on=first_on, times=revision.times - 1)
    key = "revised.other" if _size(ctx, revision) is None else "revised.unseen"
    return own(key, first=first, first_on=first_on, on=on)


def _told_size(ctx: Context, revision: Revision, size: str) -> str:
    """Tells a revision that can be seen, with the status where that changed too."""
    old, new = revision.first.status, revision.cell.status
    return vintage_words(ctx)(
        "revised.changed" if old == new else "revised.changed_status",
        first=ctx.values.short(revision.first),
        first_on=day(revision.first_on, ctx.locale),
        on=day(revision.on, ctx.locale),
        size=size,
        old=ctx.labels.status(old),
        new=ctx.labels.status(new),
    )


def _size(ctx: Context, revision: Revision) -> str | None:
    """Writes how large a revision is; None where one of the values is no single number."""
    old, new, cell = revision.first.value, revision.cell.value, revision.cell
    if old is None or new is None:
        return None
    return size_of_change(ctx, old, new, cell.unit, cell.decimals)


def _told_status(ctx: Context, revision: Revision) -> str:
    return vintage_words(ctx)(
        "revised.status",
        old=capital(ctx.labels.status(revision.first.status)),
        first_on=day(revision.first_on, ctx.locale),
        new=ctx.labels.status(revision.cell.status),
        on=day(revision.on, ctx.locale),
    )


def counted_revisions(ctx: Context, cells: Sequence[ValueCell], key: str) -> str:
    """Says how many values of a chart were changed, and how many became final.

    Args:
        ctx: The page.
        cells: What the chart shows.
        key: `note` for the line under a chart, `alt` for its text alternative.
    """
    found = revisions(ctx, cells).values()
    changed = sum(one.is_of_value for one in found)
    final = sum(one.became_final for one in found)
    own = vintage_words(ctx)
    keys = {"note": ("note", "final"), "alt": ("alt", "alt_final")}[key]
    told = [
        own.count(f"revised.{name}", count, count=count, all=len(cells))
        for name, count in zip(keys, (changed, final), strict=True)
        if count
    ]
    return " ".join(told)


def revision_columns(ctx: Context, cell: ValueCell) -> Row:
    """Makes the columns of a file that tell of a revision; empty where there was none."""
    found = revision_of(ctx, cell)
    old = found.first.value if found else None
    revised = found is not None and found.is_of_value
    return {
        "first_value": old,
        "first_value_label": ctx.values.short(found.first) if found else "",
        "first_status": found.first.status if found else "",
        "first_published_on": found.first_on if found else "",
        "revision": _difference(old, cell.value) if revised else None,
        "revised_on": found.on if found else "",
    }


def _difference(old: float | None, new: float | None) -> float | None:
    # Rounded far behind any printed decimal, so that 5.1 - 4.7 is 0.4.
    return None if old is None or new is None else round(new - old, 9)
