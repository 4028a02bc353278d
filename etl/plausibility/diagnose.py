"""Hold new deliveries against their neighbours: the same source in another period."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from etl.contract import Contract
from etl.gate import Finding
from etl.plausibility.codes import code_findings
from etl.plausibility.figures import figure_findings
from etl.plausibility.limits import limits
from etl.plausibility.measures import Part, Profile, read_parts, read_profile
from etl.plausibility.rows import cut_findings, period_findings, row_findings
from etl.plausibility.scale import scale_findings
from etl.plausibility.words import word_findings


def diagnose(
    connection: duckdb.DuckDBPyConnection,
    deliveries: Collection[str],
    contracts: Mapping[str, Contract],
    served_staff: Path | None = None,
) -> list[Finding]:
    """Find what is implausible in deliveries that were loaded.

    Args:
        connection: Holds the raw layer: these deliveries and all others.
        deliveries: The ids of those that are new or changed.
        contracts: The contracts by source.
        served_staff: The staff database of the served release; None for a first one.

    Returns:
        The findings, by delivery; of one cause one finding.
    """
    parts = read_parts(connection)
    profiles: dict[str, Profile] = {}

    def profile(part: Part) -> Profile:
        if part.delivery_id not in profiles:
            contract = contracts[part.source].for_period(part.period)
            profiles[part.delivery_id] = read_profile(connection, part, contract)
        return profiles[part.delivery_id]

    found: list[Finding] = []
    for part in parts:
        if part.delivery_id in deliveries and part.source in contracts:
            contract = contracts[part.source].for_period(part.period)
            found += _findings(connection, part, parts, contract, profile, served_staff)
    return found


def _findings(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    parts: Sequence[Part],
    contract: Contract,
    profile: Callable[[Part], Profile],
    served_staff: Path | None,
) -> Iterator[Finding]:
    cut = list(cut_findings(connection, part))
    yield from cut
    if cut:
        # What is missing behind the cut needs no sentences of its own.
        return
    yield from word_findings(connection, part, contract)
    yield from figure_findings(connection, part, served_staff)
    years = list(period_findings(connection, part, parts))
    yield from years
    other = neighbour(part, parts)
    if years or other is None or "figure_id" in part.columns:
        # Of another year nothing else can be told; single figures are no table of codes.
        return
    new, old = profile(part), profile(other)
    scale = list(scale_findings(new, old))
    yield from scale
    yield from code_findings(connection, new, old)
    told = {finding.fault.column for finding in scale}
    is_same = other.period == part.period
    for finding in row_findings(new, old, same_period=is_same, young=young(other, parts)):
        if finding.fault.column is None or finding.fault.column not in told:
            yield finding


def young(other: Part, parts: Sequence[Part]) -> frozenset[str]:
    """Name the columns that a source first had in this delivery: those may still grow fast."""
    before = [one for one in parts if one.source == other.source and one.period < other.period]
    known = {name for one in before for name in one.columns}
    return frozenset(other.columns) - known if before else frozenset()


def neighbour(part: Part, parts: Sequence[Part]) -> Part | None:
    """Choose the delivery to compare with: of the same period, else the nearest before it.

    Where there is none before it, the nearest after it. A month is no year: only periods of one
    kind are compared, and of the same period only a delivery of the same kind of file, not a
    supplement of a few rows.
    """
    others = [
        one
        for one in parts
        if one.source == part.source and one is not part and _kind(one) == _kind(part)
    ]
    same = [one for one in others if one.period == part.period and _as_large(one, part)]
    before = [one for one in others if one.period < part.period]
    after = [one for one in others if one.period > part.period]
    if same:
        return same[-1]
    if before:
        return max(before, key=lambda one: (one.period, one.delivery_id))
    return min(after, key=lambda one: (one.period, one.delivery_id), default=None)


def _kind(part: Part) -> tuple[bool, int]:
    """Tell years, months and what has no date apart."""
    return part.period[:1].isdigit(), len(part.period)


def _as_large(one: Part, other: Part) -> bool:
    """Tell whether two deliveries of a period are two versions of it, and not parts of it."""
    small, large = sorted((one.rows, other.rows))
    return small >= limits().rows.too_few * large
