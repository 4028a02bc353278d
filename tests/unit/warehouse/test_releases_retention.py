"""Old releases go by a stated rule; nothing goes that readers need or that the history lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.test_releases import damage, rows, value_of
from warehouse import retention
from warehouse.build import BuildResult
from warehouse.releases import PRUNED, PRUNING, Releases
from warehouse.retention import Rule, plan, prune, read_rule
from warehouse.standing import standings
from warehouse.store_errors import PrunedReleaseError, RetentionError
from warehouse.switching import publish

STRICT = Rule(latest_served=2, last_of_year=False, candidate_days=0, newest_candidates=0)
START = datetime(2024, 1, 1, tzinfo=UTC)
At = Callable[[int], datetime]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def yearly(build: Builder) -> Callable[[int, int], BuildResult]:
    """Build a number in a year, on its last day but one."""
    return lambda number, year: build(a=number, at=datetime(year, 12, 30, tzinfo=UTC))


def why_kept(releases: Path, rule: Rule) -> list[tuple[str, ...]]:
    """Return the reasons why releases stay, the newest first."""
    store = Releases(releases)
    with store.lock():
        found = plan(store, rule, datetime.now(UTC))
    return [kept.because for kept in found.kept]


def test_the_rule_that_ships_is_valid_and_keeps_what_a_rollback_goes_to() -> None:
    rule = read_rule()
    assert rule.latest_served >= 2


@pytest.mark.parametrize(
    "text", ["", "latest_served: 1", "latest_served: many", "[", "keep: all", "\xff"]
)
def test_another_rule_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "retention.yaml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(RetentionError, match=r"retention\.yaml"):
        read_rule(file)


def test_what_goes_leaves_its_manifest_and_its_values(
    build: Builder, releases: Path, yearly: Callable[[int, int], BuildResult]
) -> None:
    first = yearly(1, 2021).release
    for number, year in ((2, 2022), (3, 2023), (4, 2024)):
        yearly(number, year)
    store = Releases(releases)
    assert why_kept(releases, STRICT.model_copy(update={"last_of_year": True})) == [
        ("served", "latest", "last_of_year"), ("way_back", "latest", "last_of_year"),
        ("last_of_year",), ("last_of_year",),
    ]  # fmt: skip
    reader = duckdb.connect(str(releases / first.release_id / "public.duckdb"), read_only=True)
    sql = "select value from published.indicator_value"
    with store.lock():
        done = prune(store, datetime(2025, 1, 1, tzinfo=UTC), STRICT)
    assert len(done.removed) == 2
    assert not done.trouble
    assert not (releases / first.release_id).exists()
    assert not list(releases.glob(f"{PRUNING}*"))
    assert reader.execute(sql).fetchall() == [(1.0,)], "who has it open reads on"
    reader.close()

    found, _ = standings(store)
    assert [one.is_pruned for one in found] == [False, False, True, True]
    last = found[-1]
    assert (last.state, last.info.digest, last.info.inputs) == (
        "replaced",
        first.digest,
        {"a": "1"},
    )
    assert last.info.pruned_at == "2025-01-01T00:00:00+00:00"
    assert store.find(first.release_id).built_at == first.built_at
    with pytest.raises(PrunedReleaseError, match="rebuild"):
        publish(store, first.release_id)
    assert store.rollback(at=datetime(2025, 3, 1, tzinfo=UTC)).is_current
    assert value_of(releases) == 3
    build(a=5, at=datetime(2025, 6, 1, tzinfo=UTC))
    known = {row["value"] for row in rows(releases, "value_history")}
    assert known == {1, 2, 3, 4, 5}, "also of what went and of what was taken back"


def test_nothing_goes_of_which_the_history_would_be_lost(build: Builder, releases: Path) -> None:
    for number in range(1, 5):
        build(a=number)
    store = Releases(releases)
    for _ in range(3):
        store.rollback()
    assert [why[-1] for why in why_kept(releases, STRICT)] == ["not_carried"] * 3 + ["latest"]
    build(a=9)
    assert len(why_kept(releases, STRICT)) == 2, "the new release carries them all"


def test_a_candidate_keeps_what_it_follows(build: Builder, releases: Path) -> None:
    first = build(a=1, at=START).release.release_id
    old = build(candidate=True, a=10, at=START + timedelta(days=1)).release.release_id
    for number in range(2, 5):
        build(a=number, at=START + timedelta(days=number))
    store = Releases(releases)
    kept = STRICT.model_copy(update={"newest_candidates": 1})
    with store.lock():
        held = {one.info.release_id: one.because for one in plan(store, kept, START).kept}
    assert held[old] == ("candidate",)
    assert held[first] == ("parent_of_candidate",)
    days = STRICT.model_copy(update={"candidate_days": 30})
    with store.lock():
        early = plan(store, days, START + timedelta(days=31))
        late = plan(store, days, START + timedelta(days=32))
    assert old not in {info.release_id for info in early.goes}
    assert {old, first} <= {info.release_id for info in late.goes}


def test_damaged_and_unserved_folders_stay(build: Builder, releases: Path) -> None:
    first = build(a=1)
    second = build(a=2)
    build(a=3)
    damage(second.folder / "public.duckdb")
    build(a=4)
    store = Releases(releases)
    assert store.before() is not None
    with store.lock():
        done = prune(store, datetime.now(UTC), STRICT)
    assert first.release.release_id in done.removed or first.folder.exists()
    assert value_of(releases) == 4
    (releases / "current").unlink()
    assert set(why_kept(releases, STRICT)) == {("nothing_served",)}


def test_a_build_clears_up_after_itself_and_survives_when_it_cannot(
    build: Builder, releases: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rule = tmp_path / "retention.yaml"
    rule.write_text(
        "latest_served: 2\nlast_of_year: false\ncandidate_days: 0\nnewest_candidates: 0\n"
    )
    monkeypatch.setattr(retention.read_rule, "__defaults__", (rule,))
    first = build(a=1).release.release_id
    build(a=2)
    result = build(a=3)
    assert result.pruned.removed == (first,)
    rule.write_text("latest_served: none")
    assert "latest_served" in build(a=4).pruned.trouble
    rule.write_text(
        "latest_served: 2\nlast_of_year: false\ncandidate_days: 0\nnewest_candidates: 0\n"
    )
    for file in (releases / PRUNED).iterdir():
        file.unlink()
    (releases / PRUNED).rmdir()
    store = Releases(releases)
    with store.lock():
        (releases / PRUNED).write_text("in the way")
        assert prune(store, datetime.now(UTC)).trouble
    (releases / PRUNED).unlink()
    assert value_of(releases) == 4
    assert len(store.list()) == 3, "what could not be removed is there still"


def test_a_removal_that_was_cut_short_is_finished_or_undone(build: Builder, releases: Path) -> None:
    first = build(a=1)
    second = build(a=2)
    store = Releases(releases)
    record = releases / PRUNED / f"{second.release.release_id}.json"
    record.parent.mkdir()
    record.write_text("{}")
    assert [one.is_pruned for one in standings(store)[0]] == [False, False]
    first.folder.rename(releases / f"{PRUNING}{first.folder.name}")
    with store.lock():
        assert not list(releases.glob(f"{PRUNING}*"))
    assert not record.exists(), "the release is there, so it was not removed"
