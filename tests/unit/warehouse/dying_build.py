"""A build of one number in a process of its own, which kills itself at a step.

A fork of the test's process would inherit locks that threads of earlier tests held.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from tests.conftest import PROJECT
from warehouse.build import build_release
from warehouse.catalogue import Catalogue


def die_at(step: str, *, root: Path, number: int, keeps_work: bool) -> None:
    """Have a process build the number in `root/releases` and kill itself at a step."""
    kept = "kept" if keeps_work else "thrown away"
    died = subprocess.run(
        [sys.executable, "-m", __name__, str(root), step, str(number), kept],
        cwd=PROJECT,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, step


def main(root: Path, step: str, number: int, *, keeps_work: bool) -> None:
    """Build the number in `root/releases`, and die when the step is announced."""

    def load_raw(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("create or replace table raw.number (name varchar, value double)")
        connection.execute("insert into raw.number values ('a', ?)", [number])

    def die(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    build_release(
        releases=root / "releases",
        inputs={"a": str(number)},
        load_raw=load_raw,
        catalogue=Catalogue(**{vocabulary.name: {} for vocabulary in fields(Catalogue)}),
        built_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        program_version="test",
        on_step=die,
        keeps_work=keeps_work,
        models=root / "models",
        checks=root / "checks",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), keeps_work=sys.argv[4] == "kept")
