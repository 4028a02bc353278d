"""A release made again has the past that it had then, whatever became of the releases of then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse.conftest import Builder
from warehouse.catalogue import Catalogue
from warehouse.manifest import MANIFEST, kept_manifest
from warehouse.past_again import PastAgain, past_again
from warehouse.rebuilding import Compared, Ingredients, compare, rebuild_release
from warehouse.releases import KEY, PRUNED, Releases

NUMBERS = (
    {"a": 1.0, "b": 2.0, "c": 3.5},
    {"a": 1.5, "b": 2.0, "d": 4.0},
    {"a": 1.0, "b": 2000.0, "d": 4.0},
    {"a": 1.0, "b": 2.5, "d": 5.0, "e": 1.0},
)
"""A number of 1,000 or more is hidden; one with a half is provisional."""


class Again:
    """Makes the n-th release again."""

    def __init__(self, root: Path, models: Path, checks: Path, catalogue: Catalogue) -> None:
        self.root, self.models, self.checks, self.catalogue = root, models, checks, catalogue
        self.store = Releases(root / "releases")
        self.names: list[str] = []
        self.times = 0

    def __call__(self, number: int) -> tuple[PastAgain, list[Compared]]:
        def load(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute("create schema if not exists raw")
            connection.execute("create table raw.number (name varchar, value double)")
            for name, value in NUMBERS[number].items():
                connection.execute("insert into raw.number values (?, ?)", [name, value])

        self.times += 1
        folder = self.root / f"again-{self.times}"
        folder.mkdir()
        info = self.store.find(self.names[number])
        ingredients = Ingredients(
            {name: str(value) for name, value in NUMBERS[number].items()},
            load, self.catalogue, "test", (self.store.root / KEY).read_bytes(),
            self.models, self.checks,
        )  # fmt: skip
        past = past_again(self.store, info, folder)
        made = rebuild_release(info, ingredients, past.earlier, folder, lambda _: None)
        assert info.tables.keys() == {"public"}
        return past, compare(info.tables, made.tables)

    def prune(self, number: int) -> None:
        """Leave nothing of a release but its manifest."""
        folder = self.store.root / self.names[number]
        info = self.store.find(folder.name)
        kept = self.store.root / PRUNED / f"{folder.name}.json"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(kept_manifest(info, "2026-02-01T00:00:00+00:00"), encoding="utf-8")
        shutil.rmtree(folder)


@pytest.fixture
def again(
    tmp_path: Path, build: Builder, small_models: Path, checks: Path, catalogue: Catalogue
) -> Again:
    """Four releases; after the second, one has gone back to the first."""
    made = Again(tmp_path, small_models, checks, catalogue)
    for number, numbers in enumerate(NUMBERS):
        if number == 2:
            made.store.rollback()
        made.names.append(build(**numbers).release.release_id)
    return made


def differing(compared: list[Compared]) -> list[tuple[str, ...]]:
    return [edition.differs for edition in compared]


def test_every_release_is_made_again(again: Again) -> None:
    for number in range(len(NUMBERS)):
        past, compared = again(number)
        assert not past.told_by
        assert not past.is_lost
        assert differing(compared) == [()]
        assert "value_history" in compared[0].same
    first, second, third, _ = again.names
    assert again.store.find(first).past == {"seen": [], "publications": 0}
    assert again.store.find(second).past == {"seen": [first], "publications": 1}
    # One had gone back, so that what the second told was read beside the first.
    assert again.store.find(third).past == {"seen": [first, second], "publications": 3}


def test_a_release_is_made_again_when_those_of_then_are_gone(again: Again) -> None:
    """The third release hides b, which the second told; so later ones do not tell it either."""
    of_history = {"value_history", "revision"}
    again.prune(0)
    again.prune(1)
    past, compared = again(0)
    assert past == PastAgain(past.earlier)
    assert differing(compared) == [()]
    past, compared = again(1)
    assert past.told_by == again.names[2]
    assert {name for one in differing(compared) for name in one} <= of_history
    again.prune(2)
    past, compared = again(3)
    assert past.told_by == again.names[3], "it knows its own past"
    assert differing(compared) == [()]
    past, compared = again(2)
    assert past.told_by == again.names[3]
    assert {name for one in differing(compared) for name in one} <= of_history
    again.prune(3)
    past, compared = again(1)
    assert past.is_lost
    assert all("value_history" in one for one in differing(compared))
    assert all("indicator_value" not in one for one in differing(compared))


def test_a_parent_is_not_believed_when_it_is_damaged(again: Again) -> None:
    file = again.store.root / again.names[1] / MANIFEST
    values = json.loads(file.read_text("utf-8"))
    del values["past"]
    file.write_text(json.dumps(values), "utf-8")
    past, compared = again(1)
    assert [folder.name for folder in past.earlier.seen] == [again.names[0]]
    assert differing(compared) == [()]
    with (again.store.root / again.names[0] / "public.duckdb").open("ab") as damaged:
        damaged.write(b"x")
    past, compared = again(1)
    assert past.told_by == again.names[1]
    assert differing(compared) == [()]
