"""Review a release before it is sealed: what a build asks of it, and what a check tells of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from etl.contract import Contract
from etl.gate import Accepted, Finding, judge
from etl.gate_drift import Drift, find_drift
from etl.gate_findings import comparison_findings
from etl.plausibility import diagnose
from warehouse.draft import Draft
from warehouse.releases import STAFF
from warehouse.review.comparison import Comparison, compare
from warehouse.review.findings import CellChange, Count, DeliveryChange, Outliers, Reject, Told
from warehouse.review.labels import Labels

TOLD = ("new", "gone", "changed", "status", "hidden", "freed")
"""The kinds of change that are told cell by cell; what is beside a value is counted only."""


@dataclass(frozen=True)
class Reviewed:
    """Everything that a check tells of a release that was made aside."""

    findings: tuple[Finding, ...]
    edition: str
    has_served: bool
    deliveries: tuple[DeliveryChange, ...]
    counts: tuple[Count, ...]
    changes: tuple[CellChange, ...]
    outliers: Outliers
    told: tuple[Told, ...]
    rejects: tuple[Reject, ...]
    drifts: tuple[Drift, ...]
    labels: Labels


@dataclass
class Gate:
    """The review of a build: refuses what stops, unless it was accepted.

    Call it with a draft. What it found stays in `findings`.
    """

    contracts: Mapping[str, Contract]
    accepted: Sequence[Accepted] = ()
    confidential: Collection[str] = ()
    """Sources of which a file name may tell who it is of."""
    findings: list[Finding] = field(default_factory=list)

    def __call__(self, draft: Draft) -> tuple[str, ...]:
        """Review a draft.

        Returns:
            What was accepted, as a manifest that everybody may read can tell it.

        Raises:
            NoGoError: Something stops the release and was not accepted.
            NotFoundError: Something was accepted that was not found.
        """
        with compare(draft.folder, draft.served) as comparison:
            self.findings[:] = _findings(draft, comparison, self.contracts)
        taken = judge(self.findings, self.accepted)
        return tuple(sorted({self.recorded(finding) for finding in taken}))

    def recorded(self, finding: Finding) -> str:
        """Name a finding for the manifest; of a confidential source no further than its period."""
        file = finding.fault.file
        source, _, rest = file.partition("/")
        if source in self.confidential:
            file = f"{source}/{rest.partition('/')[0]}".rstrip("/")
        return f"{finding.fault.code}:{file}"


@dataclass
class Witness:
    """The review of a check: refuses nothing, and keeps all there is to tell."""

    contracts: Mapping[str, Contract]
    seen: Reviewed | None = None

    def __call__(self, draft: Draft) -> tuple[str, ...]:
        """Review a draft."""
        fresh = new_deliveries(draft)
        drifts = find_drift(draft.connection, fresh, self.contracts)
        with compare(draft.folder, draft.served) as comparison:
            self.seen = Reviewed(
                findings=tuple(_findings(draft, comparison, self.contracts)),
                edition=comparison.edition,
                has_served=comparison.has_served,
                deliveries=tuple(comparison.deliveries()),
                counts=tuple(comparison.counts()),
                changes=tuple(comparison.changes(TOLD)),
                outliers=comparison.outliers(),
                told=tuple(comparison.told()),
                rejects=tuple(comparison.rejects()),
                drifts=tuple(drifts),
                labels=comparison.labels,
            )
        return ()


def new_deliveries(draft: Draft) -> frozenset[str]:
    """Name the deliveries that the served release does not have, or has with other bytes."""
    rows = draft.connection.execute("select delivery_id, digest from raw.delivery").fetchall()
    known: set[tuple[str, str]] = set()
    staff = draft.served / STAFF if draft.served else None
    if staff is not None and staff.is_file():
        with duckdb.connect(str(staff), read_only=True) as served:
            known = set(
                served.execute("select delivery_id, digest from published.delivery").fetchall()
            )
    return frozenset(id_ for id_, digest in rows if (id_, digest) not in known)


def _findings(
    draft: Draft, comparison: Comparison, contracts: Mapping[str, Contract]
) -> list[Finding]:
    """Gather what is implausible in the files and what is remarkable in the figures."""
    staff = draft.served / STAFF if draft.served else None
    own = diagnose(
        draft.connection,
        new_deliveries(draft),
        contracts,
        staff if staff is not None and staff.is_file() else None,
    )
    both = [*own, *comparison_findings(comparison, draft.unreadable)]
    return sorted(both, key=lambda finding: not finding.stops)
