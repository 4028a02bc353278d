"""A build with the invented examples, and one without: nothing else may differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import run_etl
from warehouse.releases import Releases

SOURCES = ("provider_survey", "claims_aggregate")
OTHERS = "select * exclude (cell_id) from indicator_value where evidence <> 'example' order by all"


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    releases: Path = tmp_path_factory.mktemp("without") / "releases"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMPLES", "off")
        ran = run_etl("build", releases=releases)
    assert ran.returncode == 0, ran.stderr
    assert "provider_survey" not in ran.stdout
    with duckdb.connect(str(releases / "current" / "staff.duckdb"), read_only=True) as connection:
        connection.execute("set search_path = 'published'")
        yield connection


@pytest.fixture
def with_examples(shipped_releases: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    file = shipped_releases / "current" / "staff.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set search_path = 'published'")
        yield connection


def test_the_manifest_says_what_is_invented(shipped_releases: Path) -> None:
    info = Releases(shipped_releases).list()[0]
    assert {name.partition("/")[0] for name in info.invented} == set(SOURCES)
    assert {f"{source}/2024" for source in SOURCES} <= set(info.invented)


def count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


def test_the_default_build_has_example_cells_by_every_filter(
    with_examples: duckdb.DuckDBPyConnection,
) -> None:
    example = "select count(*) from indicator_value where evidence = 'example'"
    assert count(with_examples, example) > 1_000
    for broken_down in ("insurer_code <> 'all'", "region_code <> 'NL'", "provider_group <> 'all'"):
        assert count(with_examples, f"{example} and {broken_down}") > 0, broken_down


def test_without_examples_there_is_no_example_cell_and_no_invented_delivery(
    without: duckdb.DuckDBPyConnection,
) -> None:
    assert count(without, "select count(*) from indicator_value where evidence = 'example'") == 0
    sql = "select count(*) from indicator_value where list_contains(['survey', 'claims'], evidence)"
    assert count(without, sql) == 0
    sql = f"select count(*) from delivery where source_id in {SOURCES}"  # noqa: S608  # names are ours
    assert count(without, sql) == 0


def test_examples_change_no_other_cell(
    with_examples: duckdb.DuckDBPyConnection, without: duckdb.DuckDBPyConnection
) -> None:
    assert with_examples.execute(OTHERS).fetchall() == without.execute(OTHERS).fetchall()


def test_an_unknown_word_in_the_switch_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLES", "uit")
    ran = run_etl("build", releases=tmp_path / "releases")
    assert ran.returncode == 2
    assert "“uit”" in ran.stderr
    assert not (tmp_path / "releases").exists()
