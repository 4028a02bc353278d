"""Shared fixtures: one real build of the shipped deliveries per test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# Two busy cores can make one example slow; how long an example takes says nothing here.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

PROJECT = Path(__file__).resolve().parent.parent
REALDATA = PROJECT.parent / "shared" / "realdata"
DOMAIN = PROJECT.parent / "shared" / "domain"


def run_etl(
    *arguments: str, releases: Path, deliveries: Path | None = None, check: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `python -m etl …` as an operator would, on a releases folder of the test's own."""
    environment = os.environ | {"RELEASES_DIR": str(releases)}
    environment.pop("DELIVERIES_DIR", None)
    if deliveries is not None:
        environment["DELIVERIES_DIR"] = str(deliveries)
    return subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=check,
    )


@pytest.fixture(scope="session")
def shipped_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A releases folder with one real build of everything that ships."""
    releases = tmp_path_factory.mktemp("shipped") / "releases"
    result = run_etl("build", releases=releases)
    assert result.returncode == 0, result.stderr
    return releases


@pytest.fixture(scope="session")
def read_releases(shipped_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same releases at a place of their own, for tests that read as the site does.

    A process opens a DuckDB file in one way only. The site opens it more strictly than a test
    that just looks into it, and both happen in one run, in whatever order.
    """
    place = tmp_path_factory.mktemp("read") / "releases"
    shutil.copytree(shipped_releases, place, symlinks=True, copy_function=os.link)
    return place


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A releases folder in which figures were revised, taken back and revised again."""
    from tests.changed_releases import changed_releases

    return changed_releases(tmp_path_factory.mktemp("changed"))


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real files; tests that need it say so where it is absent."""
    if not REALDATA.is_dir():
        pytest.skip("needs ../shared/realdata, which is not part of the project")
    return REALDATA


@pytest.fixture(scope="session")
def published_source() -> Path:
    """The published figures as they were handed to the project."""
    source = DOMAIN / "published_figures.csv"
    if not source.is_file():
        pytest.skip("needs ../shared/domain, which is not part of the project")
    return source
