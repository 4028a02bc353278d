"""What a review found, and whether a release may be built all the same.

A finding is a fault with a weight. One that says `stop` makes a no-go: the release is not built
unless somebody accepts it by its code, says who they are and why. One that says `look` is told
and stops nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.errors import EtlError, Fault

Severity = Literal["stop", "look"]


@dataclass(frozen=True)
class Finding:
    """One thing that a review found; `fault.code` is what the operator accepts it by."""

    fault: Fault
    severity: Severity

    @property
    def stops(self) -> bool:
        """Tell whether it makes a no-go as long as nobody accepts it."""
        return self.severity == "stop"


class NoGoError(EtlError):
    """A review found what should not be published without somebody's word; nothing changed."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__([finding.fault for finding in findings])


class NotFoundError(EtlError):
    """Something was accepted that the review did not find: a typing error, or an old list."""


@dataclass(frozen=True)
class Accepted:
    """What an operator accepts: a code, in any file or in one."""

    code: str
    file: str = ""

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is meant: the file as it is written, or the end of its path."""
        place = finding.fault.file
        return finding.fault.code == self.code and (
            not self.file or place == self.file or place.endswith(f"/{self.file}")
        )

    def __str__(self) -> str:
        """Write it the way it was given."""
        return f"{self.code}:{self.file}" if self.file else self.code


def read_accepted(words: Iterable[str]) -> tuple[Accepted, ...]:
    """Read what `--accept` was given: CODE, or CODE:FILE.

    Args:
        words: Each as it was typed.
    """
    return tuple(Accepted(*word.split(":", 1)) for word in words)


def accept_options(findings: Iterable[Finding]) -> str:
    """Write what an operator types to accept findings.

    Args:
        findings: Those that stop a release.
    """
    names = dict.fromkeys(f"{found.fault.code}:{found.fault.file}" for found in findings)
    return " ".join(f"--accept {shlex.quote(name)}" for name in names)


def judge(findings: Sequence[Finding], accepted: Sequence[Accepted]) -> tuple[Finding, ...]:
    """Hold findings against what was accepted.

    Args:
        findings: Everything that was found.
        accepted: What the operator accepts.

    Returns:
        The findings that would have stopped the release and were accepted.

    Raises:
        NotFoundError: Something was accepted that was not found.
        NoGoError: Something stops the release and was not accepted.
    """
    stops = [finding for finding in findings if finding.stops]
    unmatched = [word for word in accepted if not any(word.covers(found) for found in stops)]
    if unmatched:
        codes = sorted({f"{found.fault.code}:{found.fault.file}" for found in stops})
        raise NotFoundError(
            [
                Fault(
                    "accept_not_found",
                    "--accept",
                    value=str(word),
                    parameters={"found": codes or ["-"]},
                )
                for word in unmatched
            ]
        )
    open_ = [found for found in stops if not any(word.covers(found) for word in accepted)]
    if open_:
        raise NoGoError(open_)
    return tuple(stops)
