"""The digest of a table tells what it holds, and nothing of order, time or names of releases."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from warehouse.releases import PUBLIC
from warehouse.table_digests import LEFT_OUT, LEFT_OUT_OF, file_digests, release_digests

TABLE = (
    "create table published.t (name varchar, value double, listed varchar[], release_id varchar)"
)
ROWS = "insert into published.t values ('a', 0.1, ['x', null], 'r'), (null, null, null, 'r')"


def written(file: Path, *statements: str) -> Path:
    """Write a file with the schema of the published tables."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema published")
        for statement in statements:
            connection.execute(statement)
    return file


def test_the_form_is_the_one_that_is_documented(tmp_path: Path) -> None:
    file = written(tmp_path / "one.duckdb", TABLE, ROWS)
    rows = sorted(
        hashlib.md5(row.encode(), usedforsecurity=False).hexdigest()
        for row in ('[["x",null],"a",0.1]', "[null,null,null]")
    )
    head = json.dumps([["listed", "VARCHAR[]"], ["name", "VARCHAR"], ["value", "DOUBLE"]],
                      separators=(",", ":"))  # fmt: skip
    expected = hashlib.sha256(f"{head}\n{''.join(rows)}".encode()).hexdigest()
    assert file_digests(file) == {"t": expected}


@pytest.mark.parametrize(
    "statement",
    [
        "update published.t set release_id = 'another'",
        "insert into published.t select * from published.t where name is null;"
        "delete from published.t where rowid = (select min(rowid) from published.t"
        " where name is null)",
        "update published.t set value = 0.1 where name = 'a'",
        "create or replace table published.t as select release_id, value, name, listed"
        " from published.t order by name",
    ],
    ids=["release", "order", "same value", "columns in another order"],
)
def test_what_does_not_matter_changes_nothing(tmp_path: Path, statement: str) -> None:
    before = file_digests(written(tmp_path / "one.duckdb", TABLE, ROWS))
    assert file_digests(written(tmp_path / "other.duckdb", TABLE, ROWS, statement)) == before


@pytest.mark.parametrize(
    "statement",
    [
        "update published.t set value = 0.1 + 1e-16 where name = 'a'",
        "update published.t set name = 'b' where name = 'a'",
        "update published.t set name = '' where name is null",
        "update published.t set name = 'null' where name is null",
        "update published.t set listed = ['x'] where name = 'a'",
        "update published.t set listed = [null, 'x'] where name = 'a'",
        "insert into published.t select * from published.t limit 1",
        "delete from published.t where name is null",
        "alter table published.t rename value to other",
        "alter table published.t alter listed type varchar",
    ],
)
def test_whatever_else_changes_is_seen(tmp_path: Path, statement: str) -> None:
    before = file_digests(written(tmp_path / "one.duckdb", TABLE, ROWS))
    assert file_digests(written(tmp_path / "other.duckdb", TABLE, ROWS, statement)) != before


def test_a_nought_has_no_sign(tmp_path: Path) -> None:
    one, other = (
        written(tmp_path / f"{n}.duckdb", f"create table published.t as select {n}0.0::double as v")
        for n in ("", "-")
    )
    assert file_digests(one) == file_digests(other)


def test_an_empty_table_has_a_digest(tmp_path: Path) -> None:
    file = written(tmp_path / PUBLIC, TABLE)
    assert release_digests(tmp_path) == {"public": file_digests(file)}
    assert len(file_digests(file)["t"]) == 64


def test_every_column_with_a_moment_or_a_release_is_left_out(shipped_releases: Path) -> None:
    """Should a model publish another one, its table would differ at every rebuild."""
    folder = (shipped_releases / "current").resolve()
    info = json.loads((folder / "release.json").read_text("utf-8"))
    own = [info["release_id"], info["built_at"], info["digest"]]
    with duckdb.connect(str(folder / PUBLIC), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'published' and data_type = 'VARCHAR'"
        ).fetchall()
        telling = {
            (table, column)
            for table, column in columns
            if connection.execute(
                f'select 1 from published."{table}" where list_contains(?, "{column}") limit 1',  # noqa: S608
                [own],
            ).fetchall()
        }
    assert telling
    left = {
        (table, column)
        for table, column in columns
        if column in LEFT_OUT | LEFT_OUT_OF.get(table, frozenset())
    }
    assert telling <= left


def test_a_release_tells_the_digests_of_its_tables(shipped_releases: Path) -> None:
    folder = (shipped_releases / "current").resolve()
    info = json.loads((folder / "release.json").read_text("utf-8"))
    found = release_digests(folder)
    assert found.keys() == {"public", "staff"}
    assert info["tables"] == {"public": found["public"]}
    assert info["tables"]["public"].keys() == info["rows"].keys()
    # Against the digest of a table that is not public, names could be tried out.
    secret = set(found["staff"].values()) - set(found["public"].values())
    assert secret
    assert not secret & set((folder / "release.json").read_text("utf-8").split('"'))
