"""Start two commands at once on one folder of releases: one wins, the other says so."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.soak.project import Ran, commands
from tests.soak.readers import site
from tests.soak.told import told
from tests.soak.world import World, value_of

BUSY, NO_GO = 5, 6
EARLY = ("raw", "load ", "model:")
"""From these on a build holds the folder for long enough."""
STEPS = ("raw", "load ", "model:", "edition:", "write", "switch")


@dataclass
class Together:
    """What came of commands that met."""

    pairs: Counter[str] = field(default_factory=Counter)
    """Pairs of commands, by what the second one did."""
    served: Counter[str] = field(default_factory=Counter)


def two_at_once(base: World, root: Path, *, turns: int, random: Random) -> Together:
    """Start a second command while a build is under way, in every turn another one.

    Args:
        base: The world to copy; it knows what each turn should publish.
        root: Where the copy stands.
        turns: How many turns.
        random: Decides when the second one comes.
    """
    found = Together()
    world = base.copy(root / "together")
    known = [name for name in ("rollback", "publish", "prune") if name in commands(world.program)]
    others = ["build", "check", *known]
    with site(world.program, world.releases) as served:
        for turn in range(1, turns + 1):
            world.deliver(turn)
            served.allow(value_of(turn - 1), value_of(turn))
            first = world.start_build()
            at_once = turn % 3 == 0
            name = others[turn % len(others)]
            if name in known:
                first.until(random.choice(EARLY))
            elif not at_once:
                first.until(random.choice(STEPS))
            second = _second(world, name)
            ran = first.wait()
            _judge(name, ran, second, found)
            assert world.build().code == 0, "a third build, alone, goes well"
            world.is_right(turn, commands_differ=True)
            world.nothing_left()
            assert served.value() == value_of(turn)
            served.allow(value_of(turn))
    found.served.update(served.served)
    shutil.rmtree(world.root)
    return found


def _second(world: World, name: str) -> Ran:
    if name == "build":
        return world.build()
    if name == "check":
        file = world.deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
        return world.program.run("check", *world.arguments, str(file))
    return world.command(name).wait()


def _judge(name: str, first: Ran, second: Ran, found: Together) -> None:
    """See that one of both won, and that the other said so."""
    told(first, "nl")
    told(second, "nl")
    codes = {first.code, second.code}
    if name == "check":
        assert first.code == 0, first.said
        assert second.code in (0, NO_GO), second.said
    elif name == "build":
        assert codes <= {0, BUSY}, f"{first.said}\n{second.said}"
        assert 0 in codes, "neither build won"
    else:
        assert (first.code, second.code) == (0, BUSY), f"{first.said}\n{second.said}"
    outcome = "the other said it was busy" if BUSY in codes else "both done"
    found.pairs[f"build and {name}: {outcome}"] += 1
