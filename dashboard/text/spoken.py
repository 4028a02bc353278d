"""Errors that an operator reads, in the language of the command."""

from __future__ import annotations

from dashboard.text.words import words


class SpokenError(Exception):
    """What is wrong and what to do next, as a text of `cli.nl.yaml` and `cli.en.yaml`."""

    def __init__(self, key: str, **values: object) -> None:
        """Take the key of the text and what its placeholders stand for."""
        self.key, self.values = key, values
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Returns the sentence in one language."""
        return words(f"cli.{language}")(self.key, **self.values)
