"""Make text from outside fit to be read: nothing that steers a terminal, nothing without end."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

PICTURES = 0x2400
"""From here on stand pictures of the control characters, in their own order."""


def legible(text: str, longest: int | None = None) -> str:
    """Write a text so that an operator sees what is in it.

    A file may hold characters that move the cursor, colour the screen or turn the direction of
    reading; a name may hold bytes that no terminal can write.

    Args:
        text: Text from a file, or the name of one.
        longest: Where to cut it; None to leave it whole.
    """
    shown = text if longest is None or len(text) <= longest else f"{text[:longest]}…"
    if shown.isprintable():
        return shown
    return "".join(map(_seen, shown))


def homely(path: str) -> str:
    """Write a path below the home of the operator with a tilde, as they would type it.

    Args:
        path: The path of a file or folder; any other text stays as it is.
    """
    # Whoever runs the program may have no home at all.
    home = Path(os.environ.get("HOME") or "/")
    if home == Path("/") or not Path(path).is_relative_to(home):
        return path
    return str("~" / Path(path).relative_to(home))


def _seen(mark: str) -> str:
    if mark.isprintable() or unicodedata.category(mark) == "Zs":
        return mark
    if ord(mark) < ord(" "):
        return chr(PICTURES + ord(mark))
    return mark.encode("unicode_escape").decode("ascii")
