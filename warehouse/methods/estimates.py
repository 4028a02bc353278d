"""An estimate that may be a number or the two that it lies between, as columns of a cell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

INTERVAL = "bootstrap_95"


@dataclass(frozen=True)
class Estimate:
    """A number, or the two that it lies between; infinite where nothing bounds it."""

    low: float
    high: float
    ci_low: float
    ci_high: float

    def columns(self, scale: float, digits: int, *, with_interval: bool) -> dict[str, Any]:
        """Return the estimate as columns of a cell; days have scale 1, shares 100."""
        if self.low == 0 and self.high == (math.inf if scale == 1 else 1):
            return {}
        low, high = (round(scale * end, digits) for end in (self.low, self.high))
        row: dict[str, Any]
        if low == high:
            row = {"qualifier": "exact", "value": low}
        elif math.isinf(high):
            row = {"qualifier": "more_than", "value_low": low}
        elif low == 0 and scale == 1:
            row = {"qualifier": "less_than", "value_high": high}
        else:
            row = {"qualifier": "range", "value_low": low, "value_high": high}
        # Without an upper end there is no interval that a reader could hold against another.
        if with_interval and math.isfinite(self.ci_high):
            row |= {
                "ci_low": round(scale * min(self.ci_low, self.low), digits),
                "ci_high": round(scale * max(self.ci_high, self.high), digits),
                "ci_method": INTERVAL,
            }
        return row

    def up_to(self, other: Estimate) -> Estimate:
        """Return what lies between this estimate and a higher one."""
        return Estimate(
            min(self.low, other.low),
            max(self.high, other.high),
            min(self.ci_low, other.ci_low),
            max(self.ci_high, other.ci_high),
        )


@dataclass(frozen=True)
class Summary:
    """The median, and the share still closed after each number of days."""

    median: Estimate
    closed: tuple[Estimate, ...]
