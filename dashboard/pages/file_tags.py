"""The tags of files that were made before, so that a reader who has one need not get it again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from dashboard.addresses import Address

Key = tuple[str, str, Address]
"""The release, the state of what is told of it, and the address."""
_REMEMBERED = 1024


class FileTags:
    """Remembers the tag of a file and not the file: that may be many megabytes.

    A tag is made from what is in the file, so that every process gives it the same one.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Key, str] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Key) -> str | None:
        """Returns the tag of a file, where this process made it before."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Key, tag: str) -> None:
        """Remembers the tag of a file; the oldest is forgotten."""
        with self._lock:
            self._kept[key] = tag
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
