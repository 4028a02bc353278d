"""What the cells of the computed indicators should be, in plain Python on the rows of the files.

No table of the warehouse, no SQL and none of its methods: formulas written down once more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.computed_delivery import BEARERS, Row

OVA = {2018: 2.96, 2023: 4.74, 2024: 6.0}
"""The wage index as the NZa and the VNG print it; that of 2023 is provisional."""
MINIMUM = 10

Key = tuple[str, str, str, int, str, str, str]
"""Indicator, evidence, sector, year, insurer, category and base."""


@dataclass
class Cell:
    """A value, or the two it lies between, and what it rests on."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: float = 0
    numerator: float | None = None
    contributors: float = 0
    interval: tuple[float, float] | None = None


def groups(rows: Iterable[Row], insurer: Callable[[Row], str]) -> dict[tuple[str, str], list[Row]]:
    """Sort rows into (sector, insurer), once under the insurer and once under `all`."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["sector"], insurer(row)].append(row)
        found[row["sector"], "all"].append(row)
    return found


def weight(row: Row) -> float:
    """Return the weight of an answer; one left out is 1."""
    return float(row["weight"] or 1)


def share(rows: Sequence[Row], hit: Callable[[Row], bool], *, once: bool = False) -> Cell:
    """Return a weighted percentage; `once`: every respondent counts once."""
    units: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        units[row["respondent_id"]].append(row)
    if once:
        sums = [(weight(own[0]), weight(own[0]) * any(map(hit, own))) for own in units.values()]
        n, hits = len(units), sum(any(map(hit, own)) for own in units.values())
    else:
        sums = [
            (sum(map(weight, own)), sum(weight(row) for row in own if hit(row)))
            for own in units.values()
        ]
        n, hits = len(rows), sum(map(hit, rows))
    total, part = sum(w for w, _ in sums), sum(y for _, y in sums)
    cell = Cell(100 * part / total, n=n, numerator=hits, contributors=len(units))
    if n > 30 and len(units) >= MINIMUM:
        cell.interval = _interval(sums, part / total, n)
    return cell


def _interval(sums: Sequence[tuple[float, float]], p: float, n: int) -> tuple[float, float]:
    """Wilson's interval at the effective number of answers, in percent."""
    m, total = len(sums), sum(w for w, _ in sums)
    variance = m / (m - 1) * sum((y - p * w) ** 2 for w, y in sums) / total**2
    kish = total**2 / sum(w * w for w, _ in sums)
    alike = p * (1 - p) < 1e-9 or variance < 1e-15
    k = min(n, kish if alike else p * (1 - p) / variance)
    z = 1.959963984540054
    middle = (p + z * z / (2 * k)) / (1 + z * z / k)
    half = z * math.sqrt(p * (1 - p) / k + z * z / (4 * k * k)) / (1 + z * z / k)
    return 100 * (middle - half), 100 * (middle + half)


def median(rows: Sequence[Row], number: Callable[[Row], float]) -> Cell:
    """Return the weighted median."""
    ordered = sorted((number(row), weight(row)) for row in rows)
    total, upto = sum(w for _, w in ordered), 0.0
    low = high = None
    for value, w in ordered:
        upto += w
        if low is None and upto >= total / 2 - 1e-9:
            low = value
        if upto > total / 2 + 1e-9:
            high = value
            break
    assert low is not None
    assert high is not None
    units = {row["respondent_id"] for row in rows}
    return Cell((low + high) / 2, n=len(rows), contributors=len(units))


def durations(rows: Sequence[Row], length: Callable[[Row], tuple[float, bool]]) -> dict[str, Cell]:
    """Kaplan and Meier on exact and running stops: the median and what is still closed."""
    stops = [(*length(row), weight(row)) for row in rows]
    survival, curve = 1.0, [(0.0, 1.0)]
    for day in sorted({days for days, ended, _ in stops if ended}):
        risk = sum(w for days, _, w in stops if days >= day)
        died = sum(w for days, ended, w in stops if ended and days == day)
        survival *= 1 - died / risk
        curve.append((day, survival))
    units = len({row["respondent_id"] for row in rows})
    cells = {}
    half = next((day for day, left in curve if left <= 0.5 + 1e-9), None)
    assert half is not None, "the delivery has no median to find"
    cells["median"] = Cell(half, n=len(rows), contributors=units)
    for day in (30, 60, 90):
        left = [rest for at, rest in curve if at < day][-1]
        cells[f"closed_{day}"] = Cell(100 * left, n=len(rows), contributors=units)
    return cells


def classes(rows: Sequence[Row], bucket: Callable[[Row], str]) -> dict[str, Cell]:
    """Three classes of which none overlaps, and stops that run since nobody knows when.

    Those last as long as the others at least, and at most longer than all: two answers, and
    the truth lies between.
    """
    bounds = {"under_1_month": (0.0, 30.0), "1_to_3_months": (30.0, 90.0)}
    bounds["over_3_months"] = (90.0, math.inf)
    mass = {name: sum(weight(r) for r in rows if bucket(r) == name) for name in bounds}
    running = sum(map(weight, rows)) - sum(mass.values())
    found = []
    for shares in (mass, mass | {"over_3_months": mass["over_3_months"] + running}):
        total, upto, half = sum(shares.values()), 0.0, ""
        for name, part in shares.items():
            upto += part
            half = half or (name if upto >= total / 2 - 1e-9 else "")
        _, middle, long = (100 * part / total for part in shares.values())
        found.append((bounds[half], middle + long, long))
    (least, least_30, least_90), (most, most_30, most_90) = found
    n, units = len(rows), len({row["respondent_id"] for row in rows})

    def between(low: float, high: float) -> Cell:
        cell = Cell(n=n, contributors=units)
        if math.isclose(low, high, abs_tol=1e-9):
            cell.value = low
        else:
            cell.low, cell.high = low, high
        return cell

    days = between(least[0], most[1])
    days.low, days.high = days.low or None, None if days.high == math.inf else days.high
    return {
        "median": days,
        "closed_30": between(least_30, most_30),
        "closed_60": between(least_90, most_30),
        "closed_90": between(least_90, most_90),
    }


def claims_share(rows: Sequence[Row], counted: str, status: str, *, known: bool) -> Cell:
    """Return the percentage of one contract status; `counted` names the column."""
    used = [
        row for row in rows if row[counted] and not (known and row["contract_status"] == "unknown")
    ]
    part = sum(float(row[counted]) for row in used if row["contract_status"] == status)
    total = sum(float(row[counted]) for row in used)
    contributors = max(int(row["providers"]) for row in used)
    return Cell(100 * part / total, n=total, numerator=part, contributors=contributors)


def concern(row: Row) -> str:
    """Return the insurer that a row of claims counts under."""
    return {code: name for own in BEARERS.values() for code, name in own.items()}[row["uzovi"]]
