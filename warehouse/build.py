"""Build a release: raw tables, models, checks, and the files that readers open.

A build works in a folder of its own beside the releases. Only when everything has passed is
the folder given its name and the link `current` swapped; whatever goes wrong before that
leaves the old release being served. What the build before this one has made and nothing has
touched since is not made again: see `warehouse.work`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.digests import input_digest, part_digests
from warehouse.draft import NO_PURPOSE, Draft, Purpose, Review, Source
from warehouse.earlier import Earlier, earlier
from warehouse.editions import confidential_sources, masked_inputs
from warehouse.errors import BrokenReleaseError, BuildStoppedError
from warehouse.filling import make_release, step_count
from warehouse.holdings import holdings, invented_periods
from warehouse.models import CHECKS, MODELS
from warehouse.program import read_program
from warehouse.publication import read_history
from warehouse.reasons import reasons_for
from warehouse.releases import BUILDING, PRUNED, PUBLIC, ReleaseInfo, Releases
from warehouse.retention import NOTHING_PRUNED, Pruned, prune
from warehouse.store_errors import TimeOrderError
from warehouse.table_digests import open_digests, release_digests

if TYPE_CHECKING:
    from collections.abc import Iterator


Archive = Callable[[ReleaseInfo], None]
"""Keeps what a release was made from; what it raises stops the build."""


@dataclass(frozen=True)
class BuildResult:
    """What a build came to."""

    release: ReleaseInfo
    is_new: bool
    folder: Path
    broken: tuple[BrokenReleaseError, ...] = ()
    """Earlier releases that could not be read; this one lacks what only they held."""
    is_candidate: bool = False
    """Whether it waits to be published, so that readers do not see it yet."""
    pruned: Pruned = NOTHING_PRUNED
    """What became of old releases."""


def build_release(
    *,
    releases: Path,
    inputs: Mapping[str, str],
    load_raw: Callable[[duckdb.DuckDBPyConnection], None],
    catalogue: Catalogue,
    built_at: datetime,
    program_version: str,
    on_step: Callable[[str], None],
    keeps_work: bool = False,
    purpose: Purpose = NO_PURPOSE,
    review: Review | None = None,
    archive: Archive | None = None,
    models: Path | None = None,
    checks: Path | None = None,
    candidate: bool = False,
    moment: datetime | None = None,
) -> BuildResult:
    """Build a release and serve it, unless the same one is served already.

    Args:
        releases: The folder of releases.
        inputs: Digest per input file; with catalogue, models and program version they decide
            whether there is anything new.
        load_raw: Fills the schema `raw` of the connection it is given, which may hold what
            it loaded in the build before this one.
        catalogue: The catalogue; becomes the tables `ref_*`.
        built_at: The time to name the release by.
        program_version: The version of the program, part of the digest.
        on_step: Called with the name of each step before it starts.
        keeps_work: Whether `load_raw` can go on where an earlier build left off. If so, the
            work database is kept, and only what has changed is made again.
        purpose: Why the release is made, by whom and what was accepted; kept in its manifest.
        review: Looks at the release before it is sealed, and may refuse it.
        archive: Keeps what the release was made from, just before it is sealed.
        models: Folder of models; by default the one that ships.
        checks: Folder of checks; by default the one that ships.
        candidate: Whether to stop before the switch: the release is whole, and waits.
        moment: The moment to write down for its publication; by default that of the switch.

    Returns:
        The release now served or waiting, and whether this build made it.

    Raises:
        WarehouseError: When anything is wrong; the release served before stays in place.
    """
    store = Releases(releases)
    source = Source(load_raw, catalogue, models or MODELS, checks or CHECKS, keeps_work, review)
    with store.lock():
        key = store.pseudonym_key()
        digest = input_digest(
            inputs, catalogue, source.models, source.checks, program_version, key=key
        )
        past = earlier(store)
        served = past.served
        if served is not None and served.digest == digest:
            return BuildResult(served, is_new=False, folder=releases / served.release_id)
        _check_order(store, served, built_at, moment)
        if candidate and (same := _same_candidate(store, served, digest)) is not None:
            there = releases / same.release_id
            return BuildResult(same, is_new=False, folder=there, is_candidate=True)
        release_id = _release_id(releases, built_at, digest)
        folder = releases / f"{BUILDING}{release_id}"
        folder.mkdir()
        program = read_program()
        with _leaving_no_trace(releases, folder):
            on_step("raw")
            confidential = confidential_sources(catalogue.disclosures)
            masked = masked_inputs(inputs, confidential)
            parts = part_digests(catalogue, source.models, source.checks, key=key)
            draft = ReleaseInfo(
                release_id=release_id,
                built_at=built_at.isoformat(timespec="seconds"),
                digest=digest,
                program_version=program_version,
                previous_release_id=served.release_id if served else None,
                inputs=masked,
                why=purpose.why,
                who=purpose.who,
                accepted=purpose.accepted,
                program=program.identity(program_version),
                past=past_of(past, read_history(releases)),
                parts=parts,
                reasons=reasons_for(
                    masked, parts, served, confidential, lost=bool(past.broken or past.publications)
                ),
            )
            info = make_release(folder, past, draft, source, key, on_step)
            on_step("keep")
            program.keep(releases)
            tables = release_digests(folder)
            if archive is not None:
                archive(replace(info, tables=tables))
            on_step("seal")
            info = replace(
                info,
                tables=open_digests(tables),
                holds=holdings(folder / PUBLIC, release_id),
                invented=invented_periods(folder / PUBLIC),
            )
            store.seal(folder, info)
        if not candidate:
            store.serve(
                release_id, "build", why=purpose.why, who=purpose.who, at=moment, on_step=on_step
            )
        return BuildResult(
            store.read(releases / release_id),
            is_new=True,
            folder=releases / release_id,
            broken=past.broken,
            is_candidate=candidate,
            pruned=prune(store, built_at),
        )


def past_of(past: Earlier, publications: Sequence[object]) -> dict[str, int | list[str]]:
    """Note which releases a build reads, so that a rebuild can find the same past again."""
    return {"seen": [folder.name for folder in past.seen], "publications": len(publications)}


@contextmanager
def _leaving_no_trace(releases: Path, folder: Path) -> Iterator[None]:
    """Remove the folder of a build that fails; its work is kept where it is still sound."""
    try:
        yield
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BuildStoppedError(releases, str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check_order(
    store: Releases, served: ReleaseInfo | None, built_at: datetime, moment: datetime | None
) -> None:
    """Refuse a build before the one that it follows: what was known when follows from the order.

    Raises:
        TimeOrderError: It would be built before the served release was, or the moment given for
            its publication lies before what was published last.
    """
    if moment is not None:
        store.check_moment(moment, None)
    if served is not None:
        before = datetime.fromisoformat(served.built_at)
        if built_at.replace(microsecond=0) < before:
            raise TimeOrderError(built_at, before, served.release_id)


def _same_candidate(store: Releases, served: ReleaseInfo | None, digest: str) -> ReleaseInfo | None:
    """Find a candidate that was made from the same, after the same release."""
    parent = served.release_id if served else None
    for info in store.candidates():
        if (info.digest, info.previous_release_id) == (digest, parent):
            try:
                return store.whole(store.root / info.release_id)
            except BrokenReleaseError:
                continue
    return None


def _release_id(releases: Path, built_at: datetime, digest: str) -> str:
    """Name a release by its time and content; a second one in a second gets a number."""
    name = f"{built_at:%Y%m%dT%H%M%S}-{digest[:8]}"
    taken = 1
    candidate = name
    while (releases / candidate).exists() or (releases / PRUNED / f"{candidate}.json").exists():
        taken += 1
        candidate = f"{name}-{taken}"
    return candidate


__all__ = [
    "PUBLIC", "Archive", "BuildResult", "Draft", "Purpose", "Review", "build_release",
    "input_digest", "step_count",
]  # fmt: skip
