"""Read YAML and CSV of the catalogue, keeping the line of every value."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from warehouse.catalogue.schema import Entry
from warehouse.errors import Problem

Place = tuple[str | int, ...]
EntryT = TypeVar("EntryT", bound=Entry)
_SHOWN = 60
"""Characters of a wrong value that a message repeats."""


# The parser in C is some ten times as fast, and is part of the wheels that pip installs.
class _Loader(yaml.CSafeLoader):
    """YAML without guessing dates: `2015-01-01` stays text, as it was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(file: Path) -> Any:  # noqa: ANN401  # a file may hold any shape
    """Read a YAML file that somebody else checks."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # a safe loader


@dataclass
class Reader:
    """Collects the faults of all files, so that an author sees them at once."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """Line of each entry, by file and code, for the cross-checks that come later."""

    def report(self, file: Path, line: int, message: str) -> None:
        """Note one fault."""
        self.problems.append(Problem(self.name(file), line, message))

    def name(self, file: Path) -> str:
        """Name a file the way an author would: from the folder that holds the catalogue."""
        base = self.root.parent
        return str(file.relative_to(base)) if file.is_relative_to(base) else str(file)

    def entries(
        self, file: Path, model: type[EntryT], key: str, *, required: bool = True
    ) -> dict[str, EntryT]:
        """Read a file that holds a list of entries, each with its own `key`."""
        loaded = self._yaml(file, required=required)
        if loaded is None:
            return {}
        data, lines = loaded
        if data is None:
            return {}
        if not isinstance(data, list):
            self.report(file, 1, f'expected a list of entries that start with "- {key}:"')
            return {}
        result: dict[str, EntryT] = {}
        for position, raw in enumerate(data):
            entry = self._validated(file, model, raw, lines, (position,))
            if entry is None:
                continue
            code = str(getattr(entry, key))
            line = lines.get((position,), 1)
            if code in result:
                first = self.lines[(self.name(file), code)]
                self.report(file, line, f'{key} "{code}" stands here twice (first on line {first})')
                continue
            result[code] = entry
            self.lines[(self.name(file), code)] = line
        return result

    def single(self, file: Path, model: type[EntryT]) -> tuple[EntryT, dict[Place, int]] | None:
        """Read a file that holds one entry."""
        loaded = self._yaml(file, required=True)
        if loaded is None:
            return None
        data, lines = loaded
        entry = self._validated(file, model, data, lines, ())
        return None if entry is None else (entry, lines)

    def rows(self, file: Path, model: type[EntryT], key: str) -> dict[str, EntryT]:
        """Read a CSV file with a header line; each row is an entry."""
        if not file.is_file():
            self.report(file, 1, "this file is missing")
            return {}
        result: dict[str, EntryT] = {}
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            for raw in reader:
                line = reader.line_num
                given = {name: value for name, value in raw.items() if value != ""}
                entry = self._validated(file, model, given, {(): line}, ())
                if entry is None:
                    continue
                code = str(getattr(entry, key))
                if code in result:
                    self.report(file, line, f'{key} "{code}" stands here twice')
                    continue
                result[code] = entry
                self.lines[(self.name(file), code)] = line
        return result

    def _yaml(self, file: Path, *, required: bool) -> tuple[Any, dict[Place, int]] | None:
        if not file.is_file():
            if required:
                self.report(file, 1, "this file is missing")
            return None
        try:
            loader = _Loader(file.read_text(encoding="utf-8"))
            node = loader.get_single_node()
            if node is None:
                return None, {}
            lines: dict[Place, int] = {}
            for place, line, twice in _places(node, ()):
                if twice:
                    self.report(file, line, f'"{place[-1]}" stands twice in this entry')
                lines.setdefault(place, line)
            return loader.construct_document(node), lines
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark is not None else 1
            self.report(file, line, f"this is not valid YAML: {error.problem}")
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.report(file, 1, f"this cannot be read as UTF-8 YAML: {error}")
        return None

    def _validated(
        self, file: Path, model: type[EntryT], raw: object, lines: dict[Place, int], start: Place
    ) -> EntryT | None:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                place = start + tuple(fault["loc"])
                self.report(file, _line(lines, place), _sentence(fault, model))
            return None


def _places(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int, bool]]:
    """Yield the place, line and "seen before" of every value under a node."""
    yield place, node.start_mark.line + 1, False
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield (*place, name), key.start_mark.line + 1, True
            seen.add(name)
            for inner, line, twice in _places(value, (*place, name)):
                yield inner, key.start_mark.line + 1 if inner == (*place, name) else line, twice
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield from _places(value, (*place, position))


def _line(lines: dict[Place, int], place: Place) -> int:
    """Find the line of a place, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _sentence(fault: ErrorDetails, model: type[Entry]) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "missing":
        return f'"{where}" is missing'
    if fault["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return f'"{where}" is not a field of this file; the fields are: {known}'
    given = repr(fault["input"])
    shown = given if len(given) <= _SHOWN else f"{given[:_SHOWN]} …"
    return f'"{where}" is {shown}: {fault["msg"][0].lower()}{fault["msg"][1:]}'
