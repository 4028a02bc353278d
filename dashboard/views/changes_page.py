"""The page of all changes: per release when, why, and every figure with its old and new value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.text import moment, number
from dashboard.views.blocks import (
    Block,
    EmptyState,
    EntryList,
    Link,
    LinkList,
    Notice,
    Page,
    Pager,
    Paragraph,
    Section,
    Text,
)
from dashboard.views.change import Change, change_of, own_words
from dashboard.views.change_choices import change_panel
from dashboard.views.change_groups import Counted, of_other_kind, per_release, together, wanted
from dashboard.views.change_release import is_narrowed, release_changes
from dashboard.views.changes import errors, replaced
from dashboard.views.changes_csv import MOST_ROWS
from dashboard.views.filters import not_applied_notices, unknown_notices
from dashboard.views.navigation import page
from dashboard.views.selecting import UnknownWord
from warehouse.changes import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory

RELEASES_PER_PAGE = 10
ROWS_PER_PAGE = 100
"""Changes of one figure in one release that a page shows, where the reader asked for those."""
_PER_GROUP = {"site": 12, "export": 60}
"""Changes of one figure in one release that a page of all releases shows."""
_NOT_HERE = ("sector", "insurer", "region", "provider", "base")


def changes_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of changes for the choices in the address."""
    own = own_words(ctx)
    told = ctx.data.stories()
    if ctx.selection.release and ctx.selection.release not in {one.release_id for one in told}:
        unknown = (*unknown, UnknownWord("release", ctx.selection.release, None))
        ctx = ctx.at(replace(ctx.address, selection=replace(ctx.selection, release=None)))
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *not_applied_notices(ctx, _NOT_HERE),
        *_example_notices(ctx),
    ]
    total = 0
    if len(told) > 1:
        body, total = _history(ctx, told)
        blocks += body
    else:
        blocks += [_links(ctx, 0), _first(ctx, told)]
    blocks += [_replaced(ctx), _corrections(ctx)]
    return page(
        ctx,
        title=own("page.title"),
        lead=own("page.lead"),
        breadcrumbs=(Link(own("page.name"), ctx.href(ctx.to("changes")), current=True),),
        blocks=blocks,
        data={"total": total, "releases": [one.release_id for one in told]},
        example=ctx.selection.examples,
    )


def _example_notices(ctx: Context) -> list[Notice]:
    if not ctx.selection.examples:
        return []
    text = f"{ctx.words('example.text')} {own_words(ctx)('page.example')}"
    return [Notice(ctx.words("example.title"), text, severity="example")]


def _history(ctx: Context, told: Sequence[ReleaseStory]) -> tuple[list[Block], int]:
    """Makes the filters and the releases of this page; says how many changes there are in all."""
    ids = [one.release_id for one in told]
    every = ctx.data.change_counts(Wanted(ctx.selection.examples, releases=tuple(ids)))
    chosen = _within(wanted(ctx), ids)
    groups = per_release(ctx.data.change_counts(chosen))
    total = together(one for found in groups.values() for one in found.values()).total
    narrowed = is_narrowed(ctx.selection)
    kept = [
        one
        for one in told
        if ctx.selection.release in (None, one.release_id)
        and (one.release_id in groups or not narrowed)
    ]
    moments = {one.release_id: one.published_at for one in told}
    blocks: list[Block] = []
    if ctx.flavour == "site":
        blocks.append(change_panel(ctx, every, moments))
    blocks.append(_links(ctx, total))
    if total > MOST_ROWS and ctx.flavour == "site":
        text = own_words(ctx)("page.too_many", count=number(total, ctx.locale))
        blocks.append(Paragraph((Text(text),), role="note"))
    if ctx.selection.release and ctx.selection.indicator and total > _PER_GROUP["site"]:
        return [*blocks, *_one_figure(ctx, kept[0], groups[kept[0].release_id], chosen)], total
    return [*blocks, *_releases(ctx, kept, groups, chosen)], total


def _within(chosen: Wanted, ids: Sequence[str]) -> Wanted:
    """Leaves out the releases that the page does not show."""
    return chosen if chosen.releases is not None else replace(chosen, releases=tuple(ids))


