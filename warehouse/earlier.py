"""What earlier releases give to a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import BrokenReleaseError
from warehouse.releases import ReleaseInfo, Releases


@dataclass(frozen=True)
class Earlier:
    """What earlier releases give to a new one."""

    served: ReleaseInfo | None
    seen: tuple[Path, ...]
    broken: tuple[BrokenReleaseError, ...]


def earlier(store: Releases) -> Earlier:
    """Find the served release and the newest that was ever served; broken ones count as none."""
    broken: dict[Path, BrokenReleaseError] = {}

    def whole(folder: Path | None) -> ReleaseInfo | None:
        try:
            return None if folder is None else store.whole(folder)
        except BrokenReleaseError as error:
            broken[error.folder] = error
            return None

    served = whole(store.current())
    newest = next((info for info in store.served() if whole(store.root / info.release_id)), None)
    seen = dict.fromkeys(store.root / info.release_id for info in (served, newest) if info)
    return Earlier(served, tuple(seen), tuple(broken.values()))
