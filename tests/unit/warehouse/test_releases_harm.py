"""Whatever happens to the folder of releases: a sentence, and the old release stays."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.dying_build import die_at
from tests.unit.warehouse.test_releases import value_of
from warehouse.errors import BuildStoppedError
from warehouse.publication import (
    HISTORY,
    SWITCHING,
    Publication,
    announce,
    read_history,
    served_spans,
    write_down,
)
from warehouse.read_model import ReadModel
from warehouse.releases import Releases
from warehouse.standing import standings
from warehouse.store_errors import NotServedError, NotWrittenDownError, WrongKindError
from warehouse.switching import publish


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def test_something_else_in_the_place_of_a_file_is_a_sentence(
    build: Builder, releases: Path
) -> None:
    served = build(a=1).folder
    build(candidate=True, a=2)
    store = Releases(releases)
    for name in (HISTORY, ".lock", ".pseudonym_key", SWITCHING, "current"):
        place, aside = releases / name, releases / "aside"
        was_there = os.path.lexists(place)
        if was_there:
            place.rename(aside)
        place.mkdir()
        for command in (lambda: build(a=3), store.rollback, lambda: publish(store)):
            with pytest.raises(WrongKindError, match="expected") as caught:
                command()
            assert caught.value.path == place
        if name == HISTORY:
            with pytest.raises(WrongKindError):
                standings(store)
        else:
            standings(store)
        served_spans(releases)
        place.rmdir()
        if was_there:
            aside.rename(place)
    assert store.current() == served
    shutil.rmtree(releases / ".work", ignore_errors=True)
    (releases / ".work").write_text("a file where a folder is expected")
    with pytest.raises(WrongKindError):
        build(a=3, keeps_work=True)
    assert value_of(releases) == 1


def test_who_reads_goes_on_when_somebody_is_at_work_in_the_folder(
    build: Builder, releases: Path
) -> None:
    build(a=1)
    model = ReadModel(releases)
    sql = "select value from published.indicator_value"
    assert model.rows(sql) == [{"value": 1.0}]
    (releases / "current").rename(releases / "aside")
    assert model.rows(sql) == [{"value": 1.0}]
    (releases / "aside").rename(releases / "current")
    build(a=2)
    assert model.rows(sql) == [{"value": 2.0}]


def test_a_file_named_current_is_not_overwritten(build: Builder, releases: Path) -> None:
    build(a=1)
    (releases / "current").unlink()
    (releases / "current").write_text("somebody's notes")
    with pytest.raises(WrongKindError, match="link"):
        build(a=2)
    assert (releases / "current").read_text() == "somebody's notes"


def test_the_folder_of_releases_may_be_no_folder(build: Builder, releases: Path) -> None:
    releases.write_text("a file")
    with pytest.raises(WrongKindError, match="folder"):
        build(a=1)


def test_folders_for_files_in_a_release_count_as_damage(build: Builder, releases: Path) -> None:
    build(a=1)
    second = build(a=2)
    for name in ("release.json", "public.duckdb"):
        (second.folder / name).rename(second.folder / "aside")
        (second.folder / name).mkdir()
        result = build(a=3 if name == "release.json" else 4)
        assert [error.folder for error in result.broken] == [second.folder], name
        (second.folder / name).rmdir()
        (second.folder / "aside").rename(second.folder / name)
    assert value_of(releases) == 4


def test_a_switch_is_written_down_with_why_and_who_though_the_process_died(
    build: Builder, releases: Path
) -> None:
    first = build(a=1).release.release_id
    second = build(a=2).release.release_id
    store = Releases(releases)
    made = Publication("2030-01-01T00:00:00+00:00", "rollback", first, "verkeerd", "Jan")
    announce(releases, made)
    store.make_current(first)
    assert served_spans(releases, first)[-1].why == "verkeerd", "also before it is written down"
    with store.lock():
        assert read_history(releases)[-1] == made
    assert not (releases / SWITCHING).exists()
    announce(releases, replace(made, release_id=second, action="publish"))
    with store.lock():
        assert read_history(releases)[-1] == made, "a switch that was not made is forgotten"
    assert not (releases / SWITCHING).exists()
    announce(releases, made)
    write_down(releases, made)
    assert len(read_history(releases)) == 3, "and none is written down twice"


def test_a_switch_by_an_older_program_is_written_down(build: Builder, releases: Path) -> None:
    build(a=1)
    candidate = build(candidate=True, a=2).release.release_id
    store = Releases(releases)
    store.make_current(candidate)
    with store.lock():
        assert [one.release_id for one in read_history(releases)][-1] == candidate


@pytest.mark.parametrize("step", ["switch", "remember"])
def test_a_killed_build_is_told_of_as_it_stands(build: Builder, releases: Path, step: str) -> None:
    build(a=1)
    die_at(step, root=releases.parent, number=7, keeps_work=False)
    found, broken = standings(Releases(releases))
    assert broken == []
    assert [one.state for one in found] == {
        "switch": ["candidate", "served"], "remember": ["served", "replaced"],
    }[step]  # fmt: skip
    if step == "switch":
        publish(Releases(releases))
    assert value_of(releases) == 7


def test_a_history_cut_short_or_damaged_stops_nobody(build: Builder, releases: Path) -> None:
    build(a=1)
    second = build(a=2).release.release_id
    history = releases / HISTORY
    whole = history.read_bytes()
    junk = b'\xff\xfe\n[1]\n{"release_id": 7}\nnull\n{"at": "never", "release_id": "gone"}\n'
    history.write_bytes(junk + whole[:-20])
    found, _ = standings(Releases(releases))
    assert next(one.state for one in found) == "served"
    result = build(a=3)
    assert value_of(releases) == 3
    last = json.loads(history.read_text(encoding="utf-8", errors="replace").splitlines()[-1])
    assert last["release_id"] == result.release.release_id
    assert second in {one.release_id for one in read_history(releases)}
    assert Releases(releases).rollback().release_id == second


def test_no_room_for_the_announcement_keeps_the_old_release(build: Builder, releases: Path) -> None:
    build(a=1)

    def block(step: str) -> None:
        if step == "switch":
            (releases / f"{SWITCHING}.fresh").mkdir()

    with pytest.raises(NotServedError, match="publish"):
        build(a=2, on_step=block)
    assert value_of(releases) == 1
    (releases / f"{SWITCHING}.fresh").rmdir()
    publish(Releases(releases))
    assert value_of(releases) == 2


def test_no_room_for_the_history_is_told_and_mended(build: Builder, releases: Path) -> None:
    build(a=1)
    history, aside = releases / HISTORY, releases / "aside"

    def block(step: str) -> None:
        if step == "remember":
            history.rename(aside)
            history.mkdir()

    with pytest.raises(NotWrittenDownError, match="next command"):
        build(a=2, on_step=block, at=datetime(2030, 1, 1, tzinfo=UTC), why="ruimte")
    assert value_of(releases) == 2
    history.rmdir()
    aside.rename(history)
    with Releases(releases).lock():
        assert read_history(releases)[-1].why == "ruimte"


def test_leftovers_of_every_kind_are_cleaned(build: Builder, releases: Path) -> None:
    build(a=1)
    for name in (".building-x", ".pruning-y"):
        (releases / name / "deep").mkdir(parents=True)
    for name in (".current-12", ".pseudonym_key-12", f"{SWITCHING}.fresh"):
        (releases / name).write_text("half")
    with Releases(releases).lock():
        left = {entry.name for entry in releases.iterdir()}
    assert not {".building-x", ".pruning-y", ".current-12", ".pseudonym_key-12"} & left
    assert f"{SWITCHING}.fresh" not in left


def test_a_build_that_cannot_seal_leaves_nothing(build: Builder, releases: Path) -> None:
    build(a=1)

    def block(step: str) -> None:
        if step == "seal":
            (next(releases.glob(".building-*")) / "release.json").mkdir()

    with pytest.raises((BuildStoppedError, OSError)):
        build(a=2, on_step=block)
    assert not list(releases.glob(".building-*"))
    assert len(Releases(releases).list()) == 1
