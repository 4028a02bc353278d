"""Let the disk fill up at different moments of a build."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tests.soak.kills import kind_of
from tests.soak.told import told
from tests.soak.world import World

MEGABYTE = 1 << 20
ROOMY = 2048
MOST = 64
"""Megabytes beside what is there already: more than a small build ever takes."""
SMALLEST = 4096


@dataclass
class Disks:
    """What came of builds on a disk that is too small."""

    how: str
    """How the disk was made small."""
    full: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    """Builds by the step at which the disk was full."""
    enough: int = 0
    """Builds that had just enough."""
    builds: int = 0
    """Builds after room was made, that were right."""


def may_mount(folder: Path) -> bool:
    """Tell whether a disk of its own can be made here."""
    folder.mkdir()
    made = _mount(folder, "size=1m")
    if made:
        subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()
    return made


def _mount(folder: Path, options: str) -> bool:
    if os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def fill_disks(
    base: World,
    root: Path,
    *,
    disks: int,
    random: Random,
    told_line: Callable[[str], None] = lambda _: None,
) -> list[Disks]:
    """Build on small disks, or where files may not grow, and then with room.

    Args:
        base: The world to copy.
        root: Where disks are made.
        disks: How many, of each kind.
        random: Decides how small they are.
        told_line: Given a line per kind.
    """
    found = []
    if may_mount(root / "disk"):
        found.append(Disks("a tmpfs that is too small"))
        for megabytes in _sizes(disks, random):
            _on_a_small_disk(base, root / "disk", megabytes, found[-1])
        told_line(f"{found[-1].full} full disks")
    found.append(Disks("a limit on the size of a file"))
    for megabytes in _sizes(max(2, disks // 2), random):
        _with_small_files(base, root / "limited", megabytes / 4, found[-1])
    told_line(f"{found[-1].full} builds stopped by a limit")
    return found


def _sizes(count: int, random: Random) -> list[float]:
    """Spread sizes over all moments of a build, more of them where little fits."""
    return [MOST * ((number + random.random()) / count) ** 2 for number in range(count)]


@contextmanager
def _disk(folder: Path, base: World, megabytes: float) -> Iterator[World]:
    folder.mkdir()
    assert _mount(folder, f"size={ROOMY}m")
    try:
        world = base.copy(folder / "world")
        (folder / "world" / "scraps").mkdir(exist_ok=True)
        taken = _taken(folder)
        _resize(folder, taken + int(megabytes * MEGABYTE))
        yield world
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def _taken(folder: Path) -> int:
    state = os.statvfs(folder)
    return (state.f_blocks - state.f_bfree) * state.f_frsize


def _resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def _on_a_small_disk(base: World, folder: Path, megabytes: float, found: Disks) -> None:
    with _disk(folder, base, megabytes) as world:
        before = world.current()
        # The delivery is there before the disk is full.
        _resize(folder, ROOMY * MEGABYTE)
        world.deliver(1)
        _resize(folder, _taken(folder) + int(megabytes * MEGABYTE))
        _build_without_room(world, before, found)
        _resize(folder, ROOMY * MEGABYTE)
        _build_with_room(world, found)


def _with_small_files(base: World, folder: Path, megabytes: float, found: Disks) -> None:
    world = base.copy(folder)
    before = world.current()
    world.deliver(1)
    room = world.program
    limit = max(SMALLEST, int(megabytes * MEGABYTE))
    world.program = replace(room, prefix=("prlimit", f"--fsize={limit}"))
    _build_without_room(world, before, found)
    world.program = room
    _build_with_room(world, found)
    shutil.rmtree(folder)


def _build_without_room(world: World, before: str, found: Disks) -> None:
    ran = world.build()
    told(ran, "nl")
    if ran.code == 0:
        found.enough += 1
        return
    step = ran.steps[-1] if ran.steps else ""
    if world.current() == before:
        world.is_right(0)
    else:
        assert step == "remember", f"switched at {step} though the build failed"
        world.is_right(1)
    found.full += 1
    found.steps[kind_of(step)] += 1


def _build_with_room(world: World, found: Disks) -> None:
    ran = world.build()
    assert ran.code == 0, f"the build with room failed:\n{ran.said}"
    world.is_right(1)
    world.nothing_left()
    found.builds += 1
