"""Tell of every release that readers saw: when, why it was made, and whether it was withdrawn.

The served database says which releases went before it. The folder beside it, where it is there,
says why each was made and what came after the served one and was taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.manifest import Reasons
from warehouse.vintage import moment_of, starts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.manifest import ReleaseInfo
    from warehouse.publication import Publication
    from warehouse.read_model import ReadModel
    from warehouse.vintage import Timeline


@dataclass(frozen=True)
class ReleaseStory:
    """One release that readers saw; moments are ISO times in UTC."""

    release_id: str
    published_at: str
    """When readers first saw it."""
    is_served: bool
    previous_release_id: str | None
    """The release it was made after, and is compared with."""
    is_told: bool
    """Whether the served release knows what this one changed."""
    withdrawn_at: str | None = None
    """When it was taken back: the served release was not made after it."""
    withdrawn_why: str = ""
    """Why it was taken back, as given."""
    away: tuple[tuple[str, str], ...] = ()
    """From when until when readers did not see it, between two times that they did."""
    why: str = ""
    who: str = ""
    accepted: tuple[str, ...] = ()
    """The findings that would have stopped it and were accepted, as `code:file`."""
    reasons: Reasons = field(default_factory=Reasons)
    """What it was made from that its parent was not."""
    invented: frozenset[str] | None = None
    """Sources and periods, as `source/period`, that were invented in it; None if nobody knows."""
    invented_before: frozenset[str] | None = None
    """The same of its parent: of files that went away."""


def release_stories(model: ReadModel) -> list[ReleaseStory]:
    """Tell of every release that readers saw, the newest first; the first is not always served."""
    with model.pinned():
        line = model.timeline()
        manifests = {info.release_id: info for info in model.manifests()}
        return _told(line, manifests, model.moments())


def _told(
    line: Timeline, manifests: Mapping[str, ReleaseInfo], moments: Sequence[Publication]
) -> list[ReleaseStory]:
    chain = _chain(line, manifests)
    stories = []
    for release_id, published_at in line.first_seen().items():
        info = manifests.get(release_id)
        first = next(n for n, one in enumerate(line.publications) if one.release_id == release_id)
        end = None if release_id in chain else _end_of(line, release_id)
        parent = _parent(line, manifests, release_id)
        stories.append(
            ReleaseStory(
                release_id=release_id,
                published_at=published_at,
                is_served=release_id == line.served,
                previous_release_id=parent,
                is_told=release_id in line.parents,
                withdrawn_at=None if end is None else moment_of(line.publications[end]),
                withdrawn_why="" if end is None else _why(line, moments, end),
                away=_away(line, manifests, release_id),
                why=(info.why if info else "") or _why(line, moments, first),
                who=info.who if info else "",
                accepted=info.accepted if info else (),
                reasons=info.reasons if info else Reasons(),
                invented=_invented(manifests.get(release_id)),
                invented_before=_invented(manifests.get(parent or "")),
            )
        )
    return sorted(stories, key=lambda one: (one.published_at, one.release_id), reverse=True)


def _invented(info: ReleaseInfo | None) -> frozenset[str] | None:
    return None if info is None or info.invented is None else frozenset(info.invented)


def _parent(line: Timeline, manifests: Mapping[str, ReleaseInfo], release_id: str) -> str | None:
    """Return what a release was made after; an old one says so in its manifest only."""
    info = manifests.get(release_id)
    return line.parents.get(release_id) or (info.previous_release_id if info else None)


def _chain(
    line: Timeline, manifests: Mapping[str, ReleaseInfo], release_id: str | None = None
) -> set[str]:
    """Return a release, else the served one, and all that it was made after."""
    found: set[str] = set()
    at: str | None = release_id or line.served
    while at is not None and at not in found:
        found.add(at)
        at = _parent(line, manifests, at)
    return found


def _away(
    line: Timeline, manifests: Mapping[str, ReleaseInfo], release_id: str
) -> tuple[tuple[str, str], ...]:
    """Return when neither a release nor one made after it was served, and then it was again."""
    spans: list[tuple[str, str]] = []
    was_seen, gone_at = False, ""
    for one in line.publications:
        at = one.at.isoformat(timespec="seconds")
        if release_id in _chain(line, manifests, one.release_id):
            if gone_at:
                spans.append((gone_at, at))
            was_seen, gone_at = True, ""
        elif was_seen and not gone_at:
            gone_at = at
    return tuple(spans)


def _why(line: Timeline, moments: Sequence[Publication], position: int) -> str:
    """Return the reason that was given when a release became the served one.

    The same release may have become it twice within a second. The folder may lack the first
    moments of all, never the last: so its moments are counted from the end.
    """
    start = line.publications[position]
    later = line.publications[position:].count(start)
    reasons = [one.why for one in moments if starts_of([one]) == [start]]
    return reasons[-later] if later <= len(reasons) else ""


def _end_of(line: Timeline, release_id: str) -> int | None:
    """Return at which place of the timeline readers last stopped seeing a release."""
    after = None
    pairs = zip(line.publications, line.publications[1:], strict=False)
    for position, (before, one) in enumerate(pairs, start=1):
        if before.release_id == release_id != one.release_id:
            after = position
    return after
