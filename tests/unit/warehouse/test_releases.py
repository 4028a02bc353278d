"""A build is a release: made aside, checked, switched to in one step, and gone back from."""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.unit.warehouse.conftest import Builder
from tests.unit.warehouse.dying_build import die_at
from warehouse.build import input_digest
from warehouse.catalogue import Catalogue
from warehouse.errors import (
    BrokenReleaseError,
    BuildInProgressError,
    BuildStoppedError,
    CheckError,
    ModelError,
    NothingToRollBackToError,
    RawTableError,
    UnknownReleaseError,
)
from warehouse.releases import Releases


def value_of(releases: Path, name: str = "a") -> float:
    """Read a number the way any reader would: through `current`."""
    file = releases / "current" / "public.duckdb"
    with duckdb.connect(str(file.resolve()), read_only=True) as connection:
        sql = "select value from published.indicator_value where cell_id = ?"
        ((value,),) = connection.execute(sql, [name]).fetchall()
    return float(value)


def rows(releases: Path, table: str) -> list[dict[str, object]]:
    file = (releases / "current" / "public.duckdb").resolve()
    with duckdb.connect(str(file), read_only=True) as connection:
        frame = connection.execute(f"select * from published.{table} order by all").df()  # noqa: S608
    return [dict(row) for row in frame.to_dict("records")]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def test_a_build_is_served_from_a_folder_of_its_own(build: Builder, releases: Path) -> None:
    result = build(a=1)
    assert result.is_new
    assert result.release.is_current
    assert Releases(releases).current() == result.folder
    assert sorted(file.name for file in result.folder.iterdir()) == [
        "catalogue.json", "catalogue_staff.json", "public.duckdb", "release.json", "staff.duckdb",
    ]  # fmt: skip
    manifest = json.loads((result.folder / "release.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["indicator_value"] == 1
    assert manifest["checks"] == ["not_negative"]


def test_readers_get_only_the_published_schema(build: Builder) -> None:
    folder = build(a=1).folder
    with duckdb.connect(str(folder / "public.duckdb"), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert schemas == [("published",)]


def test_unchanged_input_makes_no_new_release_and_loads_nothing(build: Builder) -> None:
    first = build(a=1)

    def never(_: duckdb.DuckDBPyConnection) -> None:
        pytest.fail("an unchanged build loads nothing")

    again = build(a=1, load=never)
    assert not again.is_new
    assert again.release.release_id == first.release.release_id


def test_a_changed_model_is_a_new_release(build: Builder, small_models: Path) -> None:
    build(a=1)
    (small_models / "staging" / "stg_number.sql").write_text(
        "select name, value + 1 as value from raw.number"
    )
    assert build(a=1).is_new


def test_a_failed_check_leaves_the_old_release(build: Builder, releases: Path) -> None:
    first = build(a=1)
    with pytest.raises(CheckError) as caught:
        build(a=-1)
    assert "checks/not_negative.sql: 1 wrong row" in str(caught.value)
    assert "name = a, value = -1.0" in str(caught.value)
    assert Releases(releases).current() == first.folder
    assert value_of(releases) == 1
    assert not list(releases.glob(".building-*"))


def test_a_broken_model_is_named(build: Builder, releases: Path, small_models: Path) -> None:
    build(a=1)
    (small_models / "marts" / "mart_number.sql").write_text("select name, nothing from stg_number")
    with pytest.raises(ModelError, match=r"marts/mart_number\.sql: .*nothing"):
        build(a=2)
    assert value_of(releases) == 1


def test_a_missing_raw_table_is_named(build: Builder) -> None:
    with pytest.raises((ModelError, RawTableError), match=r"raw\.number"):
        build(a=1, load=lambda _: None)


def steps(build: Builder, releases: Path) -> list[str]:
    seen: list[str] = []
    build(releases=releases, on_step=seen.append, a=0.5)
    return seen


def test_the_steps_have_names(build: Builder, tmp_path: Path) -> None:
    published = [
        f"model:{name}"
        for name in (
            "indicator_value", "publication", "known_release", "release", "value_history",
            "revision",
        )
    ]  # fmt: skip
    assert steps(build, tmp_path / "other") == [
        "raw", "catalogue", "model:stg_number", "model:mart_number", "disclosure",
        "edition:public", *published, "check:not_negative",
        "edition:staff", *published, "write", "keep", "seal", "switch", "remember",
    ]  # fmt: skip


def test_a_build_killed_at_any_step_leaves_a_whole_release(
    build: Builder, releases: Path, tmp_path: Path
) -> None:
    before = build(a=1).release.release_id
    for number, step in enumerate(steps(build, tmp_path / "other"), start=2):
        die_at(step, root=tmp_path, number=number, keeps_work=False)
        after = Releases(releases).current_info()
        assert after is not None, step
        if step == "remember":
            assert value_of(releases) == number
        else:
            assert after.release_id == before, step
            assert value_of(releases) == 1
    result = build(a=99, at=datetime.now(UTC))
    assert value_of(releases) == 99
    assert not list(releases.glob(".building-*")), "leftovers of killed builds are cleaned"
    assert Releases(releases).rollback().release_id != result.release.release_id


def test_a_second_build_at_the_same_time_gets_a_sentence(build: Builder, releases: Path) -> None:
    def try_another(step: str) -> None:
        if step == "write":
            with pytest.raises(BuildInProgressError, match="Another build or switch is under way"):
                Releases(releases).rollback()

    build(a=1, on_step=try_another)


def test_rollback_goes_back_one_step_at_a_time(build: Builder, releases: Path) -> None:
    for number in (1, 2, 3):
        build(a=number)
    store = Releases(releases)
    store.rollback()
    assert value_of(releases) == 2
    store.rollback()
    assert value_of(releases) == 1
    with pytest.raises(NothingToRollBackToError, match="is the first one"):
        store.rollback()
    assert value_of(releases) == 1


def test_a_build_after_a_rollback_can_be_rolled_back(build: Builder, releases: Path) -> None:
    build(a=1)
    build(a=2)
    store = Releases(releases)
    store.rollback()
    build(a=3)
    store.rollback()
    assert value_of(releases) == 1


def test_switching_to_any_release_by_name(build: Builder, releases: Path) -> None:
    first = build(a=1).release.release_id
    build(a=2)
    store = Releases(releases)
    assert store.switch(first).is_current
    assert value_of(releases) == 1
    with pytest.raises(UnknownReleaseError, match="Releases present"):
        store.switch("never-built")
    assert [info.is_current for info in store.list()] == [False, True]


def test_a_switch_that_was_not_written_down_is_still_rolled_back_from(
    build: Builder, releases: Path
) -> None:
    build(a=1)
    build(a=2)
    history = releases / "history.jsonl"
    lines = history.read_text(encoding="utf-8").splitlines(keepends=True)
    history.write_text("".join(lines[:-1]) + '{"at": "cut sho', encoding="utf-8")
    Releases(releases).rollback()
    assert value_of(releases) == 1


def test_a_changed_value_is_a_revision(build: Builder, releases: Path) -> None:
    build(a=1, b=1, c=1)
    assert rows(releases, "revision") == []
    build(a=2, b=1, d=1)
    found = {row["cell_id"]: row for row in rows(releases, "revision")}
    assert {cell: row["kind"] for cell, row in found.items()} == {
        "a": "changed", "c": "gone", "d": "new",
    }  # fmt: skip
    assert (found["a"]["old_value"], found["a"]["new_value"]) == (1, 2)


def test_the_history_keeps_every_value_ever_published(build: Builder, releases: Path) -> None:
    build(a=1, b=5)
    build(a=2, b=5)
    Releases(releases).rollback()
    build(a=3, b=5)
    build(a=1, b=5)
    history = sorted(
        (str(row["published_at"]), row["value"])
        for row in rows(releases, "value_history")
        if row["cell_id"] == "a"
    )
    assert [value for _, value in history] == [1, 2, 3, 1]
    assert len([row for row in rows(releases, "value_history") if row["cell_id"] == "b"]) == 1


def damage(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def test_a_damaged_database_counts_as_none_and_is_named(build: Builder, releases: Path) -> None:
    build(a=1)
    served = build(a=2).folder
    damage(served / "public.duckdb")
    result = build(a=2)
    assert result.is_new, "the same input is built again, since its release cannot be read"
    assert [(error.folder, error.reason) for error in result.broken] == [
        (served, "public.duckdb is damaged")
    ]
    assert value_of(releases) == 2
    assert result.release.previous_release_id is None
    assert rows(releases, "revision") == []
    history = {row["value"] for row in rows(releases, "value_history")}
    assert history == {1, 2}, "what a release before it knew is kept"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"release_id": 1}'])
def test_a_damaged_manifest_blocks_neither_a_build_nor_the_list(
    build: Builder, releases: Path, text: str
) -> None:
    first = build(a=1)
    second = build(a=2)
    (second.folder / "release.json").write_text(text, encoding="utf-8")
    store = Releases(releases)
    found, broken = store.survey()
    assert [info.release_id for info in found] == [first.release.release_id]
    assert [error.folder for error in broken] == [second.folder]
    assert store.list() == found
    result = build(a=3)
    assert [error.folder for error in result.broken] == [second.folder]
    assert value_of(releases) == 3
    assert store.rollback().release_id == first.release.release_id, "past the broken one"


def test_nobody_switches_to_a_damaged_release(build: Builder, releases: Path) -> None:
    first = build(a=1)
    build(a=2)
    damage(first.folder / "public.duckdb")
    with pytest.raises(BrokenReleaseError, match="damaged"):
        Releases(releases).switch(first.release.release_id)
    with pytest.raises(NothingToRollBackToError):
        Releases(releases).rollback()
    assert value_of(releases) == 2


def test_the_history_knows_nothing_of_a_release_that_nobody_saw(
    build: Builder, releases: Path
) -> None:
    build(a=1)
    die_at("switch", root=releases.parent, number=77, keeps_work=False)
    assert len(Releases(releases).list()) == 2, "sealed, but never switched to"
    build(a=3)
    assert {row["value"] for row in rows(releases, "value_history")} == {1, 3}


def test_a_full_disk_is_a_sentence(build: Builder, releases: Path) -> None:
    build(a=1)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(BuildStoppedError, match="free space"):
            build(a=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert value_of(releases) == 1
    assert not list(releases.glob(".building-*"))


def test_another_program_makes_another_release(catalogue: Catalogue, tmp_path: Path) -> None:
    def digest() -> str:
        return input_digest({}, catalogue, tmp_path, tmp_path, "1", tmp_path)

    (tmp_path / "warehouse" / "catalogue").mkdir(parents=True)
    (tmp_path / "warehouse" / "catalogue" / "code.py").write_text("A = 1", encoding="utf-8")
    before = digest()
    assert digest() == before
    (tmp_path / "warehouse" / "catalogue" / "code.py").write_text("A = 2", encoding="utf-8")
    assert digest() != before
    (tmp_path / "warehouse" / "catalogue" / "code.py").write_text("A = 1", encoding="utf-8")
    assert digest() == before
    (tmp_path / "etl").mkdir()
    (tmp_path / "etl" / "more.py").write_text("", encoding="utf-8")
    assert digest() != before
