"""Find, in the bytes of a file, numbers with more decimals than the raw layer keeps.

DuckDB rounds such a number silently. Reading every number with two digits more costs a tenth
of the time of a load; looking for them in bytes that are read anyway costs next to nothing.
"""

from __future__ import annotations

import numpy as np

KEPT = 4
"""So many decimals the raw layer keeps."""
REACH = KEPT + 2
"""A number may begin in one block and end in the next: so many bytes tell."""
LIKELY_END = 3
MINUS, LETTER_E, SMALL, ZERO, DIGITS = 45, 101, 32, 48, 10


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
    minus = np.flatnonzero(cells[2:] == MINUS)
    exponents = minus[(cells[minus + 1] | SMALL) == LETTER_E]
    return bool(((cells[exponents] - ZERO) < DIGITS).any())
