"""The words of the interface, per language, without a fallback from one to the other."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


class MissingWordError(LookupError):
    """A text that a page asks for and the file of this language does not have."""

    def __init__(self, key: str, file: Path) -> None:
        """Name the key and the file in which to add it."""
        super().__init__(f"No text {key!r} in {file.name}; add it there and in the other language.")
        self.key = key
        self.file = file


class PlaceholderError(LookupError):
    """A text whose placeholders are not all given."""

    def __init__(self, key: str, file: Path, name: str) -> None:
        """Name the key, the file and the placeholder."""
        super().__init__(f"Text {key!r} in {file.name} needs a value for {{{name}}}.")


class Words:
    """Gives texts by their dotted key, e.g. `words("filter.sector")`."""

    def __init__(self, file: Path) -> None:
        """Read one file of texts."""
        self._file = file
        self._texts = flatten(yaml.safe_load(file.read_text(encoding="utf-8")))
        self._below: dict[str, dict[str, str]] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """Returns a text with its placeholders filled.

        Raises:
            MissingWordError: The file has no such text.
            PlaceholderError: A placeholder of the text is not given.
        """
        text = self.raw(key)
        try:
            return text.format(**values)
        except KeyError as error:
            raise PlaceholderError(key, self._file, str(error.args[0])) from error

    def raw(self, key: str) -> str:
        """Returns a text with its placeholders open."""
        if key not in self._texts:
            raise MissingWordError(key, self._file)
        return self._texts[key]

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Returns the text for one or for more, e.g. `figures.one` or `figures.other`."""
        return self(f"{key}.one" if number == 1 else f"{key}.other", **values)

    def all(self, prefix: str) -> dict[str, str]:
        """Returns every text below a key, in the order of the file."""
        if prefix not in self._below:
            self._below[prefix] = self._all(prefix)
        return self._below[prefix]

    def _all(self, prefix: str) -> dict[str, str]:
        start = f"{prefix}."
        found = {k[len(start) :]: v for k, v in self._texts.items() if k.startswith(start)}
        if not found:
            raise MissingWordError(prefix, self._file)
        return found

    def keys(self) -> dict[str, frozenset[str]]:
        """Returns every key with the placeholders of its text, to compare two languages."""
        formatter = string.Formatter()
        return {
            key: frozenset(name for _, name, _, _ in formatter.parse(text) if name)
            for key, text in self._texts.items()
        }


def flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Turns nested keys into dotted ones."""
    texts: dict[str, str] = {}
    for key, value in tree.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, dict):
            texts |= flatten(value, f"{dotted}.")
        else:
            texts[dotted] = str(value)
    return texts


@cache
def words(locale: str) -> Words:
    """Returns the words of one language, read once."""
    return Words(_FOLDER / f"{locale}.yaml")
