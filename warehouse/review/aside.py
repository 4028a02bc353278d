"""Make what the next release would be, beside everything: nothing of the store changes.

No lock is held, so it goes on while a build runs and while readers read. The work that the last
build kept is copied, not taken, and only if nobody touched it meanwhile.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.digests import input_digest
from warehouse.draft import Review, Source
from warehouse.earlier import earlier
from warehouse.editions import confidential_sources, masked_inputs
from warehouse.errors import BuildStoppedError
from warehouse.filling import make_release
from warehouse.keeping import KEY
from warehouse.manifest import ReleaseInfo
from warehouse.models import CHECKS, MODELS
from warehouse.releases import Releases
from warehouse.work import FILE, FOLDER


@dataclass(frozen=True)
class Aside:
    """What a release that was made aside came to."""

    served: ReleaseInfo | None
    """The release that it was held against."""
    differs: bool
    """Whether a build would make a new release at all."""


def build_aside(
    *,
    releases: Path,
    folder: Path,
    inputs: Mapping[str, str],
    load_raw: Callable[[duckdb.DuckDBPyConnection], None],
    catalogue: Catalogue,
    built_at: datetime,
    program_version: str,
    on_step: Callable[[str], None],
    review: Review,
    models: Path | None = None,
    checks: Path | None = None,
) -> Aside:
    """Make and check a release that is never sealed, and have it reviewed.

    Args:
        releases: The folder of releases; only read.
        folder: An empty folder to work in, which nobody else may read.
        inputs: Digest per input file.
        load_raw: Fills the schema `raw`.
        catalogue: The catalogue.
        built_at: The time to name the release by.
        program_version: The version of the program.
        on_step: Called with the name of each step before it starts.
        review: Looks at the release.
        models: Folder of models; by default the one that ships.
        checks: Folder of checks; by default the one that ships.

    Raises:
        WarehouseError: When it cannot be made, or does not pass its checks.
    """
    source = Source(load_raw, catalogue, models or MODELS, checks or CHECKS, review=review)
    key = _read_key(releases)
    digest = input_digest(inputs, catalogue, source.models, source.checks, program_version, key=key)
    store = Releases(releases)
    past = earlier(store)
    if past.served is not None and past.served.digest == digest:
        return Aside(past.served, differs=False)
    copy_work(releases, folder)
    draft = ReleaseInfo(
        release_id=f"{built_at:%Y%m%dT%H%M%S}-{digest[:8]}",
        built_at=built_at.isoformat(timespec="seconds"),
        digest=digest,
        program_version=program_version,
        previous_release_id=past.served.release_id if past.served else None,
        inputs=masked_inputs(inputs, confidential_sources(catalogue.disclosures)),
    )
    try:
        make_release(folder, past, draft, source, key, on_step)
    except duckdb.Error as error:
        raise BuildStoppedError(folder, str(error)) from error
    return Aside(store.read(past.seen[0]) if past.seen else None, differs=True)


def copy_work(releases: Path, folder: Path) -> bool:
    """Copy the kept work database, unless a build has it in hand.

    A build moves the file away before it writes to it. So a copy is sound when the same file,
    unchanged, still stands in its place when the copy is done.

    Returns:
        Whether there is a copy; without one everything is made from nothing.
    """
    kept, here = releases / FOLDER / FILE, folder / FILE
    try:
        before = kept.stat()
        shutil.copyfile(kept, here)
        after = kept.stat()
        is_open = kept.with_name(f"{FILE}.wal").exists()
    except OSError:
        here.unlink(missing_ok=True)
        return False
    mark = (before.st_dev, before.st_ino, before.st_size, before.st_mtime_ns)
    if is_open or mark != (after.st_dev, after.st_ino, after.st_size, after.st_mtime_ns):
        here.unlink(missing_ok=True)
        return False
    return True


def _read_key(releases: Path) -> bytes:
    """Read the secret of the letters; one for this time only where it cannot be read."""
    try:
        return (releases / KEY).read_bytes() or secrets.token_bytes(32)
    except OSError:
        return secrets.token_bytes(32)
