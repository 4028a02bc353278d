"""Write findings: a fault with its place and parameters, and how heavy it weighs."""

from __future__ import annotations

from collections.abc import Sequence

from etl.errors import Fault, Parameter
from etl.gate import Finding, Severity

SHOWN = 8


def found(
    code: str,
    file: str,
    severity: Severity,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **parameters: Parameter,
) -> Finding:
    """Make a finding.

    Args:
        code: Its key in messages.yaml.
        file: The delivery.
        severity: Whether it stops a release.
        line: First line concerned.
        column: The column.
        value: What stands there.
        **parameters: What its sentence needs.
    """
    return Finding(Fault(code, file, line, column, value, parameters=parameters), severity)


def as_list(codes: Sequence[str]) -> list[str]:
    """Shorten a list of codes to what a sentence can hold."""
    shown = sorted(codes)[:SHOWN]
    return [*shown, f"… (+{len(codes) - SHOWN})"] if len(codes) > SHOWN else shown


def share(part: float) -> str:
    """Write a part as a whole percentage."""
    return f"{100 * part:.0f}%"
