"""A release in the making: what for, from what, and what it has become so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.releases import ReleaseInfo


@dataclass(frozen=True)
class Purpose:
    """Why a release was made, by whom, and which findings were accepted, all as given."""

    why: str = ""
    who: str = ""
    accepted: tuple[str, ...] = ()


NO_PURPOSE = Purpose()


@dataclass(frozen=True)
class Draft:
    """A release that is made and has passed its checks, but has no name yet."""

    connection: duckdb.DuckDBPyConnection
    """The work database, with every layer below the published one."""
    folder: Path
    """Holds the files of both editions, closed."""
    served: Path | None
    """The folder of the release that it would replace, or where that one is damaged of the newest
    whole one that readers saw."""
    info: ReleaseInfo
    unreadable: str = ""
    """The name of a release that readers saw, where none of those can be read any more."""


Review = Callable[[Draft], tuple[str, ...]]
"""Looks at a release before it is sealed, and gives what was accepted of what it found, as the
manifest may tell it; what it raises stops the build."""


@dataclass(frozen=True)
class Source:
    """All that a release is made from."""

    load_raw: Callable[[duckdb.DuckDBPyConnection], None]
    catalogue: Catalogue
    models: Path
    checks: Path
    keeps_work: bool = False
    review: Review | None = None
