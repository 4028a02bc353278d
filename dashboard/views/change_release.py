"""One release on the page of changes: when, why, and its changes grouped by figure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import moment, number
from dashboard.views.block_changes import ChangeGroup, ChangeTable, ReleaseChanges
from dashboard.views.blocks import Cell, Inline, Link, Table, Text
from dashboard.views.change import (
    about,
    indicator_of,
    indicator_title,
    is_also_revised,
    new_text,
    old_text,
    own_words,
    size_text,
)
from dashboard.views.change_groups import Counted, summary, together
from dashboard.views.change_reasons import release_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.views.change import Change
    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory

_OPEN = 8
"""Rows that a table shows at once; a longer one is folded."""
_FEW = 3
"""New cells that stand among the others; more of them are told in one line."""
_COLUMNS = ("about", "old", "new", "size", "kind")


def release_changes(
    ctx: Context,
    story: ReleaseStory,
    groups: Mapping[str, Counted],
    changes: Sequence[Change],
    *,
    other: int = 0,
    open_: bool = False,
) -> ReleaseChanges:
    """Makes one release of the page.

    Args:
        ctx: The page.
        story: When and why the release was made.
        groups: How many of its changes fit the choice, per indicator.
        changes: Those that are shown.
        other: How many figures of the other kind it changed, real or invented.
        open_: Whether nothing is folded, because the reader asked for these changes.
    """
    own = own_words(ctx)
    shown: dict[str, list[Change]] = defaultdict(list)
    for one in changes:
        shown[one.cell.indicator_id].append(one)
    withdrawn = story.withdrawn_at is not None
    return ReleaseChanges(
        id=story.release_id,
        title=own("release.title", moment=moment(story.published_at, ctx.locale)),
        tag=own("release.withdrawn" if withdrawn else "release.served")
        if withdrawn or story.is_served
        else "",
        tag_style="dashed" if withdrawn else "solid",
        note=_note(ctx, story),
        facts=release_facts(ctx, story),
        summary=told(ctx, story, groups, other=other, examples=ctx.selection.examples),
        groups=tuple(
            _group(
                ctx,
                story,
                indicator_id,
                counted,
                shown[indicator_id],
                open_=open_,
                alone=len(groups) == 1,
            )
            for indicator_id, counted in groups.items()
        ),
        links=_links(ctx, story),
    )


def told(
    ctx: Context,
    story: ReleaseStory,
    groups: Mapping[str, Counted],
    *,
    other: int = 0,
    examples: bool = False,
) -> str:
    """Writes in one line what a release changed, or that it changed nothing of this kind.

    Args:
        ctx: The page.
        story: The release.
        groups: What it changed of this kind, per indicator.
        other: How many figures of the other kind it changed.
        examples: Whether this kind is the invented one.
    """
    own = own_words(ctx)
    whole = together(groups.values())
    if whole.total:
        return own("release.summary", summary=summary(ctx, whole))
    if not story.is_told:
        return own("release.untold")
    if story.previous_release_id is None:
        return own("release.first")
    if is_narrowed(ctx.selection):
        return own("release.none_chosen")
    if other:
        key = f"release.{other_key(examples=examples)}"
        return own.count(key, other, count=number(other, ctx.locale))
    return own("release.none")


def other_key(*, examples: bool) -> str:
    """Names the text that says that only figures of the other kind changed."""
    return "only_real" if examples else "only_example"


def is_narrowed(selection: Selection) -> bool:
    """Tells whether a choice leaves changes out."""
    return bool(
        selection.topics or selection.indicator or selection.kinds or selection.years is not None
    )


def withdrawn_text(ctx: Context, story: ReleaseStory) -> str:
    """Says that a release was rolled back, when and why; empty where it was not."""
    if story.withdrawn_at is None:
        return ""
    own = own_words(ctx)
    text = own("release.withdrawn_text", moment=moment(story.withdrawn_at, ctx.locale))
    if not story.withdrawn_why:
        return text
    return f"{text} {own('release.withdrawn_why', why=story.withdrawn_why.rstrip('.'))}"


def _note(ctx: Context, story: ReleaseStory) -> tuple[Inline, ...]:
    """Says that a release was rolled back; the reason is in Dutch, whatever the page is in."""
    if not story.withdrawn_why:
        text = withdrawn_text(ctx, story)
        return (Text(text),) if text else ()
    own, mark = own_words(ctx), "\0"
    plain = withdrawn_text(ctx, replace(story, withdrawn_why=""))
    before, _, after = own("release.withdrawn_why", why=mark).partition(mark)
    why = story.withdrawn_why.rstrip(".")
    return (Text(f"{plain} {before}"), Text(why, lang="nl"), Text(after))


def _links(ctx: Context, story: ReleaseStory) -> tuple[Link, ...]:
    """Links the site as it was, and the changes of this release alone."""
    if ctx.flavour == "export":
        return ()
    own = own_words(ctx)
    when = moment(story.published_at, ctx.locale)
    links = []
    if not story.is_served and story.is_told:
        links.append(
            ctx.link(
                own("release.as_of"),
                ctx.to("overview").choose(as_of=story.release_id),
                label=own("release.as_of_label", moment=when),
            )
        )
    if ctx.selection.release is None:
        links.append(
            ctx.link(
                own("release.only"),
                ctx.address.choose(release=story.release_id),
                label=own("release.only_label", moment=when),
            )
        )
    return tuple(links)


def _group(
    ctx: Context,
    story: ReleaseStory,
    indicator_id: str,
    counted: Counted,
    changes: Sequence[Change],
    *,
    open_: bool,
    alone: bool,
) -> ChangeGroup:
    own = own_words(ctx)
    title = indicator_title(ctx, indicator_id)
    added = [one for one in changes if one.kind == "new"]
    if len(added) <= _FEW:
        added = []
    revised = [one for one in changes if one not in added]
    tables = []
    if revised:
        caption = own("group.caption", title=title, release=story.release_id)
        total = counted.total - (counted.kinds.get("new", 0) if added else 0)
        folds = not open_ and len(revised) > _OPEN
        line = _line(ctx, "rows", len(revised), total) if folds else ""
        tables.append(_table(ctx, revised, caption, line))
    if added:
        caption = own("group.caption_added", title=title, release=story.release_id)
        # What is new is told in one line; the cells are there for who wants to see them.
        line = "" if open_ else _line(ctx, "added", len(added), counted.kinds["new"])
        tables.append(_table(ctx, added, caption, line))
    left_out = counted.total > len(changes) and not open_
    known = indicator_of(ctx, indicator_id) is not None
    counts = {"shown": len(changes), "count": counted.total}
    numbers = {name: number(count, ctx.locale) for name, count in counts.items()}
    return ChangeGroup(
        title=title,
        link=ctx.link(title, ctx.to("indicator", indicator_id)) if known else None,
        summary="" if alone else summary(ctx, counted),
        tables=tuple(tables),
        example=ctx.words("example.tag") if ctx.selection.examples else "",
        more=ctx.link(
            own("group.more", count=numbers["count"]),
            ctx.address.choose(release=story.release_id, indicator=indicator_id),
            label=own("group.more_label", count=numbers["count"], title=title),
        )
        if left_out and known and ctx.flavour == "site"
        else None,
        rest=own("group.rest", **numbers) if left_out and ctx.flavour == "export" else "",
    )


def _line(ctx: Context, kind: str, shown: int, total: int) -> str:
    """Writes the line that opens a table, which may hold a part of what there is."""
    own, count = own_words(ctx), number(shown, ctx.locale)
    if shown < total:
        return own(f"group.{kind}_some", count=count, total=number(total, ctx.locale))
    return own.count(f"group.{kind}", shown, count=count)


def _table(ctx: Context, changes: Sequence[Change], caption: str, line: str) -> ChangeTable:
    own = own_words(ctx)
    example = any(one.is_example for one in changes)
    return ChangeTable(
        table=Table(
            caption=ctx.words("example.caption", caption=caption) if example else caption,
            columns=tuple(own(f"group.column.{name}") for name in _COLUMNS),
            rows=tuple(_row(ctx, one) for one in changes),
            caption_hidden=True,
            numeric_columns=frozenset({1, 2, 3}),
            cards=True,
            example=example,
        ),
        folded=line,
    )


def _row(ctx: Context, change: Change) -> tuple[Cell, ...]:
    own = own_words(ctx)
    return (
        Cell((Text(about(ctx, change)),), header=True),
        Cell((Text(old_text(ctx, change)),), numeric=True),
        Cell((Text(new_text(ctx, change), strong=change.kind != "gone"),), numeric=True),
        Cell((Text(size_text(ctx, change)),), numeric=True),
        Cell((Text(own(f"kind.{'final_revised' if is_also_revised(change) else change.kind}")),)),
    )
