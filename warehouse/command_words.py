"""What the command-line library says by itself, in our languages: usage lines and errors.

It asks gettext for its words. The loader and the site have commands, and both speak so.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
"""A folder per language; `messages.po` is written by hand, `messages.mo` is made from it."""


def speak(language: str) -> None:
    """Let the command-line library speak a language; English where there are no words for it.

    Args:
        language: Such as "nl". Call it before options are made: some name what they hold.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", LOCALE)
