"""Survival of weighted, censored durations, with intervals by bootstrap.

The product of Kaplan & Meier, and Turnbull's estimate that lifelines finds.

"Still closed after t days" is the share that lasted t days or longer. Classes are half-open:
1 to 3 months holds 30 days and not 90. Of a stop that still runs without a known start nothing
is known but that: it is estimated twice, as long as the others and longer than all, and the
answer lies between the two.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from warehouse.methods.estimates import Estimate, Summary

Numbers = NDArray[np.float64]

DRAWS = 400
LEVEL = 95
_SHIFT = 1e-4
"""How far a lower edge is moved in: lifelines closes both ends of a class."""
_CHUNK = 2_000_000
_CLOSE = 1e-9
_STEPS = 2000
_LIFELINES_STEPS = 200
_LIFELINES_TOLERANCE = 1e-5


@dataclass(frozen=True)
class _Curve:
    """Survival as a number of mass points between two ends: [left, right), or one day."""

    left: Numbers
    right: Numbers

    def median(self, mass: Numbers) -> tuple[Numbers, Numbers]:
        """Return the ends of where half is reached, per row of `mass`."""
        first = np.argmax(np.cumsum(mass, axis=1) >= 0.5 - _CLOSE, axis=1)
        return self.left[first], self.right[first]

    def closed(self, mass: Numbers, day: float) -> tuple[Numbers, Numbers]:
        """Return the ends of the share that lasted `day` days or longer, per row of `mass`."""
        surely = self.left >= day
        perhaps = surely | (self.right > day)
        return mass[:, surely].sum(axis=1), mass[:, perhaps].sum(axis=1)


_KNOWN: dict[bytes, Summary] = {}
"""What was worked out before in this process, by the digest of what it was worked out from."""


def summarise(
    unit: NDArray[np.int64],
    weight: Numbers,
    low: Numbers,
    high: Numbers,
    *,
    edges: Sequence[float],
    days: Sequence[int],
    seed: int,
) -> Summary:
    """Estimate the median duration and the share still closed after some days.

    Args:
        unit: Number of the respondent of each stop, from 0; drawn as a whole.
        weight: Weight of each stop.
        low: Days that it lasted at least.
        high: The same: an exact duration. Higher: a class, without its upper end.
            Infinite: it lasted at least `low` days, or still runs.
        edges: Bounds of the classes in use; once a class is among the answers, exact
            durations are read as the class that they fall in.
        days: After how many days to look.
        seed: Of the bootstrap.
    """
    # Two indicators tell of the same stops, one in days and one in shares.
    told = blake2b(repr((tuple(edges), tuple(days), seed)).encode())
    for numbers in (unit, weight, low, high):
        told.update(np.ascontiguousarray(numbers).tobytes())
    key = told.digest()
    if key not in _KNOWN:
        _KNOWN[key] = _summarise(unit, weight, low, high, edges, days, seed)
    return _KNOWN[key]


def _summarise(
    unit: NDArray[np.int64],
    weight: Numbers,
    low: Numbers,
    high: Numbers,
    edges: Sequence[float],
    days: Sequence[int],
    seed: int,
) -> Summary:
    in_classes = bool((np.isfinite(high) & (high > low)).any())
    if in_classes:
        low, high = to_classes(low, high, edges)
    readings = [(low, high)]
    silent = (low == 0) & np.isinf(high)
    if silent.any() and not silent.all():
        # A stop that still runs, since nobody knows when, lasts as long as the others or longer.
        ends = np.concatenate([low, high])
        readings.append((np.where(silent, ends[np.isfinite(ends)].max(), low), high))
    found = [
        _estimates(unit, weight, *reading, days, seed, in_classes=in_classes)
        for reading in readings
    ]
    shortest, longest = found[0], found[-1]
    median, *closed = (a.up_to(b) for a, b in zip(shortest, longest, strict=True))
    return Summary(median, tuple(closed))


def _estimates(
    unit: NDArray[np.int64],
    weight: Numbers,
    low: Numbers,
    high: Numbers,
    days: Sequence[int],
    seed: int,
    *,
    in_classes: bool,
) -> list[Estimate]:
    """Estimate the median, and then the shares."""
    pairs, place = np.unique(np.column_stack([low, high]), axis=0, return_inverse=True)
    place = place.reshape(-1)
    low, high = pairs[:, 0], pairs[:, 1]
    total = np.bincount(place, weights=weight, minlength=len(pairs)).astype(float)
    curve, mass = turnbull(low, high, total) if in_classes else kaplan_meier(low, high, total)
    drawn = np.concatenate(
        [
            masses(curve, low, high, weights, in_classes=in_classes)
            for weights in _draws(unit, weight, place, len(pairs), seed)
        ]
    )
    closed = [_estimate(curve.closed(mass, day), curve.closed(drawn, day)) for day in days]
    return [_estimate(curve.median(mass), curve.median(drawn)), *closed]


def to_classes(low: Numbers, high: Numbers, edges: Sequence[float]) -> tuple[Numbers, Numbers]:
    """Read exact and running durations as the classes that hold them."""
    bounds = np.unique([0.0, *edges, np.inf])
    at = np.searchsorted(bounds, low, side="right") - 1
    exact = high == low
    floor = np.where(exact | np.isinf(high), bounds[at], low)
    return floor, np.where(exact, bounds[np.minimum(at + 1, len(bounds) - 1)], high)


def kaplan_meier(low: Numbers, high: Numbers, weight: Numbers) -> tuple[_Curve, Numbers]:
    """Return days and the mass of each; what is left over comes last."""
    # Not a fit of lifelines: with weights its number at risk carries a rounding error, and where
    # the last ones at risk end it may then say that nobody did. A test holds the two together.
    times = np.unique(low[np.isfinite(high)])
    curve = _Curve(np.append(times, low.max()), np.append(times, np.inf))
    return curve, masses(curve, low, high, weight[None, :], in_classes=False)


def turnbull(low: Numbers, high: Numbers, weight: Numbers) -> tuple[_Curve, Numbers]:
    """Return classes and the mass that Turnbull's estimate gives each.

    lifelines stops where the likelihood hardly grows; from there on it is made self-consistent.
    """
    bounds = np.unique([*low, *high])
    curve = _Curve(bounds[:-1], bounds[1:])
    # Who only says that it runs tells nothing, and lifelines cannot divide by nothing.
    tells = (low > 0) | np.isfinite(high)
    even = np.full(len(bounds) - 1, 1 / (len(bounds) - 1))
    start = even
    if tells.sum() > 1:
        start = _by_lifelines(bounds, low[tells], high[tells], weight[tells])
        # What is nought stays nought from here, so nothing starts there.
        start = 0.999 * start + 0.001 * even if np.isfinite(start).all() else even
    return curve, _self_consistent(curve, low, high, weight[None, :], start)


def _by_lifelines(bounds: Numbers, low: Numbers, high: Numbers, weight: Numbers) -> Numbers:
    """Return the mass per class as lifelines finds it.

    This is what its `fit_interval_censoring` calls; the table that it makes of the result takes
    thrice as long as the result.
    """
    from lifelines.fitters.npmle import npmle

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Of steps: they are taken up after it.
        warnings.simplefilter("ignore")
        found, intervals = npmle(
            low + _SHIFT, high, weights=weight, tol=_LIFELINES_TOLERANCE, max_iter=_LIFELINES_STEPS
        )
    mass = np.zeros(len(bounds) - 1)
    starts = np.array([interval.left for interval in intervals])
    np.add.at(mass, np.searchsorted(bounds, starts, side="right") - 1, found)
    return mass


def masses(
    curve: _Curve, low: Numbers, high: Numbers, weights: Numbers, *, in_classes: bool
) -> Numbers:
    """Estimate the mass per day or class for many weightings at once.

    Args:
        curve: The days or classes.
        low: Distinct durations: the lower ends, from short to long.
        high: The upper ends.
        weights: One row per weighting, one column per distinct duration.
        in_classes: By Turnbull's self-consistency instead of Kaplan & Meier's product.
    """
    if not in_classes:
        # Sums from behind instead of a product of matrices: it takes one core, not all.
        ended = np.flatnonzero(np.isfinite(high))
        later = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
        at_risk = later[:, np.searchsorted(low, low[ended])]
        died = weights[:, ended]
        stays = 1 - np.divide(died, at_risk, out=np.zeros_like(died), where=at_risk > 0)
        after = np.cumprod(stays, axis=1)
        ends = (np.ones((len(weights), 1)), after, np.zeros((len(weights), 1)))
        return -np.diff(np.concatenate(ends, axis=1), axis=1)
    return _self_consistent(curve, low, high, weights)


def _self_consistent(
    curve: _Curve, low: Numbers, high: Numbers, weights: Numbers, start: Numbers | None = None
) -> Numbers:
    """Share each answer out over the classes it may lie in, until nothing changes."""
    holds = ((curve.left >= low[:, None]) & (curve.right <= high[:, None])).astype(float)
    share = weights / weights.sum(axis=1, keepdims=True)
    mass: Numbers = share @ (holds / holds.sum(axis=1, keepdims=True))
    if start is not None:
        mass = np.tile(start, (len(weights), 1))
    for _ in range(_STEPS):
        inside = mass @ holds.T
        told = np.divide(share, inside, out=np.zeros_like(share), where=inside > 0)
        before, mass = mass, mass * (told @ holds)
        if np.abs(mass - before).max() < _CLOSE:
            break
    return mass


def _draws(
    unit: NDArray[np.int64], weight: Numbers, place: NDArray[np.int64], pairs: int, seed: int
) -> list[Numbers]:
    """Draw respondents with replacement; return weights per draw and distinct duration."""
    random = np.random.default_rng(seed)
    units = int(unit.max()) + 1
    order = np.argsort(place, kind="stable")
    unit, weight = unit[order], weight[order]
    starts = np.searchsorted(place[order], np.arange(pairs))
    step = max(1, _CHUNK // len(unit))
    result: list[Numbers] = []
    for start in range(0, DRAWS, step):
        size = min(step, DRAWS - start)
        drawn = random.integers(0, units, size=(size, units))
        drawn += np.arange(size)[:, None] * units
        times = np.bincount(drawn.reshape(-1), minlength=size * units).reshape(size, units)
        result.append(np.add.reduceat(times[:, unit] * weight, starts, axis=1))
    return result


def _estimate(found: tuple[Numbers, Numbers], drawn: tuple[Numbers, Numbers]) -> Estimate:
    tail = (100 - LEVEL) / 2
    # An order statistic, not a point between two: half a class, or half of infinity, is nothing.
    low = np.percentile(drawn[0], tail, method="lower")
    high = np.percentile(drawn[1], 100 - tail, method="higher")
    return Estimate(float(found[0][0]), float(found[1][0]), float(low), float(high))
