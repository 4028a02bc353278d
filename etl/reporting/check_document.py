"""The report of a check for programs: everything, as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from etl.checking import Checked
from etl.gate import Finding, accept_options
from etl.gate_check import Checkup
from etl.gate_review import Reviewed
from etl.messages import Messages
from etl.reporting.check_verdict import exit_code
from etl.reporting.files import file_of
from warehouse.review.findings import CellChange


def document_of(checkup: Checkup, messages: Messages) -> dict[str, Any]:
    """Give everything that a check found; docs/operate.md tells what the fields mean.

    Args:
        checkup: What was found.
        messages: The language of the sentences.
    """
    served = checkup.served
    return {
        "ok": checkup.is_go,
        "verdict": "go" if checkup.is_go else "no-go",
        "exit_code": exit_code(checkup),
        "internal": True,
        "checked_at": checkup.at.isoformat(timespec="seconds"),
        "differs": checkup.differs,
        "served": served and {"release_id": served.release_id, "built_at": served.built_at},
        "files": [_file(file, messages) for file in checkup.files],
        "alone": checkup.is_alone,
        "left_out": [str(file.path) for file in checkup.refused],
        "refusals": [messages.document(fault) for fault in checkup.refusals],
        "findings": [
            _finding(each, messages, can_accept=each.stops and each not in checkup.failed)
            for each in checkup.findings
        ],
        "comparison": _comparison(checkup.reviewed, messages.language)
        if checkup.reviewed
        else None,
    }


def _file(file: Checked, messages: Messages) -> dict[str, Any]:
    known = file_of(file.result, messages) if file.result else {"file": str(file.path)}
    faults = [messages.document(fault) for fault in file.faults]
    return {**known, "refused": file.refused, "faults": faults}


def _finding(finding: Finding, messages: Messages, *, can_accept: bool) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "accept": accept_options([finding]) if can_accept else None,
        **messages.document(finding.fault),
    }


def _comparison(reviewed: Reviewed, language: str) -> dict[str, Any]:
    def cell(change: CellChange) -> dict[str, Any]:
        told = {key: value for key, value in asdict(change).items() if value is not None}
        told["indicator"] = reviewed.labels.of(language, "indicator", change.indicator_id)
        told["place"] = reviewed.labels.place(change, language)
        return told

    outliers = reviewed.outliers
    return {
        "edition": reviewed.edition,
        "deliveries": [asdict(each) for each in reviewed.deliveries],
        "drift": [asdict(each) for each in reviewed.drifts],
        "counts": [asdict(each) for each in reviewed.counts],
        "changes": [cell(each) for each in reviewed.changes],
        "outliers": {
            "count": outliers.count,
            "judged": outliers.judged,
            "undetermined": outliers.undetermined,
            "found": [{**asdict(each), "cell": cell(each.cell)} for each in outliers.found],
        },
        "told": [asdict(each) for each in reviewed.told],
        "rejects": [asdict(each) for each in reviewed.rejects],
    }
