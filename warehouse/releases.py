"""The folder of releases: which one is served, and going from one to another in one step.

`current` is a symbolic link, replaced by `os.replace`: a reader sees the old release or the
new one, never half of one. What happened when is kept in `history.jsonl`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import (
    BrokenReleaseError,
    BuildInProgressError,
    NothingToRollBackToError,
    UnknownReleaseError,
)

CURRENT = "current"
HISTORY = "history.jsonl"
MANIFEST = "release.json"
PUBLIC = "public.duckdb"
STAFF = "staff.duckdb"
BUILDING = ".building-"
KEY = ".pseudonym_key"
DATABASES = {"public": PUBLIC, "staff": STAFF}
"""The file of each edition."""


@dataclass(frozen=True)
class ReleaseInfo:
    """What is known about a release without opening its database."""

    release_id: str
    built_at: str
    digest: str
    program_version: str
    previous_release_id: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows per published table of the public edition."""
    staff_rows: Mapping[str, int] = field(default_factory=dict)
    """Rows per published table of the staff edition."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Digest per input file; files of confidential sources have a number for a name."""
    checks: tuple[str, ...] = ()
    """The checks it passed."""
    database: str = ""
    """Digest of the public database, to tell later whether it is still whole."""
    staff_database: str = ""
    """Digest of the staff database; a machine that serves the public only need not have it."""
    why: str = ""
    """Why it was made, as the operator gave it."""
    who: str = ""
    """Who made it, as given."""
    accepted: tuple[str, ...] = ()
    """The findings that would have stopped it and were accepted."""
    is_current: bool = False

    def to_json(self) -> str:
        """Write the manifest that stands in the folder of the release."""
        values = asdict(self)
        del values["is_current"]
        return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


_Infos = list[ReleaseInfo]
_Names = list[str]
_Entries = list[dict[str, str]]
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
        try:
            values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            values["checks"] = tuple(values["checks"])
            values["accepted"] = tuple(values.get("accepted", ()))
            info = ReleaseInfo(**values)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BrokenReleaseError(folder, f"{MANIFEST} is missing or damaged") from error
        return replace(info, is_current=self._current_id() == info.release_id)

    def whole(self, folder: Path) -> ReleaseInfo:
        """Read a release and hold its databases against the manifest.

        Raises:
            BrokenReleaseError: The manifest or the public database is missing or damaged, or
                the staff database is damaged.
        """
        info = self.read(folder)
        try:
            digest = _digest(folder / PUBLIC)
        except OSError as error:
            raise BrokenReleaseError(folder, f"{PUBLIC} is missing or unreadable") from error
        if info.database and digest != info.database:
            raise BrokenReleaseError(folder, f"{PUBLIC} is damaged")
        staff = folder / STAFF
        if info.staff_database and staff.is_file() and _digest(staff) != info.staff_database:
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
            stack = self._stack()
            while len(stack) > 1:
                stack.pop()
                if self._is_whole(stack[-1]):
                    return self._switch(stack[-1], "rollback")
            raise NothingToRollBackToError(self._current_id())

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder: one build or switch at a time. A dead process holds nothing."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.read(handle, 200).decode("utf-8", "replace").strip()
                raise BuildInProgressError(self.root, holder) from error
            os.ftruncate(handle, 0)
            os.write(handle, f"process {os.getpid()}, since {_now()}\n".encode())
            yield
        finally:
            os.close(handle)

    def pseudonym_key(self) -> bytes:
        """Return the secret that decides which letter stands for whom; made at the first build.

        Call it only while holding the lock. Without the key nobody, not even who knows all
        names, can tell the order of the letters.
        """
        file = self.root / KEY
        if not file.is_file() or file.stat().st_size == 0:
            fresh = self.root / f"{KEY}-{os.getpid()}"
            fresh.unlink(missing_ok=True)
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(secrets.token_bytes(32))
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(file)
        return file.read_bytes()

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
            database=_digest(folder / PUBLIC),
            staff_database=_digest(folder / STAFF),
        )
        _write(folder / MANIFEST, sealed.to_json())
        for file in folder.iterdir():
            _sync(file)
        _sync(folder)
        folder.rename(self.root / info.release_id)
        _sync(self.root)

    def make_current(self, release_id: str) -> None:
        """Swap the link in one step. Call it only while holding the lock."""
        fresh = self.root / f".{CURRENT}-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(release_id, target_is_directory=True)
        os.replace(fresh, self.root / CURRENT)  # noqa: PTH105  # one atomic step is the point
        _sync(self.root)

    def remember(self, action: str) -> None:
        """Append the release now current to the history. Call it while holding the lock."""
        entry = {"at": _now(), "action": action, "release_id": self._current_id()}
        file = self.root / HISTORY
        cut_short = file.is_file() and not file.read_bytes().endswith(b"\n")
        with file.open("a", encoding="utf-8") as handle:
            handle.write(("\n" if cut_short else "") + json.dumps(entry) + "\n")
            handle.flush()
            os.fsync(handle.fileno())

    def mend_history(self) -> None:
        """Note a switch that a killed process made but could not write down."""
        current = self._current_id()
        entries = self._history()
        if current is not None and (not entries or entries[-1]["release_id"] != current):
            self.remember("build")

    def served(self) -> _Infos:
        """Return the releases that readers have seen, the newest first.

        A release may be complete and never have been switched to: its build was killed.
        """
        seen = {entry["release_id"] for entry in self._history()}
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

    def _history(self) -> _Entries:
        file = self.root / HISTORY
        if not file.is_file():
            return []
        entries: _Entries = []
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # A line cut short by a lost machine; mend_history() makes up for it.
            if isinstance(entry, dict) and entry.get("release_id"):
                entries.append(entry)
        return entries

    def _stack(self) -> _Names:
        """Replay the history: the releases one can go back through, the present one last."""
        stack: _Names = []
        for entry in self._history():
            release_id = entry["release_id"]
            if entry["action"] == "rollback" and release_id in stack:
                while stack[-1] != release_id:
                    stack.pop()
            elif not stack or stack[-1] != release_id:
                stack.append(release_id)
        return stack


def _is_release(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (MANIFEST, PUBLIC))


def _digest(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
