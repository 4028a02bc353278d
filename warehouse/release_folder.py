"""A folder of releases, for reading: which there are, which one is served, which ones were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from warehouse.errors import BrokenReleaseError, UnknownReleaseError
from warehouse.keeping import digest_of
from warehouse.manifest import MANIFEST, ReleaseInfo, read_kept_manifest, read_manifest
from warehouse.publication import read_history, way_back

CURRENT = "current"
PUBLIC = "public.duckdb"
STAFF = "staff.duckdb"
PRUNED = ".pruned"
DATABASES = {"public": PUBLIC, "staff": STAFF}
"""The file of each edition."""

_Infos = list[ReleaseInfo]
_Broken = list[BrokenReleaseError]


class ReleaseFolder:
    """A folder of releases, as readers see it."""

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
        return target if _is_there(target / PUBLIC) else None

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
        return replace(info, is_current=self.current_id() == info.release_id)

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

    def find(self, release_id: str) -> ReleaseInfo:
        """Read the manifest of a release that is present or was pruned.

        Raises:
            UnknownReleaseError: It is neither.
            BrokenReleaseError: Its manifest cannot be read.
        """
        folder = self.root / release_id
        if _is_name(release_id) and _is_release(folder):
            return self.read(folder)
        if _is_name(release_id) and (self.root / PRUNED / f"{release_id}.json").is_file():
            return self._read_pruned(release_id)
        raise UnknownReleaseError(release_id, [info.release_id for info in self.list()])

    def pruned(self) -> _Infos:
        """Return what is left of the releases that were removed, the newest first."""
        found: _Infos = []
        for file in sorted((self.root / PRUNED).glob("*.json")):
            if _is_release(self.root / file.stem):
                continue  # Its removal was cut short.
            try:
                found.append(self._read_pruned(file.stem))
            except BrokenReleaseError:
                continue
        found.sort(key=lambda info: (info.built_at, info.release_id), reverse=True)
        return found

    def candidates(self) -> _Infos:
        """Return the releases that are whole and that readers never saw, the newest first."""
        seen = {entry.release_id for entry in read_history(self.root)} | {self.current_id()}
        return [info for info in self.list() if info.release_id not in seen]

    def served(self) -> _Infos:
        """Return the releases that readers have seen, the newest first.

        A release may be complete and never have been switched to: its build was killed.
        """
        seen = {entry.release_id for entry in read_history(self.root)}
        return [info for info in self.list() if info.release_id in seen]

    def before(self) -> str | None:
        """Return the release that a rollback goes to: the nearest on the way back that is whole."""
        stack = way_back(self.root)
        while len(stack) > 1:
            stack.pop()
            if self._is_whole(stack[-1]):
                return stack[-1]
        return None

    def current_id(self) -> str | None:
        """Return the name of the release that is being served."""
        folder = self.current()
        return None if folder is None else folder.name

    def _read_pruned(self, release_id: str) -> ReleaseInfo:
        return read_kept_manifest(self.root / PRUNED / f"{release_id}.json")

    def _is_whole(self, release_id: str) -> bool:
        try:
            self.whole(self.root / release_id)
        except BrokenReleaseError:
            return False
        return True


def _is_name(release_id: str) -> bool:
    """Tell whether a word can be the name of a release, and not a way out of the folder."""
    return release_id == Path(release_id).name and not release_id.startswith(".")


def _is_release(folder: Path) -> bool:
    return not folder.is_symlink() and any(_is_there(folder / name) for name in (MANIFEST, PUBLIC))


def _is_there(file: Path) -> bool:
    """Tell whether a file is there. What one may not look into is there, but cannot be read."""
    try:
        return file.is_file()
    except PermissionError:
        return True
