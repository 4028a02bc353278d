"""The work database: kept after a build, so that the next one does only what has changed.

Every table in it has a *print*: a digest of all that it was made from. A build takes the file
from `.work/` into its own folder (moved, never copied), makes again what has another print,
and puts it back. The print is taken away before a table is touched and written once the table
stands, so a build that stops halfway leaves a file that says the truth; of a build that is
killed the file is thrown away. Without it everything is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

FOLDER = ".work"
FILE = "work.duckdb"
SCHEMAS = ("raw", "ref", "build", "staging", "mart", "indicator", "kept")
_PROGRAM = "program"
_SETTINGS = (
    "checkpoint_threshold = '256MB'",
    "auto_checkpoint_skip_wal_threshold = 1000000000000",
)
"""Left to itself DuckDB writes the whole file tidy after every table of some size. A build does
so once, when it is done: of one that is killed nothing is kept."""


def fingerprint(parts: Iterable[object]) -> str:
    """Return one digest of some values, each by how Python writes it."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()


class Work:
    """An open work database, with the print of every table in it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read the prints of a database that `open_work` has opened."""
        self.connection = connection
        rows = connection.execute("select name, print from kept.print").fetchall()
        self._prints = {str(name): str(value) for name, value in rows}

    def has(self, name: str, value: str) -> bool:
        """Tell whether a table is there and was made from the same as now."""
        return self._prints.get(name) == value

    def names(self, prefix: str) -> frozenset[str]:
        """Return the names with a print that begin so."""
        return frozenset(name for name in self._prints if name.startswith(prefix))

    @contextmanager
    def making(self, name: str, value: str) -> Iterator[None]:
        """Make a table: without a print while it is being made, with one once it stands.

        Not one transaction: in a table that is not committed yet DuckDB numbers rows in
        another way, and methods use those numbers.
        """
        self.forget(name)
        yield
        self.connection.execute("insert into kept.print values (?, ?)", [name, value])
        self._prints[name] = value

    def forget(self, name: str) -> None:
        """Take away a print, and with it the promise that the table is right."""
        if self._prints.pop(name, None) is not None:
            self.connection.execute("delete from kept.print where name = ?", [name])


def take(releases: Path, folder: Path) -> Path:
    """Move the kept work database into the folder of a build, if there is one.

    Returns:
        Where the work database of this build stands, or will.
    """
    kept, here = releases / FOLDER / FILE, folder / FILE
    beside = kept.with_name(f"{FILE}.wal")
    if beside.exists():
        # Not closed in order: better from scratch than from a guess.
        shutil.rmtree(kept.parent, ignore_errors=True)
    elif kept.is_file():
        kept.replace(here)
    return here


def keep(releases: Path, file: Path) -> None:
    """Move the work database of a build back to where the next one looks."""
    if not file.is_file() or file.with_name(f"{file.name}.wal").exists():
        return
    folder = releases / FOLDER
    # It holds everything that was delivered, names included.
    folder.mkdir(mode=0o700, exist_ok=True)
    os.replace(file, folder / FILE)  # noqa: PTH105  # one atomic step is the point


@contextmanager
def open_work(file: Path, program: str) -> Iterator[Work]:
    """Open a work database; one that is damaged, or of another program, is begun again.

    Args:
        file: Where it stands or will stand.
        program: Print of the program that is to fill it.
    """
    connection = _opened(file, program)
    try:
        for setting in _SETTINGS:
            connection.execute(f"set {setting}")
        yield Work(connection)
    finally:
        connection.close()


def _opened(file: Path, program: str) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(file))
    except duckdb.Error:
        if not file.is_file():
            raise
        file.unlink()
        connection = duckdb.connect(str(file))
    try:
        found = connection.execute(
            "select print from kept.print where name = ?", [_PROGRAM]
        ).fetchall()
    except duckdb.CatalogException:
        found = []
    if found == [(program,)]:
        return connection
    connection.close()
    file.unlink(missing_ok=True)
    connection = duckdb.connect(str(file))
    for schema in SCHEMAS:
        connection.execute(f"create schema {schema}")
    connection.execute("create table kept.print (name varchar, print varchar)")
    connection.execute("insert into kept.print values (?, ?)", [_PROGRAM, program])
    return connection
