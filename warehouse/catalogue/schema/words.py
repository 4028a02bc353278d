"""What every entry of the catalogue is made of: codes and words in two languages.

`extra="forbid"` makes a typo in YAML an error with a file and a line, not a silent default.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Locale = Literal["nl", "en"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Entry(BaseModel):
    """Base of all catalogue entries: closed and unchangeable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Entry):
    """The same words in Dutch and English; neither stands in for the other."""

    nl: Words
    en: Words

    def text(self, locale: Locale) -> str:
        """Return the words in `locale`."""
        return self.nl if locale == "nl" else self.en


class Term(Bilingual):
    """A code with its words: the least any vocabulary entry has."""

    code: Code


class OrderedTerm(Term):
    """A term with a place in lists."""

    order: int = 0
