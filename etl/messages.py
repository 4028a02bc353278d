"""The words of the loader, in Dutch and English; there is no fallback between them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from etl.errors import Fault, Parameter
from etl.legible import homely, legible
from warehouse.catalogue.reading import read_yaml

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
TEXTS = Path(__file__).with_name("messages.yaml")
PARTS = "messages_*.yaml"
COUNTS = frozenset({"cells", "count", "files", "judged", "loaded", "read", "rejected", "rows"})
"""Placeholders that count things: they get marks between thousands, and may choose a plural."""
LONGEST_VALUE, LONGEST_PART = 100, 600
"""So much is told of one cell or name, and of what to write in a contract."""


@cache
def read_texts() -> Mapping[str, Any]:
    """Read all texts: messages.yaml, and the parts beside it.

    Raises:
        ValueError: A text stands in two of the files.
    """
    texts = cast(dict[str, dict[str, Any]], read_yaml(TEXTS))
    for file in sorted(TEXTS.parent.glob(PARTS)):
        for section, entries in read_yaml(file).items():
            if twice := sorted(texts[section].keys() & entries.keys()):
                message = f"{file.name}: {section}: {', '.join(twice)}"
                raise ValueError(message)
            texts[section].update(entries)
    return texts


class Counted(str):
    """A number of things in words; `{count:thing|things}` writes it with the word that fits."""

    __slots__ = ("is_one",)
    is_one: bool

    def __new__(cls, text: str, *, is_one: bool) -> Counted:
        """Take the number as it is written."""
        made = super().__new__(cls, text)
        made.is_one = is_one
        return made

    def __format__(self, words: str) -> str:
        """Write the number, and the word for one or for more."""
        if not words:
            return str(self)
        one, _, more = words.partition("|")
        return f"{self!s} {one if self.is_one else more}"


class Messages:
    """Turns faults and keys into sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words: Mapping[str, Any] = read_texts()["words"][language]

    def text(self, key: str, **parameters: Parameter) -> str:
        """Give a sentence of the command line.

        Args:
            key: A key under `cli` in messages.yaml.
            **parameters: What its placeholders stand for.
        """
        return str(read_texts()["cli"][key][self.language]).format_map(self._filled(parameters))

    def error(self, code: str, parameters: Mapping[str, Parameter]) -> str:
        """Give the sentence for an error of the warehouse that has a code."""
        return self.text(f"error_{code}", **parameters)

    def help(self, key: str) -> str:
        """Give the help of a command or an option."""
        text = str(read_texts()["help"][key][self.language])
        # Click keeps the lines of a paragraph apart where it begins with this character.
        return text.replace("\\b\n", "\b\n")

    def count(self, number: int) -> str:
        """Write a number of things as readers of this language do."""
        return f"{number:,}".replace(",", str(self._words["thousands"]))

    def cell(self, fault: Fault) -> str:
        """Say what is wrong, without the place."""
        return self._part(fault, "what")

    def expected(self, fault: Fault) -> str:
        """Say what was expected."""
        return self._part(fault, "expected")

    def place(self, fault: Fault) -> str:
        """Say where it is wrong: file, line, column."""
        place = homely(legible(fault.file))
        if fault.line is not None:
            place = self._words["place_line"].format(file=place, line=fault.line)
        if fault.column is not None:
            place = self._words["place_column"].format(
                place=place, column=legible(fault.column, LONGEST_VALUE)
            )
        return str(place)

    def sentence(self, fault: Fault) -> str:
        """Say everything: where, what is wrong, what was expected, what to do."""
        first = self._words["sentence"].format(place=self.place(fault), what=self.cell(fault))
        expected = self._words["expected"].format(expected=self.expected(fault))
        return f"{first}\n    {expected}\n    {self._part(fault, 'next')}"

    def document(self, fault: Fault) -> dict[str, Any]:
        """Give a fault as JSON can hold it."""
        return {
            "code": fault.code,
            "file": legible(fault.file),
            "line": fault.line,
            "column": fault.column,
            "value": fault.value,
            "expected": self.expected(fault),
            "message": self.cell(fault),
            "next": self._part(fault, "next"),
            "contract": fault.contract or None,
            "contract_line": fault.contract_line,
        }

    def _part(self, fault: Fault, part: str) -> str:
        template: str = read_texts()["faults"][fault.code][self.language][part]
        own: dict[str, Parameter] = {
            "file": fault.file,
            "value": self._shortened(fault.value),
            "contract": fault.contract,
            "contract_line": fault.contract_line or 1,
        }
        return template.format_map(self._filled(own | dict(fault.parameters)))

    def _shortened(self, value: str | None) -> str:
        return legible(value, LONGEST_VALUE) if value else str(self._words["blank"])

    def _filled(self, parameters: Mapping[str, Parameter]) -> dict[str, str]:
        filled: dict[str, str] = {}
        for name, value in parameters.items():
            if name in COUNTS and isinstance(value, int | str):
                text = self.count(value) if isinstance(value, int) else _listed(value)
                filled[name] = Counted(text, is_one=value == 1)
            elif name in ("near", "likely", "titles"):
                filled[name] = self._maybe(name, value)
            elif name in ("mark", "found_mark", "delimiter", "found_delimiter"):
                filled[name] = self._words["marks"].get(value, str(value))
            elif name in ("file", "folder", "path") and isinstance(value, str):
                filled[name] = homely(_listed(value))
            elif name == "format":
                filled[name] = self._date_format(str(value))
            else:
                filled[name] = _listed(value)
        return filled

    def _maybe(self, name: str, value: Parameter) -> str:
        """Make a whole sentence, or nothing where there is nothing to say."""
        if isinstance(value, str | int):
            words = [_listed(value)]
        else:
            words = [f"“{legible(word, LONGEST_VALUE)}”" for word in value]
        if not any(words):
            return ""
        joined = f" {self._words['or']} ".join(words)
        return str(self._words[name].format(words=joined))

    def _date_format(self, pattern: str) -> str:
        for part, words in self._words["date_parts"].items():
            pattern = pattern.replace(part, words)
        return pattern


def _listed(value: Parameter) -> str:
    """Write a parameter, each word of it no longer than can be read."""
    if isinstance(value, str | int):
        return legible(str(value), LONGEST_PART)
    return ", ".join(legible(word, LONGEST_VALUE) for word in value)
