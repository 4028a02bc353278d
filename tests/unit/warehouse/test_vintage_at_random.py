"""Whatever an operator does, the newest database alone tells what every release showed."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.unit.warehouse.conftest import Builder
from warehouse.errors import NothingToRollBackToError
from warehouse.read_model import ReadModel
from warehouse.releases import Releases

Cells = dict[str, dict[str, Any]]
NUMBERS = (1, 1.5, 2, 2.5, 5000, 6000, None)
"""A half is provisional, a thousand and more is hidden, None: there is no such cell."""
NAMES = ("a", "b", "c", "d", "e")


class DiesError(Exception):
    """A build that is stopped after its release was sealed: nobody ever sees it."""


@dataclass
class Operator:
    """Someone who builds, goes back, goes forth and clears away, and what readers saw of it."""

    build: Builder
    releases: Path
    chance: random.Random
    shown: dict[str, Cells] = field(default_factory=dict)
    """What each release shows, by its own file."""
    seen: set[str] = field(default_factory=set)
    """The releases that readers saw."""

    def act(self) -> None:
        acts = (
            self.publish, self.publish, self.publish, self.leave_candidate, self.die,
            self.go_back, self.go_to_any, self.clear_away,
        )  # fmt: skip
        self.chance.choice(acts)()
        self.note()

    def note(self) -> None:
        store = Releases(self.releases)
        for info in store.list():
            if info.release_id not in self.shown:
                file = self.releases / info.release_id / "public.duckdb"
                self.shown[info.release_id] = cells_in(file)
        current = store.current_info()
        if current is not None:
            self.seen.add(current.release_id)

    def numbers(self) -> dict[str, float]:
        drawn = {name: self.chance.choice(NUMBERS) for name in NAMES}
        # No build is the same as one before it: that would make no release.
        return {**{k: v for k, v in drawn.items() if v is not None}, "z": len(self.shown) + 10}

    def publish(self) -> None:
        self.build(releases=self.releases, **self.numbers())

    def leave_candidate(self) -> None:
        self.build(releases=self.releases, candidate=True, **self.numbers())

    def die(self) -> None:
        def die(step: str) -> None:
            if step == "switch":
                raise DiesError

        with pytest.raises(DiesError):
            self.build(releases=self.releases, on_step=die, **self.numbers())

    def go_back(self) -> None:
        try:
            Releases(self.releases).rollback()
        except NothingToRollBackToError:
            self.publish()

    def go_to_any(self) -> None:
        store = Releases(self.releases)
        store.switch(self.chance.choice(store.list()).release_id)

    def clear_away(self) -> None:
        """Remove a release whose history the served one carries."""
        store = Releases(self.releases)
        served = store.current_info()
        known = known_in(self.releases / "current" / "public.duckdb")
        old = [
            info.release_id
            for info in store.list()
            if info.release_id in known and served and info.release_id != served.release_id
        ]
        if old:
            shutil.rmtree(self.releases / self.chance.choice(old))


def cells_in(file: Path) -> Cells:
    with duckdb.connect(str(file.resolve()), read_only=True) as connection:
        cursor = connection.execute("select * from published.indicator_value")
        names = [str(column[0]) for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {str(row["cell_id"]): row for row in rows}


def known_in(file: Path) -> set[str]:
    with duckdb.connect(str(file.resolve()), read_only=True) as connection:
        found = connection.execute("select release_id from published.known_release").fetchall()
    return {str(row[0]) for row in found}


def alone(releases: Path, folder: Path) -> ReadModel:
    """Put the served release on a machine that has nothing else, not even the history."""
    folder.mkdir()
    served = (releases / "current").resolve()
    shutil.copytree(served, folder / served.name)
    (folder / "current").symlink_to(served.name, target_is_directory=True)
    return ReadModel(folder)


def hidden(cell: dict[str, Any]) -> dict[str, Any]:
    return {**cell, "value": None, "status": "suppressed", "suppression": "few"}


@pytest.mark.parametrize("seed", range(3))
def test_the_newest_database_tells_what_every_release_showed(
    build: Builder, tmp_path: Path, seed: int
) -> None:
    operator = Operator(build, tmp_path / "releases", random.Random(seed))  # noqa: S311
    operator.publish()
    operator.note()
    for _ in range(8):
        operator.act()
    operator.publish()
    operator.note()
    model = alone(operator.releases, tmp_path / "alone")
    now = operator.shown[model.release_id()]
    ever_hidden = {
        name
        for cells in operator.shown.values()
        for name, cell in cells.items()
        if cell["status"] == "suppressed"
    }
    for release_id in operator.seen:
        vintage = model.vintage(release_id)
        assert (vintage is None) == (release_id == model.release_id())
        with model.as_of(vintage):
            rows = model.rows(f"select * from {model.cells_of('true')}")  # noqa: S608
        found = {str(row["cell_id"]): row for row in rows}
        expected = operator.shown[release_id]
        assert set(found) == set(expected)
        for name, cell in expected.items():
            if vintage is not None and now.get(name, cell)["status"] == "suppressed":
                assert found[name] == hidden(cell)
            elif name in ever_hidden and found[name] != cell:
                # A release in between had to hide it, and its file is the one that was read.
                assert found[name] == hidden(cell)
            else:
                assert found[name] == cell
