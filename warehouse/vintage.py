"""What was known at a moment: which release readers saw, and the cells as they stood then.

A release knows of every release before it which one was served when that one was built: its
parent. The history of values holds, per release, the cells that differ from those of the parent.
So a state is read back along the chain of parents: of every cell the row that stands nearest.
Only the served database is read. What has to be hidden now is hidden in its history too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Literal

from warehouse.moments import DUTCH_TIME
from warehouse.publication import Publication

SERVING = frozenset({"build", "publish", "switch", "rollback"})
"""What makes a release the served one."""
HISTORY_ONLY = ("release_id", "published_at", "is_gone", "status_before_hiding")
"""The columns of the history that a cell of today does not have."""
_RELEASE = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}(-\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[0-9:.,Z+-]*", re.ASCII)

Reason = Literal["unreadable", "before_first", "not_known", "withdrawn"]


@dataclass(frozen=True)
class Vintage:
    """What readers saw from one moment until another; moments are ISO times in UTC."""

    release_id: str
    known_from: str
    known_until: str | None
    """None where it is what readers see now."""


class UnknownVintageError(Exception):
    """A word that names no state of the site that the served release can show.

    Reasons: `unreadable`, no release, date or time; `before_first`, nothing was published yet;
    `not_known`, of no release here, or in the future; `withdrawn`, readers did see it, but the
    release that is served now was not made after it.
    """

    def __init__(self, word: str, reason: Reason) -> None:
        self.word = word
        self.reason: Reason = reason
        super().__init__(f"{word}: {reason}")


@dataclass(frozen=True)
class Start:
    """A moment from which a release was the served one."""

    at: datetime
    release_id: str


@dataclass(frozen=True)
class Known:
    """A release that the history of values holds."""

    parent: str | None
    since: str
    """When it was first served, as far as is known; else when it was built."""


@dataclass(frozen=True)
class Timeline:
    """Which release was served when, as far as the served release and its folder know."""

    served: str
    parents: Mapping[str, str | None]
    """The parent of every release that the history of values holds."""
    publications: Sequence[Start]
    """In order of time; the last is that of the served release."""

    def vintages(self) -> list[Vintage]:
        """Return what readers saw and can see again, the newest first: that is the served one.

        A release that was away for less than a second stands there once.
        """
        shown: dict[tuple[str, str], Vintage] = {}
        for one in reversed(self._intervals()):
            if one.release_id in self.parents:
                shown.setdefault((one.release_id, one.known_from), one)
        return list(shown.values())

    def find(self, word: str) -> Vintage | None:
        """Find what a word stands for; None where that is the served state.

        Args:
            word: A release, a day (its end counts) or a time.

        Raises:
            UnknownVintageError: The word says nothing, or nothing that can be shown.
        """
        word = word.strip()
        if word in self.parents or _RELEASE.fullmatch(word):
            return self._of_release(word)
        moment = _moment(word)
        if moment > _end_of(_day(max(self.publications[-1].at, datetime.now(UTC)))):
            raise UnknownVintageError(word, "not_known")
        for interval in reversed(self._intervals()):
            if datetime.fromisoformat(interval.known_from) <= moment:
                return self._shown(interval, word)
        raise UnknownVintageError(word, "before_first")

    def chain(self, release_id: str) -> list[str]:
        """Return a release and its ancestors, the nearest first."""
        found: list[str] = []
        at: str | None = release_id
        while at is not None and at in self.parents and at not in found:
            found.append(at)
            at = self.parents[at]
        return found

    def first_seen(self) -> dict[str, str]:
        """Return per release the first moment at which it was served."""
        found: dict[str, str] = {}
        for one in self.publications:
            found.setdefault(one.release_id, _text(one.at))
        return found

    def _of_release(self, release_id: str) -> Vintage | None:
        intervals = [one for one in self._intervals() if one.release_id == release_id]
        if not intervals:
            raise UnknownVintageError(release_id, "not_known")
        return self._shown(intervals[-1], release_id)

    def _shown(self, interval: Vintage, word: str) -> Vintage | None:
        if interval.release_id == self.served:
            return None
        if interval.release_id not in self.parents:
            raise UnknownVintageError(word, "withdrawn")
        return interval

    def _intervals(self) -> list[Vintage]:
        """Return what was served from when until when, the oldest first."""
        starts: list[Start] = []
        for one in self.publications:
            if not starts or starts[-1].release_id != one.release_id:
                starts.append(one)
        ends = [_text(one.at) for one in starts[1:]]
        return [
            Vintage(start.release_id, _text(start.at), end)
            for start, end in zip(starts, [*ends, None], strict=True)
        ]


def timeline(
    served: str,
    built_at: str,
    known: Mapping[str, Known],
    written: Iterable[Publication],
    published: Iterable[Publication] = (),
) -> Timeline:
    """Put what is known about publications in order.

    Args:
        served: The release that is served.
        built_at: When it was built: where nothing else is known, it was published then.
        known: The releases that its history holds.
        written: What stands in its folder, in the order of writing.
        published: What stands in its database: as much of the same as there was when it was built.
    """
    found = _one_list(starts_of(published), starts_of(written))
    noted = {one.release_id for one in found}
    for name, one in known.items():
        # Readers saw it, or it would not be known; when is not written down any more.
        if name not in noted | {served} and (moment := _read(one.since)) is not None:
            found.append(Start(moment, name))
    # Two in one second keep the order in which they were written down.
    starts = [one for one, _ in groupby(sorted(found, key=lambda one: one.at))]
    if not starts or starts[-1].release_id != served:
        built = _read(built_at) or datetime.now(UTC)
        starts.append(Start(max(built, starts[-1].at) if starts else built, served))
    parents = {name: one.parent for name, one in known.items()}
    return Timeline(served, {served: None, **parents}, starts)


def starts_of(publications: Iterable[Publication]) -> list[Start]:
    """Return the moments at which a release became the served one, in the order of writing."""
    return [
        Start(moment, one.release_id)
        for one in publications
        if one.action in SERVING and (moment := _read(one.at)) is not None
    ]


def _one_list(published: Sequence[Start], written: Sequence[Start]) -> list[Start]:
    """Go on with the list of the folder where that of the database ends.

    What stands twice in one list happened twice: who goes forth and back within a second is back.
    So the two are laid beside each other by place. The folder's may have begun anew.
    """
    for place in range(len(published) + 1):
        same = min(len(published) - place, len(written))
        if published[place : place + same] == written[:same]:
            return [*published, *written[same:]]
    return [*published, *written]


def state_of(chain: Sequence[str], where: str, left_out: Sequence[str] = HISTORY_ONLY) -> str:
    """Write the SELECT of the cells that stood at the head of a chain.

    Args:
        chain: The release and its ancestors, the nearest first.
        where: Conditions on the columns that make up a cell. They are put inside, because a cell
            keeps those columns for life, and a whole history is never looked through for a few.
        left_out: The columns of the history that are not wanted.
    """
    names = ", ".join(f"'{name}'" for name in (one.replace("'", "''") for one in chain))
    return (
        f"(select * exclude ({', '.join(left_out)}) from (select * from published.value_history"  # noqa: S608  # ids of releases, quoted
        f" where release_id in ({names}) and {where}"
        f" qualify row_number() over (partition by cell_id"
        f" order by list_position([{names}], release_id)) = 1) where not is_gone)"
    )


def _moment(word: str) -> datetime:
    """Read a day as its end and a time as it is."""
    try:
        if _DAY.fullmatch(word):
            return _end_of(date.fromisoformat(word))
        if _TIME.fullmatch(word):
            found = datetime.fromisoformat(word)
            return (found if found.tzinfo else found.replace(tzinfo=DUTCH_TIME)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnknownVintageError(word, "unreadable") from error
    raise UnknownVintageError(word, "unreadable")


def _end_of(day: date) -> datetime:
    """Return the last moment of a Dutch day: midnight belongs to the day that begins."""
    after = datetime.combine(day + timedelta(days=1), time(), DUTCH_TIME)
    return after.astimezone(UTC) - timedelta(microseconds=1)


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(moment: datetime) -> date:
    return moment.astimezone(DUTCH_TIME).date()


def moment_of(start: Start) -> str:
    """Return when a release became the served one, as an ISO time in UTC."""
    return _text(start.at)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
