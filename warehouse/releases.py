"""The folder of releases: which one is served, and going from one to another in one step.

`current` is a symbolic link, replaced by `os.replace`: a reader sees the old release or the
new one, never half of one. What happened when is kept in `history.jsonl`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from warehouse.errors import NothingToRollBackToError
from warehouse.keeping import FRESH, KEY, digest_of, locked, now, secret_key, sync, write
from warehouse.manifest import MANIFEST, ReleaseInfo
from warehouse.publication import (
    SWITCHING,
    Action,
    Publication,
    announce,
    check_order,
    check_readable,
    next_moment,
    read_announcement,
    read_history,
    way_back,
    write_down,
)
from warehouse.release_folder import (
    CURRENT,
    DATABASES,
    PRUNED,
    PUBLIC,
    STAFF,
    ReleaseFolder,
)
from warehouse.store_errors import (
    NotServedError,
    NotWrittenDownError,
    PrunedReleaseError,
    TimeOrderError,
)

BUILDING = ".building-"
PRUNING = ".pruning-"


class Releases(ReleaseFolder):
    """A folder of releases, for who builds and publishes."""

    def switch(
        self, release_id: str, *, why: str = "", who: str = "", at: datetime | None = None
    ) -> ReleaseInfo:
        """Serve another release that is present.

        Args:
            release_id: Its name.
            why: Why, as given.
            who: By whom, as given.
            at: The moment to write down; by default this one.
        """
        with self.lock():
            return self.serve(release_id, "switch", why=why, who=who, at=at)

    def rollback(
        self,
        to: str | None = None,
        *,
        why: str = "",
        who: str = "",
        at: datetime | None = None,
    ) -> ReleaseInfo:
        """Serve the release that was current before the present one, or one that is named.

        A second rollback goes one further back, not forward again. One that is named and was
        not served before the present one is published.
        """
        with self.lock():
            if to is None:
                to = self.before()
                if to is None:
                    raise NothingToRollBackToError(self.current_id())
            if to == self.current_id():
                return self.read(self.root / to)
            action: Action = "rollback" if to in way_back(self.root)[:-1] else "publish"
            return self.serve(to, action, why=why, who=who, at=at)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder, and tidy up after processes that died while they held it.

        One build or switch at a time. A dead process holds nothing.
        """
        with locked(self.root):
            self._clean_leftovers()
            self._mend_history()
            yield

    def pseudonym_key(self) -> bytes:
        """Return the secret that decides which letter stands for whom.

        Call it only while holding the lock.
        """
        return secret_key(self.root)

    def seal(self, folder: Path, info: ReleaseInfo) -> ReleaseInfo:
        """Give a finished folder its final name. Call it only while holding the lock."""
        sealed = replace(
            info,
            database=digest_of(folder / PUBLIC),
            staff_database=digest_of(folder / STAFF),
        )
        write(folder / MANIFEST, sealed.to_json())
        for file in folder.iterdir():
            sync(file)
        sync(folder)
        folder.rename(self.root / info.release_id)
        sync(self.root)
        return sealed

    def check_moment(self, at: datetime, info: ReleaseInfo | None) -> None:
        """Refuse a moment before the last publication, or before a release was built.

        Raises:
            TimeOrderError: It is.
        """
        check_order(self.root, at)
        if info is not None:
            built = datetime.fromisoformat(info.built_at)
            if at < built:
                raise TimeOrderError(at, built, info.release_id)

    def serve(
        self,
        release_id: str,
        action: Action,
        *,
        why: str = "",
        who: str = "",
        at: datetime | None = None,
        on_step: Callable[[str], None] = lambda _: None,
    ) -> ReleaseInfo:
        """Make a whole release the served one. Call it only while holding the lock.

        Args:
            release_id: Its name.
            action: How it comes to be served.
            why: Why, as given.
            who: By whom, as given.
            at: The moment to write down; by default this one, or the last one if that is later.
            on_step: Told of the switch and of writing it down, before each.

        Raises:
            UnknownReleaseError: There is no such release.
            PrunedReleaseError: It was removed.
            BrokenReleaseError: It is damaged.
            TimeOrderError: The moment given lies before the last one.
            NotServedError: The link cannot be replaced; the old release is still served.
            NotWrittenDownError: The history cannot be written; the new release is served.
        """
        found = self.find(release_id)
        if found.pruned_at:
            raise PrunedReleaseError(release_id, found.pruned_at)
        info = self.whole(self.root / release_id)
        if at is not None:
            self.check_moment(at, info)
        moment = at or next_moment(self.root)
        publication = Publication(
            moment.isoformat(timespec="seconds"), action, release_id, why, who
        )
        on_step("switch")
        try:
            announce(self.root, publication)
            self.make_current(release_id)
        except OSError as error:
            raise NotServedError(release_id, str(error)) from error
        on_step("remember")
        try:
            write_down(self.root, publication)
        except OSError as error:
            raise NotWrittenDownError(release_id, str(error)) from error
        return self.read(self.root / release_id)

    def make_current(self, release_id: str) -> None:
        """Swap the link in one step. Call it only while holding the lock."""
        fresh = self.root / f".{CURRENT}-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(release_id, target_is_directory=True)
        os.replace(fresh, self.root / CURRENT)  # noqa: PTH105  # one atomic step is the point
        sync(self.root)

    def _clean_leftovers(self) -> None:
        """Remove what killed processes left behind."""
        for entry in self.root.iterdir():
            if entry.name.startswith((BUILDING, PRUNING)):
                shutil.rmtree(entry, ignore_errors=True)
            elif not entry.is_dir() and (
                entry.name.startswith((f".{CURRENT}-", f"{KEY}-")) or entry.name.endswith(FRESH)
            ):
                entry.unlink(missing_ok=True)
        for record in (self.root / PRUNED).glob("*"):
            half = record.name.endswith(FRESH)
            if record.is_file() and (half or (self.root / record.stem).is_dir()):
                record.unlink()

    def _mend_history(self) -> None:
        """Write down a switch that a killed process made, or forget one that it did not make."""
        check_readable(self.root)
        current = self.current_id()
        announced = read_announcement(self.root)
        if announced is not None and announced.release_id == current:
            write_down(self.root, announced)
        (self.root / SWITCHING).unlink(missing_ok=True)
        moments = read_history(self.root)
        if current is not None and (not moments or moments[-1].release_id != current):
            # Made without an announcement: by an older program, or by hand.
            write_down(self.root, Publication(now(), "build", current))


__all__ = [
    "BUILDING", "CURRENT", "DATABASES", "KEY", "PRUNED", "PUBLIC", "STAFF", "ReleaseInfo",
    "Releases",
]  # fmt: skip
