"""What earlier releases give to a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import BrokenReleaseError
from warehouse.past import known_releases
from warehouse.publication import Publication, read_history
from warehouse.releases import ReleaseInfo, Releases


@dataclass(frozen=True)
class Earlier:
    """What earlier releases give to a new one."""

    served: ReleaseInfo | None
    seen: tuple[Path, ...]
    """The served release, and those that readers saw and that it does not know of. Where it is
    damaged all that readers saw and that are whole, the newest first."""
    broken: tuple[BrokenReleaseError, ...]
    publications: tuple[Publication, ...] = ()
    """Which release became the served one when."""

    @property
    def unreadable(self) -> str:
        """Name a release that readers saw, where none of those can be read; else nothing."""
        if self.seen:
            return ""
        names = [error.folder.name for error in self.broken]
        names += [one.release_id for one in reversed(self.publications)]
        return names[0] if names else ""


def earlier(store: Releases) -> Earlier:
    """Find the served release, and what readers saw beside it; broken ones count as none.

    A release carries the history of those it knows of. So only the others are opened: those of
    which one has gone back, and all of them where the served one is broken.
    """
    broken: dict[Path, BrokenReleaseError] = {}

    def whole(folder: Path | None) -> ReleaseInfo | None:
        try:
            return None if folder is None else store.whole(folder)
        except BrokenReleaseError as error:
            broken[error.folder] = error
            return None

    served = whole(store.current())
    seen = [store.root / served.release_id] if served else []
    known = {served.release_id, *known_releases(seen[0])} if served else set()
    seen += [
        store.root / info.release_id
        for info in store.served()
        if info.release_id not in known and whole(store.root / info.release_id)
    ]
    moments = read_history(store.root)
    return Earlier(served, tuple(seen), tuple(broken.values()), tuple(moments))
