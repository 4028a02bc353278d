"""Why a release was made: as the operator said, and by what was different from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list, moment, year_range
from dashboard.views.blocks import Inline, Text
from dashboard.views.cells import text_of
from dashboard.views.change import own_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.stories import ReleaseStory

_FEW = 6
"""Sources of which the files are named; how many there are more is told."""
_FILES = ("new", "changed", "gone", "renamed")


def release_facts(ctx: Context, story: ReleaseStory) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    """Tells what is known of a release: its id, why, what was different and what was accepted.

    Who made it is told to staff only: to readers the reason matters, not the person.
    """
    own = own_words(ctx)
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        (own("release.id"), (Text(story.release_id),)),
    ]
    if story.away:
        told = and_list(away_texts(ctx, story), ctx.locale)
        facts.append((own("release.away"), (Text(own("release.away_text", told=told)),)))
    different = different_text(ctx, story)
    # Operators write in Dutch, whatever the language of the page.
    if story.why:
        facts.append((own("release.why"), (Text(story.why, lang="nl"),)))
    elif story.previous_release_id is not None and not different:
        facts.append((own("release.why"), (Text(own("release.no_why")),)))
    if different:
        facts.append((own("reason.title"), (Text(different),)))
    if story.who and ctx.edition == "staff":
        facts.append((own("release.who"), (Text(story.who, lang="nl"),)))
    if story.accepted:
        text = own("release.accepted_text", codes=accepted_text(ctx, story))
        facts.append((own("release.accepted"), (Text(text),)))
    return tuple(facts)


def away_texts(ctx: Context, story: ReleaseStory) -> list[str]:
    """Tells from when until when readers did not see a release that they do see again."""
    return [
        own_words(ctx)(
            "release.away_span",
            since=moment(since, ctx.locale),
            until=moment(until, ctx.locale),
        )
        for since, until in story.away
    ]


def different_text(ctx: Context, story: ReleaseStory) -> str:
    """Tells what a release was made from that the one before was not; empty where not known."""
    own, reasons = own_words(ctx), story.reasons
    if reasons.kind != "compared":
        return ""
    told = [
        own(f"reason.{kind}", names=_names(ctx, _invented_of(story, kind), names))
        for kind in _FILES
        if (names := getattr(reasons, kind))
    ]
    if reasons.settings:
        told.append(own("reason.settings"))
    if reasons.parts:
        parts = and_list([own(f"reason.part.{part}") for part in reasons.parts], ctx.locale)
        told.append(own("reason.parts", parts=parts))
    return " ".join(told)


def _names(ctx: Context, known: frozenset[str] | None, names: Sequence[str]) -> str:
    """Names files by source and period, e.g. "Prijsindexcijfers (2025)"; of invented ones says so.

    Names of files of a confidential source are numbers, which say nothing to a reader.
    """
    periods: dict[tuple[str, bool], list[str]] = {}
    for name in names:
        source, _, rest = name.partition("/")
        period, slash, _ = rest.partition("/")
        invented = _is_invented(ctx, known, source, period)
        periods.setdefault((source if slash else name, invented), []).append(period)
    told = [
        _source(ctx, source, its, invented=invented) for (source, invented), its in periods.items()
    ]
    shown, left_out = told[:_FEW], len(told) - _FEW
    more = [own_words(ctx)("reason.more", count=left_out)] if left_out > 0 else []
    return ", ".join([*shown, *more])


def _source(ctx: Context, source: str, periods: Sequence[str], *, invented: bool) -> str:
    if source not in ctx.catalogue.sources:
        return source
    each = sorted(set(periods))
    if all(period.isdigit() for period in each):
        named = year_range(int(each[0]), int(each[-1]))
    else:
        undated = ctx.words("sources.undated")
        named = ", ".join(
            undated if one == "undated" else ctx.labels.period(one) for one in each if one
        )
    told = own_words(ctx)("reason.delivery", source=ctx.labels.source(source), period=named)
    return f"{told} {ctx.words('example.delivery')}" if invented else told


def _invented_of(story: ReleaseStory, kind: str) -> frozenset[str] | None:
    """What was invented where these files were: those that went away were in the parent."""
    return story.invented_before if kind == "gone" else story.invented


def _is_invented(ctx: Context, known: frozenset[str] | None, source: str, period: str) -> bool:
    """Says whether all files of a source and period are invented.

    A release that was made before manifests said so is held against what is served now.
    """
    if known is not None:
        return f"{source}/{period}" in known
    now = [
        bool(row["is_invented"])
        for row in ctx.data.deliveries()
        if (text_of(row["source_id"]), text_of(row["period"])) == (source, period)
    ]
    return bool(now) and all(now)


def accepted_text(ctx: Context, story: ReleaseStory) -> str:
    """Names the findings that were accepted; the files they are about are named to staff only."""
    told = []
    for one in story.accepted:
        code, _, file = one.partition(":")
        name = _finding(ctx, code)
        told.append(f"{name} ({file})" if file and ctx.edition == "staff" else name)
    return ", ".join(dict.fromkeys(told))


def _finding(ctx: Context, code: str) -> str:
    known = own_words(ctx).all("finding")
    return known.get(code, code)
