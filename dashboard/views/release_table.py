"""The releases of the site as a table: when, why, what was accepted, and which is shown now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import moment, number
from dashboard.views.blocks import Cell, Inline, Table, Text
from dashboard.views.change import own_words
from dashboard.views.change_groups import of_other_kind, per_release, together
from dashboard.views.change_reasons import accepted_text, away_texts
from dashboard.views.change_release import other_key
from warehouse.changes import Wanted

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory


def release_table(ctx: Context) -> Table:
    """Makes the table of releases that readers saw, the newest first.

    Who made a release is told to staff only: to readers the reason matters, not the person.
    """
    own = own_words(ctx)
    stories = ctx.data.stories()
    asked = Wanted(ctx.selection.examples, releases=tuple(one.release_id for one in stories))
    groups = per_release(ctx.data.change_counts(asked))
    ids = [one.release_id for one in stories]
    other = of_other_kind(ctx, groups, ids, examples=ctx.selection.examples)
    columns = ["when", "state", "why", "changes", "accepted"]
    if ctx.edition == "staff":
        columns.append("who")
    return Table(
        caption=own("releases.caption"),
        columns=tuple(own(f"releases.column.{name}") for name in columns),
        rows=tuple(
            _row(
                ctx,
                one,
                together(groups.get(one.release_id, {}).values()).total,
                other.get(one.release_id, 0),
            )
            for one in stories
        ),
        id="releases",
        caption_hidden=True,
        cards=True,
    )


def _row(ctx: Context, story: ReleaseStory, total: int, other: int) -> tuple[Cell, ...]:
    own = own_words(ctx)
    when = moment(story.published_at, ctx.locale)
    cells = [
        Cell((Text(f"{when}, {story.release_id}"),), header=True),
        Cell((Text("; ".join((_state(ctx, story), *away_texts(ctx, story)))),)),
        # Operators write in Dutch, whatever the language of the page.
        Cell((Text(story.why, lang="nl") if story.why else Text(_no_why(ctx, story)),)),
        Cell((_changes(ctx, story, total, other),)),
        Cell((Text(accepted_text(ctx, story) or own("releases.accepted")),)),
    ]
    if ctx.edition == "staff":
        cells.append(Cell((Text(story.who, lang="nl"),)))
    return tuple(cells)


def _no_why(ctx: Context, story: ReleaseStory) -> str:
    first = story.previous_release_id is None
    return own_words(ctx)("releases.first" if first else "releases.no_why")


def _state(ctx: Context, story: ReleaseStory) -> str:
    own = own_words(ctx)
    if story.is_served:
        return own("releases.state.served")
    if story.withdrawn_at is None:
        return own("releases.state.earlier")
    return own("releases.state.withdrawn", moment=moment(story.withdrawn_at, ctx.locale))


def _changes(ctx: Context, story: ReleaseStory, total: int, other: int) -> Inline:
    own = own_words(ctx)
    if not total and other and story.is_told and story.previous_release_id is not None:
        key = f"releases.{other_key(examples=ctx.selection.examples)}"
        return Text(own.count(key, other, count=number(other, ctx.locale)))
    if not total:
        said = "none" if story.previous_release_id else "all_new"
        return Text(own(f"releases.{said if story.is_told else 'untold'}"))
    counted = own.count("count.all", total, count=number(total, ctx.locale))
    return ctx.link(
        own("releases.see", total=counted),
        ctx.to("changes", selection=Selection(release=story.release_id)),
        label=own("releases.see_label", moment=moment(story.published_at, ctx.locale)),
    )
