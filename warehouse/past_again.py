"""Find the past that a release was built on, also when the releases of then are gone.

A release that is still there is read as it is. Of those that were removed, the history of
values in the release itself tells how things stood, and else that in a later one: of a cell the
row nearest on the chain of parents. What a later release had to hide since, it does not give back.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.earlier import Earlier
from warehouse.editions import EDITIONS
from warehouse.errors import BrokenReleaseError, UnknownReleaseError
from warehouse.past import HISTORY_COLUMNS, known_releases
from warehouse.publication import read_history
from warehouse.releases import ReleaseInfo, Releases


@dataclass(frozen=True)
class PastAgain:
    """The past of a release, and how it was found."""

    earlier: Earlier
    told_by: str | None = None
    """The release whose history stands in for one that is gone."""
    is_lost: bool = False
    """Whether there was a past that no release tells of any more."""


def past_again(store: Releases, info: ReleaseInfo, folder: Path) -> PastAgain:
    """Find what earlier releases gave to one that was built before.

    Args:
        store: The folder of releases.
        info: The release that is to be made again.
        folder: Where it is to be made; what stands in for a parent that is gone is put there.
    """
    names = _seen_by(info)
    publications = tuple(read_history(store.root)[: _publications_before(store, info)])
    if not names:
        return PastAgain(Earlier(None, (), (), publications))
    parent = info.previous_release_id
    served = None if parent is None else _found(store, parent)
    if all(_is_whole(store, name) for name in names):
        for name in names:
            (folder / name).symlink_to((store.root / name).resolve(), target_is_directory=True)
        return PastAgain(
            Earlier(served, tuple(folder / name for name in names), (), publications)
        )  # fmt: skip
    teller = _teller(store, info, names)
    if teller is None:
        return PastAgain(Earlier(None, (), (), publications), is_lost=True)
    place = folder / (parent or names[0])
    _write_past(store, info, teller, place)
    return PastAgain(Earlier(served, (place,), (), publications), told_by=teller.name)


def _seen_by(info: ReleaseInfo) -> list[str]:
    """Name the releases that a build read; an older manifest names the served one only."""
    noted = info.past.get("seen")
    if isinstance(noted, list):
        return [str(name) for name in noted]
    return [info.previous_release_id] if info.previous_release_id else []


def _publications_before(store: Releases, info: ReleaseInfo) -> int:
    noted = info.past.get("publications")
    if isinstance(noted, int):
        return noted
    moments = read_history(store.root)
    own = (n for n, one in enumerate(moments) if one.release_id == info.release_id)
    return next(own, len(moments))


def _found(store: Releases, release_id: str) -> ReleaseInfo:
    try:
        return store.find(release_id)
    except (BrokenReleaseError, UnknownReleaseError):
        return ReleaseInfo(release_id, built_at="", digest="", program_version="")


def _is_whole(store: Releases, release_id: str) -> bool:
    try:
        store.whole(store.root / release_id)
    except BrokenReleaseError:
        return False
    return True


def _teller(store: Releases, info: ReleaseInfo, names: Sequence[str]) -> Path | None:
    """Find a release that knows the history up to this one: itself, else the first after it."""
    others = sorted(store.list(), key=lambda one: (one.release_id != info.release_id, one.built_at))
    for other in others:
        place = store.root / other.release_id
        if _is_whole(store, other.release_id) and set(names) <= known_releases(place):
            return place
    return None


def _write_past(store: Releases, info: ReleaseInfo, teller: Path, place: Path) -> None:
    """Write the files of a release that is gone, as far as a build reads them."""
    place.mkdir()
    for edition in EDITIONS:
        if not (teller / edition.file).is_file():
            continue
        with duckdb.connect(str(place / edition.file)) as connection:
            quoted = str(teller / edition.file).replace("'", "''")
            connection.execute(f"attach '{quoted}' as teller (read_only)")
            parents = {
                str(release): parent
                for release, parent in connection.execute(
                    "select release_id, previous_release_id from teller.published.known_release"
                ).fetchall()
            }
            _copy_known(connection, _known_to(store, info, parents))
            _write_state(connection, _chain(info.previous_release_id, parents))
            connection.execute("detach teller")


def _known_to(store: Releases, info: ReleaseInfo, parents: dict[str, str | None]) -> list[str]:
    """Follow parents, and what was read beside them, back to the first release."""
    known: dict[str, None] = {}
    ahead = _seen_by(info)
    while ahead:
        name = ahead.pop()
        if name in known or name not in parents:
            continue
        known[name] = None
        parent = parents[name]
        ahead += [*([parent] if parent else []), *_seen_by(_found(store, name))]
    return sorted(known)


def _chain(release_id: str | None, parents: dict[str, str | None]) -> list[str]:
    chain: list[str] = []
    while release_id is not None and release_id not in chain:
        chain.append(release_id)
        release_id = parents.get(release_id)
    return chain


def _copy_known(connection: duckdb.DuckDBPyConnection, known: list[str]) -> None:
    connection.execute("create schema published")
    for table in ("known_release", "value_history"):
        connection.execute(
            f"create table published.{table} as select * from teller.published.{table}"
            " where list_contains(?, release_id)",
            [known],
        )


def _write_state(connection: duckdb.DuckDBPyConnection, chain: list[str]) -> None:
    """Write the cells as they stood in the first release of a chain of parents."""
    extra = ", ".join(HISTORY_COLUMNS)
    connection.execute(
        f"create table published.indicator_value as select * exclude ({extra})"
        # Its own status: what was hidden since then had one.
        " replace (coalesce(status_before_hiding, status) as status)"
        " from (select * from published.value_history where list_contains($chain, release_id)"
        " qualify row_number() over (partition by cell_id"
        " order by list_position($chain, release_id)) = 1) as nearest"
        " where not is_gone",
        {"chain": chain},
    )
