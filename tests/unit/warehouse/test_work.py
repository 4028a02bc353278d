"""The work of a build is kept: never wrong, and gone at worst."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.dying_build import die_at
from warehouse.errors import BrokenReleaseError, BuildStoppedError, CheckError
from warehouse.releases import Releases
from warehouse.work import FILE, FOLDER, keep, open_work, take

STAGING = "staging/stg_number.sql"


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def value_of(releases: Path, name: str = "a") -> float:
    file = (releases / "current" / "public.duckdb").resolve()
    with duckdb.connect(str(file), read_only=True) as connection:
        sql = "select value from published.indicator_value where cell_id = ?"
        ((value,),) = connection.execute(sql, [name]).fetchall()
    return float(value)


def models_run(build: Builder, **numbers: float) -> set[str]:
    """Build, and tell which models below the published layer ran."""
    steps: list[str] = []
    build(on_step=steps.append, keeps_work=True, **numbers)
    return {step for step in steps if step in {"model:stg_number", "model:mart_number"}}


def test_only_what_changed_is_made_again(
    build: Builder, releases: Path, small_models: Path
) -> None:
    assert models_run(build, a=1) == {"model:stg_number", "model:mart_number"}
    (small_models / "marts" / "mart_number.sql").write_text(
        "select name, value + 1 as value from stg_number"
    )
    assert models_run(build, a=1) == {"model:mart_number"}
    assert value_of(releases) == 2
    assert models_run(build, a=5) == {"model:stg_number", "model:mart_number"}
    assert value_of(releases) == 6


def test_a_model_that_went_leaves_nothing(build: Builder, small_models: Path) -> None:
    extra = small_models / "marts" / "mart_more.sql"
    extra.write_text("select name from mart_number")
    build(keeps_work=True, a=1)
    extra.unlink()
    releases = build(keeps_work=True, a=2).folder.parent
    with duckdb.connect(str(releases / FOLDER / FILE), read_only=True) as connection:
        found = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'mart'"
        ).fetchall()
    assert found == [("mart_number",)]


def test_the_work_is_moved_and_only_its_owner_reads_it(build: Builder, releases: Path) -> None:
    folder = build(keeps_work=True, a=1).folder
    assert not (folder / FILE).exists()
    assert (releases / FOLDER / FILE).is_file()
    assert (releases / FOLDER).stat().st_mode & 0o777 == 0o700
    assert (releases / ".pseudonym_key").stat().st_mode & 0o777 == 0o600


def test_a_build_that_keeps_no_work_leaves_none(build: Builder, releases: Path) -> None:
    build(a=1)
    assert not (releases / FOLDER).exists()


def test_what_a_refused_build_made_is_not_lost(build: Builder, releases: Path) -> None:
    build(keeps_work=True, a=1)
    with pytest.raises(CheckError):
        build(keeps_work=True, a=-1)
    assert (releases / FOLDER / FILE).is_file()
    build(keeps_work=True, a=3)
    assert value_of(releases) == 3


def test_a_build_killed_at_any_step_spoils_nothing(build: Builder, releases: Path) -> None:
    steps: list[str] = []
    build(keeps_work=True, on_step=steps.append, a=0.5)
    for number, step in enumerate(dict.fromkeys(steps), start=2):
        die_at(step, root=releases.parent, number=number, keeps_work=True)
        build(keeps_work=True, a=number + 100)
        assert value_of(releases) == number + 100, step
    assert not list(releases.glob(".building-*"))


@pytest.mark.parametrize("damage", [b"", b"no database at all"])
def test_damaged_work_is_begun_again(build: Builder, releases: Path, damage: bytes) -> None:
    build(keeps_work=True, a=1)
    (releases / FOLDER / FILE).write_bytes(damage)
    build(keeps_work=True, a=2)
    assert value_of(releases) == 2


def test_work_that_cannot_be_read_to_its_end_stops_one_build(
    build: Builder, releases: Path
) -> None:
    build(keeps_work=True, a=1)
    kept = releases / FOLDER / FILE
    content = kept.read_bytes()
    kept.write_bytes(content[: len(content) // 2])
    with pytest.raises(BuildStoppedError):
        build(keeps_work=True, a=2)
    assert value_of(releases) == 1
    build(keeps_work=True, a=2)
    assert value_of(releases) == 2


def test_work_that_was_not_closed_is_not_trusted(build: Builder, releases: Path) -> None:
    build(keeps_work=True, a=1)
    (releases / FOLDER / f"{FILE}.wal").write_bytes(b"half")
    assert not take(releases, releases / "current").exists()
    build(keeps_work=True, a=2)
    assert value_of(releases) == 2


def test_another_program_begins_again(tmp_path: Path) -> None:
    file = tmp_path / FILE
    with open_work(file, "one") as work, work.making("mart.x", "print"):
        work.connection.execute("create table mart.x as select 1 as a")
    with open_work(file, "one") as work:
        assert work.has("mart.x", "print")
        assert not work.has("mart.x", "other print")
    with open_work(file, "two") as work:
        assert not work.has("mart.x", "print")
        assert work.connection.execute("select count(*) from duckdb_tables()").fetchall() == [(1,)]
    keep(tmp_path, file)
    assert not file.exists()
    assert (tmp_path / FOLDER / FILE).is_file()


def test_a_table_that_was_being_made_has_no_print(tmp_path: Path) -> None:
    file = tmp_path / FILE
    with open_work(file, "one") as work:
        with work.making("mart.x", "first"):
            work.connection.execute("create table mart.x as select 1 as a")
        with pytest.raises(ZeroDivisionError), work.making("mart.x", "second"):
            raise ZeroDivisionError
    with open_work(file, "one") as work:
        assert not work.has("mart.x", "first")
        assert not work.has("mart.x", "second")


def test_a_rollback_needs_no_work(build: Builder, releases: Path) -> None:
    build(keeps_work=True, a=1)
    build(keeps_work=True, a=2)
    Releases(releases).rollback()
    assert value_of(releases) == 1
    build(keeps_work=True, a=3)
    assert value_of(releases) == 3


def test_the_staff_database_is_sealed_too(build: Builder, releases: Path) -> None:
    folder = build(a=1).folder
    store = Releases(releases)
    staff = folder / "staff.duckdb"
    content = staff.read_bytes()
    staff.write_bytes(content[:-1])
    with pytest.raises(BrokenReleaseError, match=r"staff\.duckdb is damaged"):
        store.whole(folder)
    staff.unlink()
    assert store.whole(folder).release_id == folder.name, "a public machine need not have it"