def _releases(
    ctx: Context,
    kept: Sequence[ReleaseStory],
    groups: Mapping[str, Mapping[str, Counted]],
    chosen: Wanted,
) -> list[Block]:
    whole = ctx.flavour == "export"
    first = 0 if whole else (ctx.selection.page - 1) * RELEASES_PER_PAGE
    shown = kept if whole else kept[first : first + RELEASES_PER_PAGE]
    if not shown:
        return [_nothing(ctx, beyond=bool(kept))]
    rows = ctx.data.change_rows(
        replace(chosen, releases=tuple(one.release_id for one in shown)),
        per_group=_PER_GROUP[ctx.flavour],
    )
    changes = [change_of(row) for row in rows]
    ids = [one.release_id for one in shown]
    other = of_other_kind(ctx, groups, ids, examples=ctx.selection.examples)
    found: list[Block] = [
        release_changes(
            ctx,
            one,
            groups.get(one.release_id, {}),
            _of(changes, one),
            other=other.get(one.release_id, 0),
        )
        for one in shown
    ]
    if len(kept) > len(shown):
        found.append(_pager(ctx, first, len(shown), len(kept)))
    return found


def _of(changes: Sequence[Change], story: ReleaseStory) -> list[Change]:
    return [one for one in changes if one.release_id == story.release_id]


def _one_figure(
    ctx: Context, story: ReleaseStory, groups: Mapping[str, Counted], chosen: Wanted
) -> list[Block]:
    """Shows all changes of one figure in one release, page by page."""
    total = together(groups.values()).total
    first = (ctx.selection.page - 1) * ROWS_PER_PAGE
    rows = ctx.data.change_rows(chosen, offset=first, limit=ROWS_PER_PAGE)
    if not rows:
        return [_nothing(ctx, beyond=True)]
    changes = [change_of(row) for row in rows]
    pager = _pager(ctx, first, len(changes), total, "pager.rows")
    return [release_changes(ctx, story, groups, changes, open_=True), pager]


def _pager(ctx: Context, first: int, shown: int, total: int, words: str = "") -> Pager:
    own = own_words(ctx)
    told = {"first": first + 1, "last": first + shown, "total": total}
    numbers = {name: number(value, ctx.locale) for name, value in told.items()}
    current = ctx.selection.page
    return Pager(
        summary=own(words, **numbers) if words else own.count("pager.summary", shown, **numbers),
        previous=ctx.link(ctx.words("pager.previous"), ctx.address.choose(page=current - 1))
        if first > 0
        else None,
        next=ctx.link(ctx.words("pager.next"), ctx.address.choose(page=current + 1))
        if first + shown < total
        else None,
    )


def _links(ctx: Context, total: int) -> LinkList:
    """Links the CSV of exactly this view, and the feed."""
    own = own_words(ctx)
    items: list[tuple[Link, str]] = []
    csv = ctx.csv_link(ctx.address, ctx.words("chart.csv"))
    if csv is not None and 0 < total <= MOST_ROWS:
        text = own.count("page.csv_text", total, count=number(total, ctx.locale))
        items.append((csv, text))
    feed = Link(own("page.feed"), ctx.href(ctx.addresses.feed(ctx.locale)))
    items.append((feed, own("page.feed_text")))
    return LinkList(tuple(items))


def _first(ctx: Context, told: Sequence[ReleaseStory]) -> EmptyState:
    own = own_words(ctx)
    since = told[0].published_at if told else ""
    return EmptyState(
        id="first-release",
        mark="no_data",
        kicker=own("first.kicker"),
        title=own("first.title"),
        text=(Paragraph((Text(own("first.text", moment=moment(since, ctx.locale))),)),),
        links=(ctx.link(ctx.words("menu.figures"), ctx.to("figures")),),
    )


def _nothing(ctx: Context, *, beyond: bool) -> EmptyState:
    """Says that no change fits the choices; or that the page number lies beyond the last."""
    own = own_words(ctx)
    links = []
    if beyond:
        links.append(ctx.link(own("nothing.first_page"), ctx.address.choose(page=1)))
    links.append(ctx.link(own("nothing.all"), ctx.to("changes")))
    return EmptyState(
        id="no-changes",
        mark="no_data",
        kicker=own("first.kicker"),
        title=own("nothing.title"),
        text=(Paragraph((Text(own("nothing.text")),)),),
        links=tuple(links),
    )


def _replaced(ctx: Context) -> Section:
    own = own_words(ctx)
    return Section(
        own("replaced.title"),
        (EntryList(tuple(replaced(ctx))),),
        id="replaced",
        lead=own("replaced.lead"),
    )


def _corrections(ctx: Context) -> Section:
    own = own_words(ctx)
    more = ctx.link(own("corrections.more"), ctx.to("sources"))
    if ctx.flavour == "site":
        more = replace(more, href=f"{more.href}#part-corrections")
    return Section(
        own("corrections.title"),
        (EntryList(tuple(errors(ctx)), more=more),),
        id="errors",
        lead=own("corrections.lead"),
    )
