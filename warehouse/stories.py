"""Tell of every release that readers saw: when, why it was made, and whether it was withdrawn.

The served database says which releases went before it. The folder beside it, where it is there,
says why each was made and what came after the served one and was taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.manifest import Reasons

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
    why: str = ""
    who: str = ""
    accepted: tuple[str, ...] = ()
    """The findings that would have stopped it and were accepted, as `code:file`."""
    reasons: Reasons = field(default_factory=Reasons)
    """What it was made from that its parent was not."""


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
        withdrawn = None if release_id in chain else _end_of(line, release_id)
        parent = _parent(line, manifests, release_id)
        stories.append(
            ReleaseStory(
                release_id=release_id,
                published_at=published_at,
                is_served=release_id == line.served,
                previous_release_id=parent,
                is_told=release_id in line.parents,
                withdrawn_at=withdrawn,
                withdrawn_why=_why(moments, None, withdrawn),
                why=(info.why if info else "") or _why(moments, release_id, published_at),
                who=info.who if info else "",
                accepted=info.accepted if info else (),
                reasons=info.reasons if info else Reasons(),
            )
        )
    return sorted(stories, key=lambda one: (one.published_at, one.release_id), reverse=True)


def _parent(line: Timeline, manifests: Mapping[str, ReleaseInfo], release_id: str) -> str | None:
    """Return what a release was made after; an old one says so in its manifest only."""
    info = manifests.get(release_id)
    return line.parents.get(release_id) or (info.previous_release_id if info else None)


def _chain(line: Timeline, manifests: Mapping[str, ReleaseInfo]) -> set[str]:
    """Return the served release and all that it was made after."""
    found: set[str] = set()
    at: str | None = line.served
    while at is not None and at not in found:
        found.add(at)
        at = _parent(line, manifests, at)
    return found


def _why(moments: Sequence[Publication], release_id: str | None, at: str | None) -> str:
    """Return the reason that was given when a release became the served one."""
    return next(
        (one.why for one in moments if one.at == at and release_id in (None, one.release_id)), ""
    )


def _end_of(line: Timeline, release_id: str) -> str | None:
    """Return when readers last stopped seeing a release."""
    after = None
    for before, one in zip(line.publications, line.publications[1:], strict=False):
        if before.release_id == release_id != one.release_id:
            after = one.at.isoformat(timespec="seconds")
    return after
