"""The parts of the soak, at a scale, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from subprocess import SubprocessError
from time import monotonic

import duckdb

from tests.soak.disk import Disks, fill_disks
from tests.soak.faulty.run import Faults, run_in_processes
from tests.soak.kills import Kills, kill_builds
from tests.soak.misplaced import Misplaced, put_in_the_way, take_rights_away
from tests.soak.project import copy_program
from tests.soak.together import Together, two_at_once
from tests.soak.world import World, undisturbed


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    name: str
    kills: int
    shipped_kills: int
    """Kills, among those, of builds with all that ships."""
    turns: int
    disks: int
    every: int
    """Of how many misplaced things one is tried."""
    pairs: int
    files: int


FULL = Scale("full", 200, 16, 9, 10, 1, 9, 2000)
TENTH = Scale("tenth", 20, 0, 4, 2, 10, 2, 200)
SCALES = {scale.name: scale for scale in (FULL, TENTH)}


@dataclass
class Found:
    """What came of all parts."""

    kills: Kills | None = None
    shipped: Kills | None = None
    disks: list[Disks] = field(default_factory=list)
    in_the_way: Misplaced | None = None
    without_rights: Misplaced | None = None
    together: Together | None = None
    files: Faults | None = None
    failures: dict[str, str] = field(default_factory=dict)
    """Parts that failed, with why."""
    minutes: float = 0.0


class Soak:
    """Runs the parts one by one; a part that fails does not keep the others from running."""

    def __init__(self, root: Path, scale: Scale, seed: int, told: Callable[[str], None]) -> None:
        """Take a copy of the program; what is edited from here on does not count."""
        self.root, self.scale, self.seed, self.told = root, scale, seed, told
        self.program = copy_program(root / "program")
        self.found = Found()
        self.processes = 2
        self._base: World | None = None

    def run(self, parts: tuple[str, ...]) -> Found:
        """Run the parts that are asked for, or all of them, in two lanes beside each other."""
        started = monotonic()
        kills = {"kills": self.kills, "shipped": self.shipped}
        others = {
            "disks": self.disks,
            "in the way": self.in_the_way,
            "without rights": self.without_rights,
            "together": self.together,
            "files": self.files,
        }
        if not parts or set(parts) - {"files", "shipped"}:
            self._part("an undisturbed run", lambda: self.base)
        with ThreadPoolExecutor(2) as lanes:
            for lane in [lanes.submit(self._lane, some, parts) for some in (kills, others)]:
                lane.result()
        self.found.minutes = (monotonic() - started) / 60
        return self.found

    def _lane(self, lane: Mapping[str, Callable[[], object]], parts: tuple[str, ...]) -> None:
        for name, part in lane.items():
            if not parts or name in parts:
                self._part(name, part)

    def _part(self, name: str, part: Callable[[], object]) -> None:
        """Run a part; when it fails, say so and let the others run."""
        started = monotonic()
        try:
            part()
        except (AssertionError, OSError, ValueError, SubprocessError, duckdb.Error) as error:
            self.found.failures[name] = f"{type(error).__name__}: {error}"
            self.told(f"{name} failed: {error}")
        self.told(f"{name}: {monotonic() - started:.0f} s")

    @property
    def base(self) -> World:
        """The world that others are copied from, made once."""
        if self._base is None:
            self._base = undisturbed(self.root / "base", self.program, self.scale.turns)
        return self._base

    def _room(self, part: str) -> Path:
        """Give a part a folder of its own."""
        room = self.root / part
        room.mkdir()
        return room

    def random(self, part: str) -> Random:
        """Give a part its own numbers, so that it does the same when run alone."""
        return Random(f"{part} {self.seed}")  # noqa: S311 - made up, not secret

    def files(self) -> None:
        """Judge the loader by faulty files."""
        self.found.files = run_in_processes(
            self.scale.files, number=self.seed, processes=self.processes
        )

    def kills(self) -> None:
        """Kill builds of small deliveries."""
        self.found.kills = kill_builds(
            self.base,
            self._room("kills"),
            kills=self.scale.kills - self.scale.shipped_kills,
            turns=self.scale.turns,
            random=self.random("kills"),
            told=self.told,
        )

    def shipped(self) -> None:
        """Kill builds of all that ships."""
        if not self.scale.shipped_kills:
            return
        turns = 5
        base = undisturbed(self.root / "all", self.program, turns, shipped=True)
        self.found.shipped = kill_builds(
            base,
            self._room("shipped"),
            kills=self.scale.shipped_kills,
            turns=turns,
            random=self.random("shipped"),
            told=self.told,
        )

    def disks(self) -> None:
        """Let the disk fill up."""
        self.found.disks = fill_disks(
            self.base,
            self._room("disks"),
            disks=self.scale.disks,
            random=self.random("disks"),
            told_line=self.told,
        )

    def in_the_way(self) -> None:
        """Put folders and files in the way."""
        self.found.in_the_way = put_in_the_way(
            self.base, self._room("in_the_way"), every=self.scale.every
        )

    def without_rights(self) -> None:
        """Take rights away."""
        self.found.without_rights = take_rights_away(
            self.base, self._room("without_rights"), every=self.scale.every
        )

    def together(self) -> None:
        """Start two commands at once."""
        self.found.together = two_at_once(
            self.base,
            self._room("together"),
            turns=self.scale.pairs,
            random=self.random("together"),
        )
