"""The feed of changes as data: an entry per release, for readers who follow the site from afar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from dashboard.addresses import Selection
from dashboard.text import day, dutch_time, number
from dashboard.views.change import (
    Change,
    about,
    change_of,
    difference,
    indicator_title,
    new_text,
    old_text,
    own_words,
    size_text,
)
from dashboard.views.change_groups import Counted, of_other_kind, per_release, summary, together
from dashboard.views.change_reasons import accepted_text
from dashboard.views.change_release import other_key, told, withdrawn_text
from dashboard.views.headlines import within
from warehouse.changes import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.addresses import Address, Locale
    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory

_NAMES = UUID("6d0c3a2e-8f0b-4f57-9c1e-3c5f2b7a41d8")
"""Where the ids of this feed live. Never change it: readers would get every entry again."""
_ENTRIES = 50
_CHANGES = 5
"""Revised values of one figure that an entry tells."""
_FIGURES = 12
"""Figures that an entry names; how many there are more is told."""


@dataclass(frozen=True)
class FeedEntry:
    """One release in the feed; moments are ISO times in UTC."""

    id: str
    title: str
    href: str
    published: str
    updated: str
    summary: str
    lines: tuple[str, ...]
    """What it changed, a figure per line."""


@dataclass(frozen=True)
class Feed:
    """All that an Atom feed says, whatever it is written in."""

    id: str
    locale: Locale
    title: str
    subtitle: str
    author: str
    updated: str
    self_href: str
    page_href: str
    entries: tuple[FeedEntry, ...]


def changes_feed(ctx: Context) -> Feed:
    """Makes the feed of changes; it never tells of invented figures.

    Ids are made from the id of the release alone, so that they stay when the site moves.
    """
    own = own_words(ctx)
    stories = ctx.data.stories()
    ids = tuple(one.release_id for one in stories)
    groups = per_release(ctx.data.change_counts(Wanted(releases=ids)))
    other = of_other_kind(ctx, groups, ids, examples=False)
    shown = stories[:_ENTRIES]
    asked = Wanted(releases=tuple(one.release_id for one in shown), kinds=("changed", "final"))
    changes = [change_of(row) for row in ctx.data.change_rows(asked, per_group=_CHANGES)]
    entries = tuple(
        _entry(
            ctx,
            one,
            groups.get(one.release_id, {}),
            [change for change in changes if change.release_id == one.release_id],
            other.get(one.release_id, 0),
        )
        for one in shown
    )
    name = ctx.words("site.name")
    return Feed(
        id=_id(ctx, "feed"),
        locale=ctx.locale,
        title=own("feed.title", site=name),
        subtitle=own("feed.subtitle"),
        author=ctx.settings.publisher or name,
        updated=max(one.updated for one in entries),
        self_href=_absolute(ctx, ctx.addresses.feed(ctx.locale)),
        page_href=_absolute(ctx, ctx.to("changes")),
        entries=entries,
    )


def _entry(
    ctx: Context,
    story: ReleaseStory,
    groups: Mapping[str, Counted],
    changes: Sequence[Change],
    other: int,
) -> FeedEntry:
    own = own_words(ctx)
    line = told(ctx, story, groups, other=other)
    when = day(dutch_time(story.published_at).date(), ctx.locale)
    total = together(groups.values()).total
    title = own("feed.entry", day=when, told=_title(ctx, story, total, other))
    told_of = withdrawn_text(ctx, story)
    parts = [
        told_of,
        own("feed.why", why=story.why.rstrip(".")) if story.why else "",
        own("feed.accepted", codes=accepted_text(ctx, story)) if story.accepted else "",
        line,
    ]
    shown = list(groups.items())[:_FIGURES]
    lines = []
    for indicator_id, counted in shown:
        name = indicator_title(ctx, indicator_id)
        lines.append(own("feed.line", title=name, summary=summary(ctx, counted)))
        lines += [_change(ctx, one) for one in changes if one.cell.indicator_id == indicator_id]
    left_out = len(groups) - len(shown)
    if left_out:
        lines.append(own.count("feed.more", left_out, count=left_out))
    place = ctx.to("changes", selection=Selection(release=story.release_id))
    return FeedEntry(
        id=_id(ctx, story.release_id),
        title=own("feed.withdrawn", title=title) if told_of else title,
        href=_absolute(ctx, place),
        published=story.published_at,
        updated=story.withdrawn_at or story.published_at,
        summary=" ".join(part for part in parts if part),
        lines=tuple(lines),
    )


def _change(ctx: Context, change: Change) -> str:
    """Tells one change with its old and its new value."""
    own, size = own_words(ctx), size_text(ctx, change)
    told = {
        "title": indicator_title(ctx, change.cell.indicator_id),
        "about": within(about(ctx, change), ctx),
        "old": old_text(ctx, change),
        "new": new_text(ctx, change),
    }
    if size and difference(change):
        return own("feed.change_size", size=size, **told)
    return own("feed.change", **told)


def _title(ctx: Context, story: ReleaseStory, total: int, other: int) -> str:
    own = own_words(ctx)
    if total:
        return own.count("count.all", total, count=number(total, ctx.locale))
    if other and story.is_told and story.previous_release_id is not None:
        key = f"feed.{other_key(examples=False)}"
        return own.count(key, other, count=number(other, ctx.locale))
    if story.previous_release_id is None:
        return own("feed.first")
    return own("feed.none" if story.is_told else "feed.untold")


def _id(ctx: Context, name: str) -> str:
    return uuid5(_NAMES, f"{ctx.edition}/{ctx.locale}/{name}").urn


def _absolute(ctx: Context, address: Address) -> str:
    """Writes an address with that of the site before it, where that is known.

    Without it the address is relative to the feed itself, which Atom allows.
    """
    site = ctx.settings.site_url
    if ctx.flavour == "site" or not site:
        return f"{site}{ctx.href(address)}"
    start = replace(ctx.address, page="overview", key=None, form="page")
    href = ctx.addresses.href(address, flavour="export", frm=start)
    return f"{site}/{ctx.locale}/{href}"
