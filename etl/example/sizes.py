"""How large a set of examples is: `small`, or a number of rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_FORM = re.compile(r"([1-9][0-9]*)(k|M)")
_TIMES = {"k": 1_000, "M": 1_000_000}
LEAST_ROWS = 100_000
"""Fewer rows would not hold every combination of sector, insurer and region once."""
SURVEY_PART = Fraction(32, 100)
"""Rows of the survey per row of the claims, in every size."""
SMALL_RESPONDENTS = 1_150


@dataclass(frozen=True)
class Size:
    """The rows of the claims in all files together; None is one row per combination."""

    name: str
    claims_rows: int | None = None

    def respondents(self, waves: int, rows_each: float) -> int:
        """Give the respondents of one wave.

        Args:
            waves: How many waves there are.
            rows_each: Rows per respondent, on average.
        """
        if self.claims_rows is None:
            return SMALL_RESPONDENTS
        return round(self.claims_rows * SURVEY_PART / waves / Fraction(rows_each))


SMALL = Size("small")


def read_size(text: str) -> Size | None:
    """Read a size as an operator types it.

    Args:
        text: `small`, or a number with k or M: 500k, 10M.

    Returns:
        The size; None where it is neither, or too small.
    """
    if text == SMALL.name:
        return SMALL
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    rows = int(match.group(1)) * _TIMES[match.group(2)]
    return Size(text, rows) if rows >= LEAST_ROWS else None
