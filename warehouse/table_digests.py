"""One digest per published table, to tell later whether a rebuilt release says the same.

The form is canonical, so that anybody can compute it again:

- of a row: the MD5 of a JSON array of its values, in the order of the names of the columns. Text
  as it is, numbers in their shortest form that reads back the same, no minus before a zero,
  dates and moments as DuckDB writes them, lists in their own order, nothing as `null`;
- of a table: the SHA-256 of a line with the names and types of its columns, followed by the MD5s
  of its rows, sorted.

What a release is called and when it was made is left out: made again, it is another one.
"""

# Names in the SQL below are ours.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from warehouse.editions import EDITIONS

LEFT_OUT = frozenset(
    {
        "release_id", "previous_release_id", "first_release_id", "last_release_id",
        "built_at", "published_at", "first_published_at", "last_published_at", "at",
        "served_from", "served_until", "known_from", "known_until",
    }
)  # fmt: skip
"""The columns of any table that name a release, or the moment of a build or a switch."""
LEFT_OUT_OF = {"release": frozenset({"digest"})}
"""Further columns of one table: a release is named after its own digest."""
TableDigests = Mapping[str, str]


def release_digests(folder: Path) -> dict[str, TableDigests]:
    """Digest every published table of every edition in the folder of a release.

    Args:
        folder: Holds the files of the editions, closed. An edition without a file is left out.

    Returns:
        Per edition the digest of each table.
    """
    files = {edition.name: folder / edition.file for edition in EDITIONS}
    present = {name: file for name, file in files.items() if file.is_file()}
    with ThreadPoolExecutor(max_workers=max(len(present), 1)) as beside:
        return dict(zip(present, beside.map(file_digests, present.values()), strict=True))


def open_digests(tables: Mapping[str, TableDigests]) -> dict[str, TableDigests]:
    """Leave only what everybody may know.

    Against the digest of a table that is not public anybody could try out names: those of some
    files, or who is behind which letter.
    """
    return {edition.name: tables[edition.name] for edition in EDITIONS if edition.is_public}


def file_digests(file: Path) -> TableDigests:
    """Digest every published table in one file."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            name: _digest(connection, name, columns)
            for name, columns in sorted(_columns(connection).items())
        }


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """List the name and type of the columns of every table that count, in the order of names."""
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'published' and database_name = current_database()"
        " order by table_name, column_name"
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows:
        columns = found.setdefault(str(table), [])
        if column not in LEFT_OUT | LEFT_OUT_OF.get(table, frozenset()):
            columns.append((str(column), str(kind)))
    return found


def _digest(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[tuple[str, str]]
) -> str:
    cells = ", ".join(_cell(column, kind) for column, kind in columns)
    row = connection.execute(
        "select coalesce(string_agg(row_digest, '' order by row_digest), '') from"
        f' (select md5(json_array({cells})::varchar) as row_digest from published."{table}")'
    ).fetchone()
    head = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{head}\n{row[0] if row else ''}".encode()).hexdigest()


def _cell(column: str, kind: str) -> str:
    if kind in {"DOUBLE", "FLOAT"}:
        return f'case when "{column}" = 0 then 0 else "{column}" end'
    return f'"{column}"'
