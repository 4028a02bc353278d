"""What changed lately: what the newest release changed, what sources replaced, and their errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import day, dutch_time, number
from dashboard.views.blocks import Entry, EntryList, Inline, Text
from dashboard.views.cells import ValueCell, newest_first, text_of
from dashboard.views.change import (
    about,
    change_of,
    indicator_title,
    new_text,
    old_text,
    own_words,
    size_text,
)
from dashboard.views.change_groups import Counted, per_release, summary
from dashboard.views.corrections import fault_text
from dashboard.views.cubes import is_cube
from dashboard.views.headlines import about_cell, within
from warehouse.changes import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.change import Change
    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Indicator
    from warehouse.stories import ReleaseStory

_SAME = (
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "category",
)  # fmt: skip
_REPLACED = "superseded"
_MOST = {"revised": 3, "replaced": 3, "provisional": 1, "errors": 2}
_AT_MOST = 8


def latest_changes(ctx: Context) -> EntryList:
    """Makes the list of changes of the overview, each with a link to where it shows."""
    items = [
        *_revised(ctx)[: _MOST["revised"]],
        *replaced(ctx)[: _MOST["replaced"]],
        *_provisional(ctx)[: _MOST["provisional"]],
        *errors(ctx)[: _MOST["errors"]],
    ]
    more = ctx.link(ctx.words("changes.more"), ctx.to("changes"))
    return EntryList(tuple(items[:_AT_MOST]), more=more)


def _revised(ctx: Context) -> list[Entry]:
    """What the newest release with changes changed, a line per figure."""
    for story in ctx.data.stories():
        if story.withdrawn_at is not None or story.previous_release_id is None:
            continue
        asked = Wanted(ctx.selection.examples, releases=(story.release_id,))
        groups = per_release(ctx.data.change_counts(asked)).get(story.release_id)
        if not groups:
            continue
        first: dict[str, Change] = {}
        for row in ctx.data.change_rows(asked, per_group=1):
            change = change_of(row)
            first[change.cell.indicator_id] = change
        return [
            _figure(ctx, story, counted, first[indicator_id])
            for indicator_id, counted in groups.items()
        ]
    return []


def _figure(ctx: Context, story: ReleaseStory, counted: Counted, change: Change) -> Entry:
    """Tells what a release changed of one figure: what matters most, and how much more."""
    own = own_words(ctx)
    title = indicator_title(ctx, change.cell.indicator_id)
    when = day(dutch_time(story.published_at).date(), ctx.locale)
    told: tuple[Inline, ...]
    if change.kind in ("changed", "final"):
        size, rest = size_text(ctx, change), counted.total - 1
        told = (
            Text(f"{title}, {within(about(ctx, change), ctx)}"),
            Text(own("latest.one", old=old_text(ctx, change))),
            Text(new_text(ctx, change), strong=True),
            Text(own("latest.size", size=size) if size else ""),
            Text(own.count("latest.rest", rest, count=number(rest, ctx.locale)) if rest else ""),
        )
    else:
        told = (Text(own("latest.group", title=title, summary=summary(ctx, counted))),)
    see = ctx.link(
        ctx.words("changes.see"),
        ctx.to("changes").choose(release=story.release_id),
        label=f"{ctx.words('changes.see')}: {title}, {when}",
    )
    tag = ctx.words("changes.tag.final" if change.kind == "final" else "changes.tag.revised")
    if change.kind in ("new", "gone", "hidden"):
        tag = own(f"kind.{change.kind}")
    return Entry((*told, Text(own("latest.when", day=when)), see), tag=tag)


def _cells(ctx: Context) -> list[tuple[Indicator, Sequence[ValueCell]]]:
    return [
        (one, ctx.data.cells(one.id))
        for one in ctx.catalogue.indicators.values()
        if not is_cube(one)
    ]


def replaced(ctx: Context) -> list[Entry]:
    """Tells of values that the source itself replaced: from the provisional to the final one."""
    found: list[tuple[int, Entry]] = []
    for indicator, cells in _cells(ctx):
        for old in cells:
            new = _successor(old, cells) if old.status == _REPLACED else None
            if new is None:
                continue
            tag = "changes.tag.corrected" if new.status == "corrected" else "changes.tag.final"
            parts: tuple[Inline, ...] = (
                *_about(ctx, indicator, new, cells),
                Text(ctx.words("changes.from", old=ctx.values.short(old)), cell=old.key),
                Text(ctx.values.short(new), strong=True, cell=new.key),
                Text(". "),
                _see(ctx, indicator),
            )
            found.append((new.year, Entry(parts, tag=ctx.words(tag))))
    return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _successor(old: ValueCell, cells: Sequence[ValueCell]) -> ValueCell | None:
    return next(
        (
            cell
            for cell in cells
            if cell.status != _REPLACED
            and cell.value is not None
            and all(getattr(cell, name) == getattr(old, name) for name in _SAME)
        ),
        None,
    )


def _provisional(ctx: Context) -> list[Entry]:
    """The newest provisional value."""
    found: list[tuple[int, Entry]] = []
    for indicator, cells in _cells(ctx):
        waiting = newest_first([cell for cell in cells if cell.status == "provisional"])
        for cell in waiting[:1]:
            parts: tuple[Inline, ...] = (
                *_about(ctx, indicator, cell, cells),
                Text(": "),
                Text(ctx.values.short(cell), strong=True, cell=cell.key),
                Text(ctx.words("changes.provisional")),
                _see(ctx, indicator),
            )
            entry = Entry(parts, tag=ctx.words("changes.tag.new"), tag_style="dashed")
            found.append((cell.year, entry))
    return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _about(
    ctx: Context, indicator: Indicator, cell: ValueCell, among: Sequence[ValueCell]
) -> tuple[Inline, ...]:
    title = indicator.text(ctx.locale).title
    named = about_cell(ctx, cell, among)
    name = f"{title}, {named}" if named else title
    return (Text(f"{name}, {ctx.values.period(cell)}"),)


def _see(ctx: Context, indicator: Indicator) -> Inline:
    return ctx.link(
        ctx.words("changes.see"),
        ctx.to("indicator", indicator.id),
        label=f"{ctx.words('changes.see')}: {indicator.text(ctx.locale).title}",
    )


def errors(ctx: Context) -> list[Entry]:
    """Tells of faults in sources: as printed, with what is meant; those in rows stand elsewhere."""
    return [
        error_entry(ctx, row)
        for row in ctx.data.corrections()
        if row["kind"] == "value" and text_of(row["figure_id"])
    ]


def error_entry(ctx: Context, row: Row) -> Entry:
    """Tells one fault of a source, with a link to the printed figure."""
    document = text_of(row["document_id"])
    parts: list[Inline] = [
        Text(
            ctx.words(
                "changes.mended" if row["is_applied"] else "changes.printed_error",
                fault=fault_text(ctx, row),
            ),
        ),
        Text(ctx.labels.document(document), lang="nl"),
        Text(". "),
        ctx.figure_link(
            ctx.words("changes.see"),
            text_of(row["figure_id"]),
            document,
            label=ctx.words("changes.see_figure", figure=text_of(row["printed"])),
        ),
    ]
    return Entry(tuple(parts), tag=ctx.words("changes.tag.error"))
