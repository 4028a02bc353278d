"""Judge what a command says when it fails: a sentence in the language asked for, no trace."""

from __future__ import annotations

import re
from collections import Counter

from tests.soak.project import Ran

CODES = frozenset({0, 1, 2, 3, 4, 5, 6})
"""The exit codes that the operator's guide names."""
WORDS = re.compile(r"[a-z]+")
DUTCH = frozenset(
    WORDS.findall("de het een niet van en op te is naar kijk begin opnieuw wordt die u er aan dat")
)
ENGLISH = frozenset(
    WORDS.findall("the an not of and on to look start again it this was be cannot that")
)
SHORTEST = 25


def told(ran: Ran, language: str) -> str:
    """See that a command that failed said so in words, in the right language.

    Args:
        ran: What it did.
        language: The language that was asked for.

    Returns:
        What it said.

    Raises:
        AssertionError: It gave a stack trace, an unknown exit code, or no sentence.
    """
    said = ran.said
    assert "Traceback (most recent call last)" not in said, said
    assert ran.code in CODES, f"exit code {ran.code}:\n{said}"
    if ran.code == 0:
        return said
    words = Counter(WORDS.findall(said.lower()))
    dutch, english = (sum(words[word] for word in known) for known in (DUTCH, ENGLISH))
    right, other = (dutch, english) if language == "nl" else (english, dutch)
    assert len(said) >= SHORTEST, f"exit code {ran.code} and no sentence: {said!r}"
    assert right > other, f"not in {language}:\n{said}"
    return said
