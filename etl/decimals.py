"""Find, in the bytes of a file, numbers with more decimals than the raw layer keeps.

DuckDB rounds such a number silently. Reading every number with two digits more costs a tenth
of the time of a load; looking for them in bytes that are read anyway costs next to nothing.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

KEPT = 4
"""So many decimals the raw layer keeps."""
REACH = KEPT + 2
"""A number may begin in one block and end in the next: so many bytes tell."""
LIKELY_END = 3
ZERO, DIGITS = 48, 10


def has_long_decimals(block: bytes, mark: str) -> bool:
    """Tell whether a text holds a decimal mark and more than four digits after it.

    Also for a negative exponent, which hides decimals. A text that is no number may look like
    one: the answer is yes where it is not sure.

    Args:
        block: Bytes of the file.
        mark: The decimal mark.
    """
    cells = np.frombuffer(block, dtype=np.uint8)
    marks = cells[: -KEPT - 1] == ord(mark)
    # Most numbers have two decimals: the third place alone leaves next to nothing to look at.
    marks &= (cells[LIKELY_END : LIKELY_END - KEPT - 1] - ZERO) < DIGITS
    found = np.flatnonzero(marks)
    for place in (1, 2, 4, 5):
        found = found[(cells[found + place] - ZERO) < DIGITS]
    if found.size:
        return True
    return b"-" in block and _small_number(mark).search(block) is not None


def may_hide_decimals(edge: bytes, mark: str) -> bool:
    """Tell the same of a few bytes, where setting up arrays would cost more than looking.

    Args:
        edge: The end of one block and the begin of the next.
        mark: The decimal mark.
    """
    return _long_number(mark).search(edge) is not None


@cache
def _small_number(mark: str) -> re.Pattern[bytes]:
    """A number with a negative exponent; a word such as `code-1` is none."""
    return re.compile(rb"(?<=[0-9%s])[eE]-[0-9]" % re.escape(mark.encode()))


@cache
def _long_number(mark: str) -> re.Pattern[bytes]:
    return re.compile(rb"%s[0-9]{%d}|[eE]-[0-9]" % (re.escape(mark.encode()), KEPT + 1))
