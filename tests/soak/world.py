"""A folder of releases with small deliveries of its own, and what it should look like."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.example import SMALL, make_examples
from tests.soak.project import Program, Ran, Running
from tests.soak.sameness import differences, print_of

YEAR = 2023
ROWS = 200
"""Rows of the survey and of the claims: few, and every step of a build has work."""
CURRENT = "current"
OWN_NAMES = frozenset(
    {CURRENT, "history.jsonl", ".lock", ".pseudonym_key", ".work", ".deliveries", ".program",
     ".pruned"}
)  # fmt: skip
"""All that may stand in a folder of releases besides releases."""


def value_of(turn: int) -> str:
    """The price index that is delivered in a turn: another one every time."""
    return f"{3 + turn / 100:.2f}"


@dataclass
class World:
    """A folder of releases, the deliveries that it is built from, and a place for scraps."""

    root: Path
    program: Program
    shipped: bool = False
    """Whether all that ships is built too, and not only the small deliveries."""
    prints: Mapping[int, dict[str, str]] = field(default_factory=dict)
    """What each turn publishes when nothing disturbs it."""

    @property
    def releases(self) -> Path:
        """The folder of releases."""
        return self.root / "releases"

    @property
    def deliveries(self) -> Path:
        """The folder of deliveries."""
        return self.root / "deliveries"

    def current(self) -> str:
        """The release that is served."""
        return str((self.releases / CURRENT).readlink())

    def deliver(self, turn: int) -> None:
        """Deliver the price index of a turn; the file is replaced in one step."""
        file = self.deliveries / "nza_price_index" / "2026" / "price_index_2026.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = self.root / "draft.csv"
        draft.write_text(
            "figure_id,series,year,value,decimals,value_status,note,document_id\n"
            f"idx-ova-2026,ova,2026,{value_of(turn)},2,provisional,,nza_prijsindex_ova\n",
            encoding="utf-8",
        )
        draft.replace(file)

    def deliver_examples(self) -> None:
        """Deliver a little of a survey and of claims."""
        made = self.root / "made"
        make_examples(range(YEAR, YEAR + 1), SMALL, made, seed=1, on_file=lambda _: None)
        for path in sorted(made.glob("*/*/*.csv")):
            lines = path.read_bytes().splitlines(keepends=True)[: ROWS + 1]
            target = self.deliveries / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"".join(lines))
        shutil.rmtree(made)

    def start_build(self, *more: str) -> Running:
        """Start a build; its scraps go to a folder of this world."""
        scraps = self.root / "scraps"
        scraps.mkdir(exist_ok=True)
        program = self.program.with_environment(TMPDIR=str(scraps), EXAMPLES="off")
        return program.start("build", "--json", *self.arguments, *more)

    @property
    def arguments(self) -> tuple[str, ...]:
        """What a build of this world is told."""
        folders = ("--deliveries", str(self.deliveries), "--releases", str(self.releases))
        return folders if self.shipped else (*folders, "--no-shipped")

    def build(self, *more: str) -> Ran:
        """Build to the end."""
        return self.start_build(*more).wait()

    def command(self, name: str, *more: str) -> Running:
        """Start a command on the releases of this world."""
        return self.program.start(name, "--releases", str(self.releases), *more)

    def copy(self, root: Path) -> World:
        """Copy everything, so that it can be spoilt."""
        shutil.copytree(self.root, root, symlinks=True)
        return World(root, self.program, self.shipped, self.prints)

    def is_right(self, turn: int, *, commands_differ: bool = False) -> None:
        """See that the release that is served is that of a turn, in every table.

        Raises:
            AssertionError: With the tables that differ.
        """
        found = print_of(self.releases, self.current(), commands_differ=commands_differ)
        expected = {name: text for name, text in self.prints[turn].items()
                    if not commands_differ or name in found}  # fmt: skip
        wrong = differences(found, expected)
        assert not wrong, f"turn {turn} publishes something else in {', '.join(wrong)}"

    def nothing_left(self) -> None:
        """See that no killed command left anything behind.

        Raises:
            AssertionError: With what is left.
        """
        left = [
            entry.name
            for entry in self.releases.iterdir()
            if entry.name not in OWN_NAMES and not (entry / "release.json").is_file()
        ]
        work = self.releases / ".work"
        if work.is_dir():
            left += [entry.name for entry in work.iterdir() if entry.name != "work.duckdb"]
        left += [entry.name for entry in (self.root / "scraps").iterdir()]
        assert not left, f"left behind: {', '.join(left)}"


def undisturbed(root: Path, program: Program, turns: int, *, shipped: bool = False) -> World:
    """Build every turn with nothing in the way, and keep the folder as it was after the first.

    Args:
        root: A folder to make.
        program: What builds.
        turns: How many turns to build after the first.
        shipped: Whether to build all that ships too.

    Returns:
        The world after turn 0, which knows what every turn should publish.
    """
    root.mkdir(parents=True)
    first = World(root / "first", program, shipped)
    first.root.mkdir()
    if not shipped:
        first.deliver_examples()
    first.deliver(0)
    _built(first)
    prints = {0: print_of(first.releases, first.current())}
    ahead = first.copy(root / "ahead")
    for turn in range(1, turns + 1):
        ahead.deliver(turn)
        _built(ahead)
        prints[turn] = print_of(ahead.releases, ahead.current())
    shutil.rmtree(ahead.root)
    first.prints = prints
    return first


def _built(world: World) -> None:
    ran = world.build()
    assert ran.code == 0, ran.said
