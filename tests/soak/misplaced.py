"""Put a folder where a file is expected, and take rights away from an ordinary user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.soak.project import Program
from tests.soak.told import told
from tests.soak.world import World

PRICES = "deliveries/nza_price_index/2026/price_index_2026.csv"
SERVED = "releases/current"
NOBODY = 65534
NO_RIGHTS, ONLY_READ = 0o000, 0o555

FILES = (
    PRICES,
    "releases/.lock",
    "releases/.pseudonym_key",
    "releases/history.jsonl",
    "releases/current",
    "releases/.work/work.duckdb",
    f"{SERVED}/release.json",
    f"{SERVED}/public.duckdb",
    f"{SERVED}/staff.duckdb",
    f"{SERVED}/catalogue.json",
)
"""Each gets a folder in its place, with something in it."""
FOLDERS = (
    "deliveries",
    "deliveries/nza_price_index",
    "deliveries/nza_price_index/2026",
    "releases",
    "releases/.work",
    "releases/.deliveries",
    "scraps",
)
"""Each gets a file in its place."""
WITHOUT_RIGHTS = (
    (PRICES, NO_RIGHTS),
    ("deliveries", NO_RIGHTS),
    ("deliveries/nza_price_index", NO_RIGHTS),
    ("deliveries/nza_price_index/2026", 0o444),
    ("releases", ONLY_READ),
    ("releases", NO_RIGHTS),
    ("releases/.lock", NO_RIGHTS),
    ("releases/.pseudonym_key", NO_RIGHTS),
    ("releases/history.jsonl", NO_RIGHTS),
    ("releases/history.jsonl", 0o444),
    ("releases/.work", ONLY_READ),
    ("releases/.work", NO_RIGHTS),
    ("releases/.work/work.duckdb", NO_RIGHTS),
    ("releases/.deliveries", ONLY_READ),
    ("releases/.deliveries", NO_RIGHTS),
    (f"{SERVED}/release.json", NO_RIGHTS),
    (f"{SERVED}/public.duckdb", NO_RIGHTS),
    (f"{SERVED}/staff.duckdb", NO_RIGHTS),
    (SERVED, NO_RIGHTS),
    ("scraps", ONLY_READ),
)


@dataclass
class Misplaced:
    """What came of each thing in the way."""

    codes: dict[str, int] = field(default_factory=dict)
    """The exit code of the build, by what was in its way."""
    builds: int = 0
    """Builds that were right once the way was free."""
    problems: list[str] = field(default_factory=list)
    """What did not hold, by what was in the way."""
    absent: list[str] = field(default_factory=list)
    """Places that this version of the program does not have."""
    user: str = ""
    """Who had no rights."""


def put_in_the_way(base: World, root: Path, *, every: int = 1) -> Misplaced:
    """Put folders in the place of files, and files in the place of folders.

    Args:
        base: The world to copy.
        root: Where copies stand.
        every: Of how many cases one is tried.
    """
    found = Misplaced()
    cases = [(path, "a folder for") for path in FILES] + [(path, "a file for") for path in FOLDERS]
    for number, (path, kind) in enumerate(cases[::every]):
        world = base.copy(root / "in_the_way")
        place = world.root / path
        if place.exists():
            _noted(world, f"{kind} {path}", found, number, partial(_replaced, _really(place)))
        else:
            found.absent.append(path)
        shutil.rmtree(world.root)
    assert not found.problems, "\n".join(found.problems)
    return found


def take_rights_away(base: World, root: Path, *, every: int = 1) -> Misplaced:
    """Take rights away from a user who is not root, and let them build.

    Args:
        base: The world to copy.
        root: Where copies stand; an ordinary user must be able to come there.
        every: Of how many cases one is tried.
    """
    program, who = _as_ordinary_user(base.program)
    found = Misplaced(user=who)
    for number, (path, rights) in enumerate(WITHOUT_RIGHTS[::every]):
        world = base.copy(root / "without_rights")
        world.program = program
        world.deliver(1)
        (world.root / "scraps").mkdir(exist_ok=True)
        _give(world.root, program)
        place = world.root / path
        if place.exists():
            case = f"{path} with rights {rights:03o}"
            _noted(world, case, found, number, partial(_rights, _really(place), rights))
        else:
            found.absent.append(path)
        shutil.rmtree(world.root)
    assert not found.problems, "\n".join(found.problems)
    return found


def _noted(
    world: World,
    case: str,
    found: Misplaced,
    number: int,
    in_the_way: Callable[[], AbstractContextManager[None]],
) -> None:
    """Try a case, and go on to the next when it does not hold: an operator wants all of them."""
    try:
        _try(world, case, found, number, in_the_way)
    except AssertionError as error:
        found.problems.append(f"{case}: {error}")


def _try(
    world: World,
    case: str,
    found: Misplaced,
    number: int,
    in_the_way: Callable[[], AbstractContextManager[None]],
) -> None:
    """Build with something in the way, judge what is said, and build with nothing there."""
    language = ("nl", "en")[number % 2]
    if not (world.root / PRICES).is_dir():
        world.deliver(1)
        _give(world.root / "deliveries", world.program)
    before = world.current()
    with in_the_way():
        ran = world.program.with_environment(
            TMPDIR=str(world.root / "scraps"), EXAMPLES="off", ETL_LANG=language
        ).run("build", *world.arguments)
        found.codes[case] = ran.code
        told(ran, language)
    if ran.code != 0 and world.current() != before:
        # All was done but writing it down, and the command said so.
        assert "history.jsonl" in ran.said, f"{case}: the build failed and yet it switched"
    ran = world.build()
    assert ran.code == 0, f"the build after it failed:\n{ran.said}"
    if world.current() != before and found.codes[case] != 0:
        world.is_right(1)
    world.nothing_left()
    found.builds += 1


@contextmanager
def _replaced(place: Path) -> Iterator[None]:
    """Put a folder where a file is, or a file where a folder is, and put it back."""
    root = next(parent for parent in place.parents if (parent / "scraps").exists())
    # Where no build looks.
    kept = root / f"{place.name}.aside"
    place.rename(kept)
    if kept.is_dir() and not kept.is_symlink():
        place.write_text("in the way", encoding="utf-8")
    else:
        place.mkdir()
        (place / "something").write_text("in the way", encoding="utf-8")
    try:
        yield
    finally:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        kept.rename(place)


def _really(place: Path) -> Path:
    """Give the place itself: a link in its path may lead elsewhere once a build has switched."""
    return place.parent.resolve() / place.name


@contextmanager
def _rights(place: Path, rights: int) -> Iterator[None]:
    place = place.resolve()
    before = place.stat().st_mode
    place.chmod(rights)
    try:
        yield
    finally:
        place.chmod(before)


def _give(root: Path, program: Program) -> None:
    """Give a folder to the user who will build, if that is another than this one."""
    if not program.prefix:
        return
    for path in (root, *root.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _as_ordinary_user(program: Program) -> tuple[Program, str]:
    """Give the program as a user runs it for whom rights count.

    Root may read everything. So root runs it as nobody, with a Python that nobody may start.
    """
    if os.geteuid() != 0:
        return program, "the user of this run"
    prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    for python in (sys.executable, system):
        environment = {
            "PYTHONPATH": packages,
            "HOME": "/nonexistent",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        tried = Program(program.folder, prefix, python, environment)
        if _starts(tried):
            return tried, "nobody"
    message = (
        f"Nobody may start {sys.executable}, and there is no {system}. Run this as an ordinary"
        " user, or put Python and the project where everybody may read."
    )
    raise AssertionError(message)


def _starts(program: Program) -> bool:
    command = [*program.prefix, program.python, "-c", "import duckdb, click, pydantic"]
    environment = {**os.environ, **program.environment}
    try:
        ran = subprocess.run(
            command, check=False, capture_output=True, cwd=program.folder, env=environment
        )
    except PermissionError:
        return False
    return ran.returncode == 0
