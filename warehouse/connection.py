"""Open the served release in a process and its threads, and go along when it is replaced.

Opened after the fork: closing an inherited connection ends the process. Each thread has a
cursor of its own: DuckDB refuses two calls on one connection.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import BrokenReleaseError, NoReleaseError
from warehouse.releases import Releases

Option = str | bool | int | float | list[str]
_OPTIONS: dict[str, Option] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "threads": 1,
}
"""Given at opening, not set afterwards: a file that is still open elsewhere is already locked."""


@dataclass(frozen=True)
class Opened:
    """One release, open in one process."""

    release_id: str
    process: int
    connection: duckdb.DuckDBPyConnection


class _Local(threading.local):
    """What each thread holds: its cursor, the release it belongs to, and a pinned release."""

    opened: Opened | None = None
    cursor: duckdb.DuckDBPyConnection | None = None
    pinned: Opened | None = None


class ServedRelease:
    """The served release of a folder, opened at the first question."""

    def __init__(self, store: Releases, edition: str) -> None:
        """Take the folder and the name of the file; nothing is opened yet."""
        self._store = store
        self._edition = edition
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._local = _Local()

    @contextmanager
    def pinned(self) -> Iterator[str]:
        """Hold this thread to one release."""
        before = self._local.pinned
        pinned = self._local.pinned = before or self.current()
        try:
            yield pinned.release_id
        finally:
            self._local.pinned = before

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return this thread's cursor on the release to read."""
        opened = self.current()
        local = self._local
        if local.cursor is None or local.opened is not opened:
            local.opened, local.cursor = opened, opened.connection.cursor()
        return local.cursor

    def current(self) -> Opened:
        """Open the served release, once per process and release."""
        opened = self._opened
        if opened is not None and opened.process != os.getpid():
            self._forget_parent(opened)
            opened = None
        if self._local.pinned is not None:
            return self._local.pinned
        folder = self._store.current()
        if folder is None and opened is not None:
            # Somebody is at work in the folder: what is open can still be read.
            return opened
        if folder is None:
            raise NoReleaseError(self._store.root)
        if opened is not None and opened.release_id == folder.name:
            return opened
        with self._lock:
            opened = self._opened
            if opened is None or opened.release_id != folder.name:
                # The old connection lives on in the cursors of threads that still read it.
                opened = self._opened = _open(folder, self._edition)
            return opened

    def _forget_parent(self, opened: Opened) -> None:
        """Start afresh in a forked process.

        What was inherited is kept for ever: closing it ends the process. The lock may have
        been held by another thread at the moment of the fork, so it is replaced too.
        """
        _leak(opened)
        _leak(self._local)
        _leak(self._local.__dict__)
        self._lock, self._local, self._opened = threading.Lock(), _Local(), None


def _open(folder: Path, edition: str) -> Opened:
    try:
        connection = duckdb.connect(str(folder / edition), read_only=True, config=_OPTIONS)
    except duckdb.Error as error:
        raise BrokenReleaseError(folder, str(error)) from error
    return Opened(folder.name, os.getpid(), connection)


def _leak(thing: object) -> None:
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
