"""The folder of releases: which one is served, and going from one to another in one step.

`current` is a symbolic link, replaced by `os.replace`: a reader sees the old release or the
new one, never half of one. What happened when is kept in `history.jsonl`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from warehouse.errors import (
    BrokenReleaseError,
    NothingToRollBackToError,
    UnknownReleaseError,
)
from warehouse.keeping import KEY, digest_of, locked, secret_key, sync, write
from warehouse.manifest import MANIFEST, ReleaseInfo, read_manifest
from warehouse.publication import append_history, read_history, way_back

CURRENT = "current"
PUBLIC = "public.duckdb"
STAFF = "staff.duckdb"
BUILDING = ".building-"
DATABASES = {"public": PUBLIC, "staff": STAFF}
"""The file of each edition."""

_Infos = list[ReleaseInfo]
_Broken = list[BrokenReleaseError]


class Releases:
    """A folder of releases."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made when something is first written."""
        self.root = root

    def current(self) -> Path | None:
        """Return the folder of the release that is being served, or None."""
        link = self.root / CURRENT
        try:
            target = self.root / link.readlink()
        except (FileNotFoundError, OSError):
            return None
        return target if (target / PUBLIC).is_file() else None

    def current_info(self) -> ReleaseInfo | None:
        """Return what is known about the release that is being served."""
        folder = self.current()
        return None if folder is None else self.read(folder)

    def list(self) -> _Infos:
        """Return all complete releases, the newest first; broken ones are left out."""
        return self.survey()[0]

    def survey(self) -> tuple[_Infos, _Broken]:
        """Return all releases, the newest first, and those whose manifest cannot be read."""
        found: _Infos = []
        broken: _Broken = []
        for entry in sorted(self.root.iterdir()) if self.root.is_dir() else ():
            if entry.is_symlink() or entry.name.startswith(".") or not _is_release(entry):
                continue
            try:
                found.append(self.read(entry))
            except BrokenReleaseError as error:
                broken.append(error)
        found.sort(key=lambda info: (info.built_at, info.release_id), reverse=True)
        return found, broken

    def read(self, folder: Path) -> ReleaseInfo:
        """Read the manifest of one release."""
        info = read_manifest(folder)
        return replace(info, is_current=self._current_id() == info.release_id)

    def whole(self, folder: Path) -> ReleaseInfo:
        """Read a release and hold its databases against the manifest.

        Raises:
            BrokenReleaseError: The manifest or the public database is missing or damaged, or
                the staff database is damaged.
        """
        info = self.read(folder)
        try:
            digest = digest_of(folder / PUBLIC)
        except OSError as error:
            raise BrokenReleaseError(folder, f"{PUBLIC} is missing or unreadable") from error
        if info.database and digest != info.database:
            raise BrokenReleaseError(folder, f"{PUBLIC} is damaged")
        staff = folder / STAFF
        if info.staff_database and staff.is_file() and digest_of(staff) != info.staff_database:
            raise BrokenReleaseError(folder, f"{STAFF} is damaged")
        return info

    def switch(self, release_id: str) -> ReleaseInfo:
        """Serve another release that is present."""
        with self.lock():
            return self._switch(release_id, "switch")

    def rollback(self) -> ReleaseInfo:
        """Serve the release that was current before the present one.

        A second rollback goes one further back, not forward again.
        """
        with self.lock():
            self.mend_history()
            stack = way_back(self.root)
            while len(stack) > 1:
                stack.pop()
                if self._is_whole(stack[-1]):
                    return self._switch(stack[-1], "rollback")
            raise NothingToRollBackToError(self._current_id())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder: one build or switch at a time. A dead process holds nothing."""
        with locked(self.root):
            yield

    def pseudonym_key(self) -> bytes:
        """Return the secret that decides which letter stands for whom.

        Call it only while holding the lock.
        """
        return secret_key(self.root)

    def clean_leftovers(self) -> None:
        """Remove what killed builds left behind. Call it only while holding the lock."""
        for entry in self.root.iterdir():
            if entry.name.startswith(BUILDING):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(f".{CURRENT}-"):
                entry.unlink(missing_ok=True)

    def publish(self, folder: Path, info: ReleaseInfo) -> None:
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

    def make_current(self, release_id: str) -> None:
        """Swap the link in one step. Call it only while holding the lock."""
        fresh = self.root / f".{CURRENT}-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(release_id, target_is_directory=True)
        os.replace(fresh, self.root / CURRENT)  # noqa: PTH105  # one atomic step is the point
        sync(self.root)

    def remember(self, action: str) -> None:
        """Append the release now current to the history. Call it while holding the lock."""
        append_history(self.root, action, self._current_id())

    def mend_history(self) -> None:
        """Note a switch that a killed process made but could not write down."""
        current = self._current_id()
        entries = read_history(self.root)
        if current is not None and (not entries or entries[-1].release_id != current):
            self.remember("build")

    def served(self) -> _Infos:
        """Return the releases that readers have seen, the newest first.

        A release may be complete and never have been switched to: its build was killed.
        """
        seen = {entry.release_id for entry in read_history(self.root)}
        return [info for info in self.list() if info.release_id in seen]

    def _switch(self, release_id: str, action: str) -> ReleaseInfo:
        folder = self.root / release_id
        if not _is_release(folder):
            raise UnknownReleaseError(release_id, [info.release_id for info in self.list()])
        self.whole(folder)
        self.make_current(release_id)
        self.remember(action)
        return self.read(folder)

    def _is_whole(self, release_id: str) -> bool:
        try:
            self.whole(self.root / release_id)
        except BrokenReleaseError:
            return False
        return True

    def _current_id(self) -> str | None:
        folder = self.current()
        return None if folder is None else folder.name


def _is_release(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (MANIFEST, PUBLIC))


__all__ = [
    "BUILDING", "CURRENT", "DATABASES", "KEY", "PUBLIC", "STAFF", "ReleaseInfo", "Releases",
]  # fmt: skip
