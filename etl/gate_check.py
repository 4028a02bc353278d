"""Try files out: each against its contract, then all of them among the standing deliveries.

What the warehouse would become is made aside and held against the served release. Nothing of the
store changes, no lock is held, and what was made is thrown away.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.archive import Archive
from etl.checking import Checked, check_file
from etl.contract import Contract
from etl.deliveries import StandIns
from etl.errors import Fault, RefusedError
from etl.gate import Finding
from etl.gate_checks import failed_checks
from etl.gate_review import Reviewed, Witness
from etl.gate_standing import still_standing
from etl.load import document_origins, prepare
from warehouse.catalogue import load_catalogue
from warehouse.errors import CheckError
from warehouse.manifest import ReleaseInfo
from warehouse.releases import Releases
from warehouse.review.aside import build_aside


@dataclass(frozen=True)
class Standing:
    """What the files are tried out among."""

    folders: Callable[[], Sequence[Path]]
    """Gives the folders of deliveries; the standing examples are made when it is asked."""
    corrections: Path | None
    releases: Path
    program_version: str


@dataclass(frozen=True)
class Checkup:
    """Everything that a check found."""

    files: tuple[Checked, ...]
    served: ReleaseInfo | None = None
    """The release that the files were held against; None for a look at the files alone."""
    differs: bool = True
    """Whether a build would make another release than the served one."""
    reviewed: Reviewed | None = None
    refusals: tuple[Fault, ...] = ()
    """What is wrong with the files together, or with the deliveries that stand."""
    failed: tuple[Finding, ...] = ()
    """Checks of the build that failed; nobody can accept those."""
    kept: tuple[Path, ...] = ()
    """Refused files of which the standing delivery stays in the comparison."""
    is_alone: bool = False
    """Whether only the files themselves were asked about."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def refused(self) -> list[Checked]:
        """The files that a build would refuse."""
        return [file for file in self.files if file.refused]

    @property
    def findings(self) -> list[Finding]:
        """All findings, those that stop first."""
        return [*self.failed, *(self.reviewed.findings if self.reviewed else ())]

    @property
    def stops(self) -> list[Finding]:
        """The findings that make a no-go."""
        return [finding for finding in self.findings if finding.stops]

    @property
    def is_go(self) -> bool:
        """Tell whether a build would go through without a word of anybody."""
        return not (self.refused or self.refusals or self.stops)


def expand(paths: Iterable[Path]) -> list[Path]:
    """List the files to check: of a folder all that are in it, but notes and hidden files."""
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for root, folders, names in os.walk(path, followlinks=True):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            files += [
                Path(root, name)
                for name in sorted(names)
                if not name.startswith(".") and not name.lower().endswith(".md")
            ]
    return list(dict.fromkeys(files))


def check_alone(
    paths: Sequence[Path],
    contracts: Mapping[str, Contract],
    *,
    source: str | None = None,
    period: str | None = None,
) -> Checkup:
    """Hold files against their contract, and no further.

    Args:
        paths: The files.
        contracts: The contracts by source.
        source: Their source; None to find it by folder or header.
        period: Their period; None to find it by folder or name.
    """
    origins = document_origins()
    return Checkup(
        tuple(
            check_file(path, contracts, source=source, period=period, origins=origins)
            for path in paths
        )
    )


def check_among(
    alone: Checkup,
    contracts: Mapping[str, Contract],
    standing: Standing,
    on_step: Callable[[str], None],
) -> Checkup:
    """Go on from a look at the files alone: make aside what would come of them.

    Args:
        alone: What is known of the files; those that are refused are left out.
        contracts: The contracts by source.
        standing: What they are tried out among.
        on_step: Told what is being done.

    Raises:
        WarehouseError: What would come of them cannot be made at all.
    """
    store = Releases(standing.releases)
    taken = [file.result.delivery for file in alone.files if file.result and not file.refused]
    served = store.current_info()
    if served is None or not taken:
        return replace(alone, served=served)
    tried = [file.path for file in alone.files]
    witness = Witness(contracts)
    with (
        TemporaryDirectory(prefix="contracteermonitor-") as folder,
        TemporaryDirectory(prefix="contracteermonitor-") as place,
    ):
        try:
            folders = standing.folders()
            still = still_standing(
                alone.refused,
                tried,
                folders,
                contracts,
                Archive(standing.releases),
                served.release_id,
                Path(place),
            )
            loader = prepare(
                folders,
                corrections=standing.corrections,
                on_step=on_step,
                stand_ins=StandIns([*taken, *still.deliveries], tried),
            )
            aside = build_aside(
                releases=standing.releases,
                folder=Path(folder),
                inputs=loader.inputs,
                load_raw=loader.load,
                catalogue=load_catalogue(),
                built_at=alone.at,
                program_version=standing.program_version,
                on_step=on_step,
                review=witness,
            )
        except RefusedError as error:
            return Checkup(
                alone.files, store.current_info(), refusals=error.faults, at=alone.at
            )  # fmt: skip
        except CheckError as error:
            return Checkup(
                alone.files, store.current_info(), failed=tuple(failed_checks(error)), at=alone.at
            )
    return Checkup(
        alone.files, aside.served, aside.differs, witness.seen, kept=still.files, at=alone.at
    )  # fmt: skip
