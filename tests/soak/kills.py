"""Kill builds at random moments while the site serves, and see that the next build is right."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.soak.project import commands
from tests.soak.readers import Site, site
from tests.soak.world import World, value_of

LATE = ("disclosure", "edition:public", "edition:staff", "check:", "write", "keep", "seal",
        "switch", "remember")  # fmt: skip
"""Steps that take so little time that a moment at random would seldom fall in them."""
EARLY = ("contracts", "deliveries", "raw", "load ", "catalogue", "model:")
AT_A_STEP = 0.5
"""So large a part of the kills waits for a step; the others come at any time."""
AFTER_STEP = 0.12
FROM_NOTHING = 0.3
PUBLISHED = ("switch", "remember")
MOST_IN_A_ROW = 4


@dataclass
class Kills:
    """What came of all kills."""

    kills: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    """Kills by the step that the build had reached."""
    too_late: int = 0
    """Builds that were done before the kill came."""
    switched: int = 0
    """Kills after which the new release was served."""
    builds: int = 0
    """Builds after a kill, or after some in a row, that were right."""
    served: Counter[str] = field(default_factory=Counter)
    commands: Counter[str] = field(default_factory=Counter)
    """Kills of other commands than build."""


class Killer:
    """Kills what a world does, and sees what is left."""

    def __init__(self, world: World, served: Site, random: Random, found: Kills) -> None:
        """Take a world whose site has readers."""
        self.world, self.site, self.random, self.found = world, served, random, found
        self.seconds = 6.0
        """How long a build takes; learnt from each that ends."""
        self.done = 0
        """The last turn that was built to its end."""
        self.commands_differ = False
        """Whether commands were given that the undisturbed world did not see."""

    def turn(self, turn: int, kills: int) -> None:
        """Deliver, kill the build so many times, and let the last one end.

        Raises:
            AssertionError: Readers saw anything but the old and the new release, the next
                build is not right, or something is left behind.
        """
        self.world.deliver(turn)
        before = self.world.current()
        self.site.allow(value_of(self.done), value_of(turn))
        for _ in range(kills):
            before = self._kill(turn, before)
        ran = self.world.build()
        assert ran.code == 0, f"the build after a kill failed:\n{ran.said}"
        self.seconds = max(self.seconds, ran.seconds)
        self.world.is_right(turn, commands_differ=self.commands_differ)
        self.world.nothing_left()
        assert self.site.value() == value_of(turn)
        assert self.site.release() == self.world.current()
        self.site.allow(value_of(turn))
        self.found.builds += 1
        self.done = turn

    def _kill(self, turn: int, before: str) -> str:
        if self.random.random() < FROM_NOTHING:
            shutil.rmtree(self.world.releases / ".work", ignore_errors=True)
        running = self.world.start_build()
        if self.random.random() < AT_A_STEP:
            running.until(self.random.choice(LATE + LATE + EARLY))
            running.let_go(self.random.uniform(0, AFTER_STEP))
        else:
            running.let_go(self.random.uniform(0, self.seconds))
        if running.kill():
            self.found.kills += 1
            self.found.steps[kind_of(running.step)] += 1
        else:
            self.found.too_late += 1
        now = self.world.current()
        if now != before:
            assert running.step in PUBLISHED, f"switched at {running.step or 'the start'}"
            self.found.switched += 1
            self.world.is_right(turn, commands_differ=self.commands_differ)
        old = value_of(self.done)
        assert self.site.release() == now, "the site serves what is current"
        expected = {value_of(turn)} if now != before else {old, value_of(turn)}
        assert self.site.value() in expected
        return now

    def other_command(self, name: str, *more: str) -> None:
        """Kill another command, and see that the site serves one whole release or the other."""
        running = self.world.command(name, *more)
        running.let_go(self.random.uniform(0.3, 1.2))
        self.found.commands[name] += running.kill()
        assert self.site.release() == self.world.current()


def kind_of(step: str) -> str:
    """Give the kind of a step: models, checks and loads each count together."""
    return step.split(":")[0].split(" ")[0] or "start of the process"


def kill_builds(
    base: World,
    root: Path,
    *,
    kills: int,
    turns: int,
    random: Random,
    told: Callable[[str], None] = lambda _: None,
) -> Kills:
    """Kill builds in copies of a world until enough are killed.

    Args:
        base: The world to copy; it knows what each turn should publish.
        root: Where the copies stand.
        kills: How many builds to kill.
        turns: How many turns the base knows.
        random: Decides when.
        told: Given a line per copy.
    """
    found = Kills()
    number = 0
    while found.kills < kills:
        number += 1
        world = base.copy(root / f"world_{number}")
        with site(world.program, world.releases) as served:
            killer = Killer(world, served, random, found)
            for turn in range(1, turns + 1):
                if turn == turns:
                    _other_commands(killer)
                left = kills - found.kills
                if left > 0:
                    killer.turn(turn, min(left, random.randint(1, MOST_IN_A_ROW)))
        found.served.update(served.served)
        told(f"{found.kills} builds killed")
        shutil.rmtree(world.root)
    return found


def _other_commands(killer: Killer) -> None:
    """Kill going back, going forward and pruning, and put the last release in its place."""
    world, newest, done = killer.world, killer.world.current(), killer.done
    # A candidate of a killed build may be published too; it holds what its turn delivered.
    killer.site.allow(*(value_of(turn) for turn in range(done + 1)))
    known = commands(world.program)
    killer.commands_differ = True
    for name in ("rollback", "publish", "prune", "rollback"):
        if name in known:
            killer.other_command(name)
    if world.current() != newest:
        ran = world.command("rollback", "--to", newest).wait()
        assert ran.code == 0, ran.said
    assert world.current() == newest
    world.is_right(done, commands_differ=True)
