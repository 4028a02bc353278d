"""What is told of every release that readers saw."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.unit.warehouse.conftest import Builder
from warehouse.read_model import ReadModel
from warehouse.releases import Releases
from warehouse.stories import release_stories


def test_each_of_two_moments_within_a_second_has_its_own_reason(
    build: Builder, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    first = build(releases=releases, why="begin", a=1).release.release_id
    second = build(releases=releases, candidate=True, a=2).release.release_id
    third = build(releases=releases, candidate=True, a=3).release.release_id
    store = Releases(releases)
    then = datetime.fromisoformat("2030-03-01T10:00:00+00:00")
    store.switch(second, why="forth", at=then)
    store.switch(third, why="further", at=then)
    store.rollback(why="a fault in the third", at=then)
    store.rollback(why="a fault in the second", at=then)
    told = {one.release_id: one for one in release_stories(ReadModel(releases))}
    assert told[first].is_served
    assert told[first].withdrawn_at is None
    assert told[second].withdrawn_why == "a fault in the second"
    assert told[third].withdrawn_why == "a fault in the third"
    assert told[second].withdrawn_at == told[third].withdrawn_at == "2030-03-01T10:00:00+00:00"
    assert (told[first].why, told[second].why, told[third].why) == ("begin", "forth", "further")


def test_a_release_that_came_back_was_away_in_between(build: Builder, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    first = build(releases=releases, why="begin", a=1).release.release_id
    second = build(releases=releases, candidate=True, a=2).release.release_id
    store = Releases(releases)
    hours = [datetime.fromisoformat(f"2030-03-01T{hour}:00:00+00:00") for hour in (10, 11, 12, 13)]
    store.switch(second, at=hours[0])
    store.rollback(at=hours[1])
    told = {one.release_id: one for one in release_stories(ReadModel(releases))}
    assert told[second].away == (), "it did not come back yet"
    store.switch(second, at=hours[2])
    told = {one.release_id: one for one in release_stories(ReadModel(releases))}
    assert told[second].away == (("2030-03-01T11:00:00+00:00", "2030-03-01T12:00:00+00:00"),)
    assert told[second].withdrawn_at is None
    assert told[first].away == (), "what was made after it was always served, or it was itself"
