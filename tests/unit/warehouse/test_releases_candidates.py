"""Building and publishing apart: candidates, what is published by itself, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.test_releases import damage, value_of
from warehouse.errors import BrokenReleaseError, UnknownReleaseError
from warehouse.publication import read_history
from warehouse.releases import Releases
from warehouse.standing import standings
from warehouse.store_errors import NothingToPublishError, TimeOrderError
from warehouse.switching import publish

NEW_YEAR = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def states(releases: Path) -> list[str]:
    return [one.state for one in standings(Releases(releases))[0]]


def test_a_candidate_is_whole_and_nobody_sees_it(build: Builder, releases: Path) -> None:
    build(a=1)
    candidate = build(candidate=True, a=2)
    store = Releases(releases)
    assert candidate.is_candidate
    assert candidate.is_new
    assert not candidate.release.is_current
    assert store.whole(candidate.folder).checks == ("not_negative",)
    assert value_of(releases) == 1
    assert [info.release_id for info in store.candidates()] == [candidate.release.release_id]
    assert states(releases) == ["candidate", "served"]
    again = build(candidate=True, a=2)
    assert not again.is_new
    assert again.release.release_id == candidate.release.release_id

    done = publish(store, why="nagelezen", who="Jan")
    assert done.release.release_id == candidate.release.release_id
    assert done.release.is_current
    assert done.notice == ""
    assert value_of(releases) == 2
    assert states(releases) == ["served", "replaced"]
    last = read_history(releases)[-1]
    assert (last.action, last.why, last.who) == ("publish", "nagelezen", "Jan")
    assert store.rollback().release_id != candidate.release.release_id


def test_the_first_release_can_be_a_candidate(build: Builder, releases: Path) -> None:
    build(candidate=True, a=1)
    store = Releases(releases)
    assert store.current() is None
    done = publish(store)
    assert (done.before, done.notice) == (None, "")
    assert value_of(releases) == 1


def test_one_goes_forward_again_after_a_rollback(build: Builder, releases: Path) -> None:
    build(a=1)
    second = build(a=2).release.release_id
    store = Releases(releases)
    store.rollback(why="verkeerde eenheid", who="Jan")
    assert states(releases) == ["withdrawn", "served"]
    (withdrawn, _), _ = standings(store)
    assert withdrawn.spans[-1].withdrawn_why == "verkeerde eenheid"
    with pytest.raises(NothingToPublishError) as caught:
        publish(store)
    assert caught.value.others == (second,), "what was taken back has to be named"
    assert publish(store, second).notice == ""
    assert value_of(releases) == 2
    assert states(releases) == ["served", "replaced"]
    assert not publish(store, second).is_new, "it is served already"


def test_it_is_told_when_a_candidate_was_compared_with_another(
    build: Builder, releases: Path
) -> None:
    first = build(a=1).release.release_id
    early = build(candidate=True, a=2).release.release_id
    build(a=3)
    store = Releases(releases)
    with pytest.raises(NothingToPublishError) as caught:
        publish(store)
    assert caught.value.others == (early,), "an older one is not published by itself"
    late = build(candidate=True, a=4).release.release_id
    build(candidate=True, a=5)
    done = publish(store, early)
    assert done.notice == "other_parent"
    assert done.release.previous_release_id == first
    with pytest.raises(NothingToPublishError) as caught:
        publish(store)
    assert late in caught.value.others, "a newer one that was built on another is not chosen"
    assert publish(store, late).notice == "other_parent"
    assert publish(store, first).notice == "older"


def test_what_cannot_be_published_is_named(build: Builder, releases: Path) -> None:
    build(a=1)
    candidate = build(candidate=True, a=2)
    store = Releases(releases)
    for name in ("never-built", "..", "current", "", ".work"):
        with pytest.raises(UnknownReleaseError):
            store.switch(name)
    damage(candidate.folder / "public.duckdb")
    with pytest.raises(BrokenReleaseError, match="damaged"):
        publish(store)
    assert value_of(releases) == 1
    rebuilt = build(candidate=True, a=2)
    assert rebuilt.is_new, "a damaged candidate is built again"


def test_moments_follow_on_each_other(build: Builder, releases: Path) -> None:
    first = build(a=1, at=NEW_YEAR)
    assert first.release.built_at == read_history(releases)[-1].at == NEW_YEAR.isoformat()
    with pytest.raises(TimeOrderError, match="lies before"):
        build(a=2, at=NEW_YEAR.replace(hour=11))
    candidate = build(a=2, candidate=True, at=NEW_YEAR.replace(hour=13)).release.release_id
    store = Releases(releases)
    with pytest.raises(TimeOrderError):
        publish(store, at=NEW_YEAR)
    publish(store, at=NEW_YEAR.replace(hour=14))
    with pytest.raises(TimeOrderError):
        store.rollback(at=NEW_YEAR.replace(hour=13))
    with pytest.raises(TimeOrderError):
        build(a=3, candidate=True, at=NEW_YEAR.replace(hour=13))
    assert value_of(releases) == 2
    store.rollback(at=NEW_YEAR.replace(hour=15))
    spans = [(one.release_id, one.served_from[11:13]) for one in standings(store)[0][0].spans]
    assert spans == [(candidate, "14")]


def test_one_moment_in_the_future_stops_nobody_for_good(build: Builder, releases: Path) -> None:
    build(a=1)
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    mistaken = build(a=2, at=ahead).release.release_id
    with pytest.raises(TimeOrderError):
        build(a=3)
    store = Releases(releases)
    store.rollback(why="verkeerd moment")
    assert read_history(releases)[-1].at == ahead.isoformat()
    publish(store, mistaken)
    store.rollback()
    build(a=3)
    assert value_of(releases) == 3
    assert {one.at for one in read_history(releases)[1:]} == {ahead.isoformat()}


def test_a_rollback_to_a_named_release_takes_back_all_after_it(
    build: Builder, releases: Path
) -> None:
    first = build(a=1).release.release_id
    build(a=2)
    build(a=3)
    store = Releases(releases)
    store.rollback(first)
    assert read_history(releases)[-1].action == "rollback"
    assert states(releases) == ["withdrawn", "withdrawn", "served"]
    assert store.rollback(first).is_current, "once more changes nothing"
    assert len(read_history(releases)) == 4


def test_moments_that_clash_are_told_by_the_dutch_clock_to_the_second() -> None:
    last = datetime(2026, 4, 14, 7, 0, 40, tzinfo=UTC)
    clash = TimeOrderError(last - timedelta(seconds=40), last, "r1")
    assert clash.code == "time_order"
    assert clash.parameters["given"] == "2026-04-14 09:00:00"
    assert clash.parameters["last"] == "2026-04-14 09:00:40"
    ahead = datetime.now(UTC) + timedelta(days=1)
    assert TimeOrderError(last, ahead, "r1").code == "time_order_ahead"
