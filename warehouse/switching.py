"""Publish a release that is there already: a candidate, or one that was served before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from warehouse.errors import BrokenReleaseError
from warehouse.publication import read_history, served_spans
from warehouse.releases import ReleaseInfo, Releases
from warehouse.retention import NOTHING_PRUNED, Pruned, prune
from warehouse.store_errors import NothingToPublishError

Notice = Literal["", "other_parent", "older"]


@dataclass(frozen=True)
class Published:
    """What a publication came to."""

    release: ReleaseInfo
    before: str | None
    """The release that was served until now."""
    is_new: bool
    """Whether another release is served now."""
    notice: Notice = ""
    """`other_parent`: it was compared with another release than the one served until now;
    `older`: readers saw it before, and the one served until now was built later."""
    pruned: Pruned = NOTHING_PRUNED


def publish(
    store: Releases,
    release_id: str | None = None,
    *,
    why: str = "",
    who: str = "",
    at: datetime | None = None,
) -> Published:
    """Make a release the served one, and remove what the rule for old releases lets go.

    Args:
        store: The folder of releases.
        release_id: Its name; by default the newest candidate that was built on what is served.
        why: Why, as given.
        who: By whom, as given.
        at: The moment to write down; by default this one.

    Raises:
        NothingToPublishError: No release was named, and no candidate waits that was built on it.
        WarehouseError: It is unknown, removed or damaged, or cannot be switched to.
    """
    with store.lock():
        before = store.current_id()
        chosen = release_id or _newest_candidate(store).release_id
        if chosen == before:
            return Published(store.read(store.root / chosen), before, is_new=False)
        seen = {entry.release_id for entry in read_history(store.root)}
        release = store.serve(chosen, "publish", why=why, who=who, at=at)
        notice = _notice(store, release, before, was_seen=chosen in seen)
        pruned = prune(store, at or datetime.now(UTC))
    return Published(release, before, is_new=True, notice=notice, pruned=pruned)


def _newest_candidate(store: Releases) -> ReleaseInfo:
    """Choose what to publish; never one that was compared with another than what readers see."""
    candidates = store.candidates()
    served = store.current_id()
    following = [one for one in candidates if one.previous_release_id == served]
    if following:
        return following[0]
    # A release that was taken back is not published again unless it is named.
    spans = served_spans(store.root, served)
    back = dict.fromkeys(span.release_id for span in reversed(spans) if span.withdrawn_at)
    here = {info.release_id for info in store.list()}
    others = [*(name for name in back if name in here), *(one.release_id for one in candidates)]
    raise NothingToPublishError(others)


def _notice(store: Releases, release: ReleaseInfo, before: str | None, *, was_seen: bool) -> Notice:
    if before is None:
        return ""
    if not was_seen:
        return "" if release.previous_release_id == before else "other_parent"
    try:
        was = store.read(store.root / before)
    except BrokenReleaseError:
        return ""
    return "older" if release.built_at < was.built_at else ""
