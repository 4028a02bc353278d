"""Ask the database of the release that is being served, as it is or as it was known once.

Opened after the fork, read-only, with nothing outside the file in reach. Each thread has a
cursor of its own. A new `current` is noticed at the next question; threads still reading the
old release finish with it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from warehouse.catalogue import Catalogue
from warehouse.catalogue.stored import read_catalogue
from warehouse.connection import ServedRelease
from warehouse.publication import HISTORY, Publication, read_history
from warehouse.releases import DATABASES, ReleaseInfo, Releases
from warehouse.vintage import Known, Timeline, Vintage, state_of, timeline

_RELEASES = 4
"""Releases of which the names of tables are kept: a release never changes."""


class _Reading(threading.local):
    """What each thread reads: the served state, or an earlier one."""

    vintage: Vintage | None = None


class Reader:
    """Asks the served release of a folder of releases, as it is or as it was known once."""

    def __init__(self, releases_root: Path, *, edition: str = "public") -> None:
        """Take the folder and the edition, `public` or `staff`.

        Nothing is opened until the first question.
        """
        self.edition = edition
        self._store = Releases(releases_root)
        self._served = ServedRelease(self._store, DATABASES[edition])
        self._tables = lru_cache(maxsize=_RELEASES)(self._read_tables)
        self._known = lru_cache(maxsize=_RELEASES)(self._read_known)
        self._timelines = lru_cache(maxsize=_RELEASES)(self._read_timeline)
        self._reading = _Reading()

    def release_id(self) -> str:
        """Return the id of the release that answers the next question."""
        return self._served.current().release_id

    def release(self) -> ReleaseInfo:
        """Return what is known about that release."""
        return self._store.read(self._store.root / self.release_id())

    def manifests(self) -> list[ReleaseInfo]:
        """Return what is known about the releases in the folder, also those that were pruned."""
        return [*self._store.list(), *self._store.pruned()]

    def moments(self) -> list[Publication]:
        """Return the moments at which the folder says that a release became the served one."""
        return read_history(self._store.root)

    def catalogue(self, release_id: str) -> Catalogue:
        """Return the words that a release was built with."""
        return read_catalogue(self._store.root / release_id, self.edition)

    def pinned(self) -> AbstractContextManager[str]:
        """Answer all questions of this thread from one release, so that a page is of one piece."""
        return self._served.pinned()

    @contextmanager
    def as_of(self, vintage: Vintage | None) -> Iterator[None]:
        """Answer all questions of this thread about cells as they stood then; None: as they are.

        What has no history stays as it is: words, printed figures, deliveries. There are no
        verdicts on trends, and insurers under a letter are not there.
        """
        before = self._reading.vintage
        with self.pinned():
            self._reading.vintage = vintage
            try:
                yield
            finally:
                self._reading.vintage = before

    def reading(self) -> Vintage | None:
        """Return the earlier state that this thread reads, or None."""
        return self._reading.vintage

    def vintages(self) -> list[Vintage]:
        """Return what readers saw and can see again, the newest first: that is the served one."""
        return self.timeline().vintages()

    def vintage(self, word: str) -> Vintage | None:
        """Find the state that a release, a day or a time stands for; None: what is served.

        Args:
            word: The id of a release; a day, of which the end counts; or an ISO time. A day and
                a time without a zone are Dutch.

        Raises:
            UnknownVintageError: The word says nothing, or nothing that can be shown.
        """
        return self.timeline().find(word)

    def timeline(self) -> Timeline:
        """Return which release was served when, as far as this release and its folder know."""
        try:
            state = (self._store.root / HISTORY).stat()
            written = (state.st_mtime_ns, state.st_size)
        except OSError:
            written = (0, 0)
        with self.pinned() as served:
            return self._timelines(served, written)

    def _read_timeline(self, served: str, _written: tuple[int, int]) -> Timeline:
        built_at, known, publications = self._known(served)
        # The file tells of what happened after this release was built; it need not be here.
        return timeline(served, built_at, known, read_history(self._store.root), publications)

    def _read_known(self, _release: str) -> tuple[str, dict[str, Known], tuple[Publication, ...]]:
        built_at = ""
        if self.has_table("release"):
            built_at = str(self.rows("select built_at from published.release")[0]["built_at"])
        if not self.has_table("known_release"):
            return built_at, {}, ()
        releases = self.rows(
            "select release_id, previous_release_id, coalesce(published_at, built_at) as since"
            " from published.known_release"
        )
        moments = self.rows(
            "select served_from, action, release_id from published.publication order by position"
        )
        return (
            built_at,
            {
                str(row["release_id"]): Known(row["previous_release_id"], str(row["since"]))
                for row in releases
            },
            tuple(
                Publication(row["served_from"], row["action"], row["release_id"]) for row in moments
            ),
        )

    def cells_of(self, where: str) -> str:
        """Write what stands after `from`: the cells that meet conditions, as this thread reads.

        Args:
            where: Conditions on columns that a cell keeps for life: those of its id.
        """
        vintage = self._reading.vintage
        if vintage is None:
            return f"(select * from published.indicator_value where {where})"  # noqa: S608
        return state_of(self.timeline().chain(vintage.release_id), where)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Run one SELECT; values always go in as parameters. Lists come out as lists."""
        frame: pd.DataFrame = self._served.cursor().execute(sql, list(parameters)).df()
        for name in frame.columns:
            if frame[name].dtype == object and any(isinstance(v, np.ndarray) for v in frame[name]):
                frame[name] = [v.tolist() if isinstance(v, np.ndarray) else v for v in frame[name]]
        return frame

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run one SELECT and return plain rows: for a few rows at a time, without pandas."""
        cursor = self._served.cursor().execute(sql, list(parameters))
        names = [str(column[0]) for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def has_table(self, name: str) -> bool:
        """Say whether the served release has a table: an older one may lack what came later."""
        return name in self._tables(self.release_id())

    def _read_tables(self, _release: str) -> frozenset[str]:
        rows = self.rows("select table_name from duckdb_tables() where schema_name = 'published'")
        return frozenset(str(row["table_name"]) for row in rows)
