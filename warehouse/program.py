"""Which program makes a release, and a copy of it, so that it can be understood years later.

Contracts, corrections, catalogue, models and checks are part of the program. A commit says
which one it was only as long as nothing was changed beside it, so the files themselves are kept
too, once for each digest, in `<releases>/.program/<digest>.zip`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PROJECT_FILE = "pyproject.toml"
KEPT = ".program"
PACKAGES = ("etl", "warehouse")
"""The packages that make a release."""
SUFFIXES = frozenset({".py", ".yaml", ".csv", ".sql", ".html", ".css"})
DATA = frozenset({"etl/deliveries", "etl/examples", "warehouse/releases"})
"""Folders in them that hold data; deliveries are kept by themselves."""
LIBRARIES = ("duckdb", "lifelines", "numpy", "pandas", "pydantic", "PyYAML", "scipy", "statsmodels")
"""The libraries that a published figure passes through."""
_GIT_SECONDS = 10
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a copy, so that the same files give the same bytes."""
Identity = Mapping[str, str | bool | None]


@dataclass(frozen=True)
class Program:
    """The files of the program as they were when a build began."""

    root: Path
    files: Mapping[str, bytes]
    """Path within the project, and content."""

    @property
    def digest(self) -> str:
        """One digest of all files and their names."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return digest.hexdigest()

    def identity(self, version: str) -> Identity:
        """Say which program this is, of a version: commit, digest, and what it runs on."""
        commit, changed = _commit(self.root)
        return {
            "version": version,
            "commit": commit,
            "changed": changed,
            "digest": self.digest,
            **self.runs_on(),
        }

    @staticmethod
    def runs_on() -> dict[str, str]:
        """Give the version of Python and of each library."""
        libraries = {name.lower(): metadata.version(name) for name in LIBRARIES}
        return {"python": platform.python_version(), **libraries}

    def keep(self, releases: Path) -> Path:
        """Write a copy into the folder of releases, unless it is there. Needs the lock.

        Args:
            releases: The folder of releases.

        Returns:
            The copy.
        """
        file = kept_program(releases, self.digest)
        if file.is_file():
            return file
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_name(f".new-{file.name}")
        with fresh.open("wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
                for name, content in sorted(self.files.items()):
                    copy.writestr(_entry(name), content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        return file


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def kept_program(releases: Path, digest: str) -> Path:
    """Say where the copy of a program stands, or would."""
    return releases / KEPT / f"{digest}.zip"


def read_program(root: Path = PROJECT) -> Program:
    """Read every file of the program that decides what a release says."""
    found = {PROJECT_FILE: root / PROJECT_FILE}
    for package in PACKAGES:
        for folder, below, names in os.walk(root / package):
            here = Path(folder)
            place = here.relative_to(root).as_posix()
            below[:] = sorted(
                name
                for name in below
                if name != "__pycache__" and not name.startswith(".")
                and f"{place}/{name}" not in DATA
            )  # fmt: skip
            found |= {f"{place}/{n}": here / n for n in names if Path(n).suffix in SUFFIXES}
    return Program(root, {name: file.read_bytes() for name, file in sorted(found.items())})


def read_kept_program(copy: Path) -> dict[str, bytes]:
    """Read the files of a kept program.

    Raises:
        zipfile.BadZipFile: The copy is damaged.
    """
    with zipfile.ZipFile(copy) as kept:
        return {name: kept.read(name) for name in kept.namelist()}


def unpack_program(copy: Path, folder: Path) -> None:
    """Write a kept program into a folder, from where it can be run.

    Raises:
        zipfile.BadZipFile: The copy is damaged.
    """
    with zipfile.ZipFile(copy) as kept:
        kept.extractall(folder)


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Name the files that are not the same in two programs."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _commit(root: Path) -> tuple[str | None, bool | None]:
    """Ask git for the commit, and whether the program was changed since; nothing without git."""
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    if commit is None or not (root / ".git").exists():
        return None, None
    data = [f":(exclude){folder}" for folder in sorted(DATA)]
    state = _git(root, "status", "--porcelain", "--", *PACKAGES, PROJECT_FILE, *data)
    return commit, None if state is None else bool(state)


def _git(root: Path, *arguments: str) -> str | None:
    """Run git without writing anything, not even its own index."""
    try:
        done = subprocess.run(  # noqa: S603  # arguments of ours
            ["git", "--no-optional-locks", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
