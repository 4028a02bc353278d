"""Gunicorn on a folder of releases, and readers who never stop asking."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.project import Program

INDICATOR = "price-index"
YEAR = "2026"
CSV = f"/nl/csv/indicator/{INDICATOR}.csv"
PAGES = (
    "/nl/",
    f"/nl/indicator/{INDICATOR}",
    CSV,
    "/gezond",
    "/en/",
    f"/en/indicator/{INDICATOR}?view=table",
    f"/en/csv/indicator/{INDICATOR}.csv",
    "/nl/bronnen",
    "/nl/cijfers",
)
READERS = 4
PAUSE = 0.2
"""Seconds between two requests of one reader: the build must have time too."""


@dataclass
class Site:
    """A running site with its readers."""

    address: str
    served: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    _allowed: frozenset[str] = frozenset()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, *values: str) -> None:
        """Say which values the price index may have for a reader who asks from now on."""
        with self._lock:
            self._allowed = frozenset(values)

    def value(self) -> str:
        """Ask for the price index as any reader would."""
        return _value(self._get(CSV))

    def release(self) -> str:
        """Ask which release is served."""
        return str(json.loads(self._get("/gezond"))["release"])

    def read_on(self, number: int, done: threading.Event) -> None:
        """Be one reader: ask page after page, and note whatever is wrong."""
        while not done.wait(PAUSE):
            number += 1
            path = PAGES[number % len(PAGES)]
            before = self._allowed
            try:
                text = self._get(path)
                problem = self._wrong(path, text, before | self._allowed)
            except (OSError, ValueError, KeyError) as error:
                problem = f"{type(error).__name__}: {error}"
            with self._lock:
                self.served[path] += 1
                if problem:
                    self.failures.append(f"{path}: {problem}")

    def _wrong(self, path: str, text: str, allowed: frozenset[str]) -> str:
        if path.endswith(".csv"):
            value = _value(text)
            return "" if value in allowed else f"{value}, while {sorted(allowed)} was published"
        if path == "/gezond":
            return "" if json.loads(text)["status"] == "ok" else text
        return "" if text.rstrip().endswith("</html>") else "the page is not whole"

    def _get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode("utf-8"))


def _value(text: str) -> str:
    """Find the price index of the year in a csv."""
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    found = {row["value"] for row in rows if row["period_year"] == YEAR and row["value"]}
    (value,) = found
    return f"{float(value):.2f}"


@contextmanager
def site(program: Program, releases: Path) -> Iterator[Site]:
    """Serve a folder, with readers, until the block ends.

    Raises:
        AssertionError: A request failed.
    """
    with _gunicorn(program, releases) as address:
        served = Site(address)
        served.allow(served.value())
        done = threading.Event()
        readers = [
            threading.Thread(target=served.read_on, args=(number * 2, done), daemon=True)
            for number in range(READERS)
        ]
        for reader in readers:
            reader.start()
        try:
            yield served
        finally:
            done.set()
            for reader in readers:
                reader.join(timeout=90)
    assert not served.failures, "failed requests:\n" + "\n".join(served.failures[:20])


@contextmanager
def _gunicorn(program: Program, releases: Path) -> Iterator[str]:
    command = [
        sys.executable, "-m", "gunicorn", "dashboard.wsgi:app", "--bind", "127.0.0.1:0",
        "--workers", "1", "--threads", "4", "--log-level", "info",
    ]  # fmt: skip
    log = releases.parent / "gunicorn.log"
    with log.open("w", encoding="utf-8") as err:
        process = subprocess.Popen(
            command,
            cwd=program.folder,
            env=os.environ | {"RELEASES_DIR": str(releases), "EDITION": "public"},
            stderr=err,
        )
    try:
        yield _address(log, process)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until gunicorn says where it listens."""
    tick = threading.Event()
    for _ in range(1200):
        found = re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", log.read_text("utf-8"))
        if found:
            return found.group(1)
        assert process.poll() is None, log.read_text("utf-8")
        tick.wait(0.05)
    raise AssertionError("gunicorn did not start:\n" + log.read_text("utf-8"))
