"""Readers: one release at a time, a cursor per thread, opened after the fork, nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT
from tests.unit.warehouse.conftest import Builder
from warehouse.errors import NoReleaseError
from warehouse.read_model import ReadModel
from warehouse.releases import Releases

VALUE = "select value from published.indicator_value where cell_id = ?"


def value(model: ReadModel, name: str = "a") -> float:
    return float(model.query(VALUE, [name])["value"].iloc[0])


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def test_without_a_release_it_says_how_to_make_one(releases: Path) -> None:
    with pytest.raises(NoReleaseError, match="python -m etl build"):
        ReadModel(releases).release_id()


def test_a_new_release_is_seen_at_the_next_question(build: Builder, releases: Path) -> None:
    build(a=1)
    model = ReadModel(releases)
    assert value(model) == 1
    second = build(a=2)
    assert value(model) == 2
    assert model.release().release_id == second.release.release_id
    Releases(releases).rollback()
    assert value(model) == 1


def test_a_page_is_answered_from_one_release(build: Builder, releases: Path) -> None:
    build(a=1)
    model = ReadModel(releases)
    with model.pinned() as release_id:
        assert value(model) == 1
        build(a=2)
        assert value(model) == 1
        assert model.release_id() == release_id
    assert value(model) == 2


def test_nothing_outside_the_file_is_in_reach(build: Builder, releases: Path) -> None:
    build(a=1)
    model = ReadModel(releases)
    for sql in (
        "select * from read_text('/etc/hostname')",
        "set enable_external_access = true",
        "attach ':memory:' as other",
        "create table published.x as select 1",
        "copy published.indicator_value to 'out.csv'",
    ):
        with pytest.raises(duckdb.Error):
            model.query(sql)


def test_lists_come_out_as_lists(build: Builder, releases: Path) -> None:
    build(a=1)
    frame = ReadModel(releases).query("select figure_ids from published.indicator_value")
    assert frame["figure_ids"].iloc[0] == ["a"]


def test_eight_readers_during_thirty_switches_never_fail(build: Builder, releases: Path) -> None:
    first = build(a=1, b=1).release.release_id
    second = build(a=2, b=2).release.release_id
    model, stop = ReadModel(releases), threading.Event()

    def read() -> int:
        count = 0
        while not stop.is_set():
            with model.pinned():
                pair = (value(model, "a"), value(model, "b"))
            assert pair in {(1, 1), (2, 2)}, "half of one release and half of another"
            count += 1
        return count

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        store = Releases(releases)
        for number in range(30):
            store.switch((first, second)[number % 2])
        stop.set()
        assert all(reader.result() > 0 for reader in readers)


def test_a_fork_after_reading_opens_its_own_connection(build: Builder, releases: Path) -> None:
    """Closing an inherited connection ends a process: a child never does that, to its end."""
    build(a=1)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.warehouse.forking_reader", str(releases)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "1.0\n"
        build(a=2)
        reader.communicate("2\n", timeout=60)
    assert reader.returncode == 0
