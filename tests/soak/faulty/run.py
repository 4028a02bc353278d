"""Make faulty files from good ones with hypothesis, and have the loader read every one."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from etl.contract import load_contracts
from etl.load import document_origins
from tests.conftest import PROJECT
from tests.soak.faulty.good import Sample, good_files
from tests.soak.faulty.in_bytes import BYTE_FAULTS
from tests.soak.faulty.in_names import NAME_FAULTS
from tests.soak.faulty.in_rows import ROW_FAULTS
from tests.soak.faulty.judge import Judge, Outcome

FAULTS = {**ROW_FAULTS, **BYTE_FAULTS, **NAME_FAULTS}
MOST_FAULTS = 3


@dataclass(frozen=True)
class Faulty:
    """A good file, the faults made in it, and the number that decides how."""

    good: Sample
    faults: tuple[str, ...]
    number: int
    lenient: bool
    """Whether the contract lets rows be rejected."""

    def sample(self) -> Sample:
        """Make the file; the same every time."""
        random = Random(self.number)  # noqa: S311 - made up, not secret
        sample = self.good
        for name in self.faults:
            sample = FAULTS[name](sample, random)
        return sample

    def __repr__(self) -> str:
        """Name what is needed to make the file again."""
        good = f"{self.good.source}/{self.good.period}/{self.good.name}"
        may = ", rows may be rejected" if self.lenient else ""
        return f"{good} with {', '.join(self.faults)} by number {self.number}{may}"


@dataclass
class Faults:
    """What became of all files."""

    files: int = 0
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Files by first fault and outcome."""
    sources: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Files by source and outcome."""
    codes: Counter[str] = field(default_factory=Counter)
    """Files by the codes of the faults that were told."""
    counted: int = 0
    """Files of which a plain reader counted the same rows."""

    def note(self, faulty: Faulty, outcome: Outcome) -> None:
        """Add one file."""
        self.files += 1
        self.kinds[faulty.faults[0], outcome.kind] += 1
        self.sources[faulty.good.source, outcome.kind] += 1
        self.codes.update(set(outcome.codes))
        self.counted += outcome.counted

    def to_json(self) -> dict[str, Any]:
        """Write the counts so that another process can read them."""
        return {
            "files": self.files,
            "counted": self.counted,
            "kinds": [[*key, count] for key, count in self.kinds.items()],
            "sources": [[*key, count] for key, count in self.sources.items()],
            "codes": [[key, count] for key, count in self.codes.items()],
        }

    def add(self, other: dict[str, Any]) -> None:
        """Add the counts of another process."""
        self.files += other["files"]
        self.counted += other["counted"]
        for fault, outcome, count in other["kinds"]:
            self.kinds[fault, outcome] += count
        for source, outcome, count in other["sources"]:
            self.sources[source, outcome] += count
        for code, count in other["codes"]:
            self.codes[code] += count


@contextmanager
def judging() -> Iterator[tuple[Judge, tuple[Sample, ...]]]:
    """Give the loader's judge and the good files, with a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        judge = Judge(folder / "deliveries", load_contracts(), document_origins())
        yield judge, good_files(folder / "good")


def faulty_files(goods: tuple[Sample, ...]) -> st.SearchStrategy[Faulty]:
    """Draw a good file, one to three faults, and a number that decides how they are made."""
    names = st.lists(st.sampled_from(list(FAULTS)), min_size=1, max_size=MOST_FAULTS)
    return st.builds(
        Faulty, st.sampled_from(goods), names.map(tuple), st.integers(0, 2**32 - 1), st.booleans()
    )


def run_faulty_files(
    count: int, *, number: int, told: Callable[[str], None] = lambda _: None
) -> Faults:
    """Make so many faulty files and judge each.

    Args:
        count: How many.
        number: The seed.
        told: Given a line now and then.

    Returns:
        The counts.

    Raises:
        AssertionError: With the smallest file that the loader does not take in well.
    """
    found = Faults()
    with judging() as (judge, goods):
        for good in goods:
            outcome = judge.outcome(good)
            assert outcome.kind == "loaded", f"{good.name} is not good: {outcome.codes}"
            assert outcome.counted, f"nobody counted the rows of {good.name}"

        @seed(number)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(faulty=faulty_files(goods))
        def every_file(faulty: Faulty) -> None:
            found.note(faulty, judge.outcome(faulty.sample(), lenient=faulty.lenient))
            if found.files % 500 == 0:
                told(f"{found.files} faulty files")

        every_file()
    assert found.files >= count, f"{found.files} files were made, not {count}"
    return found


def run_in_processes(count: int, *, number: int, processes: int = 2) -> Faults:
    """Have processes of their own each judge a share; all of them must end well.

    Args:
        count: How many files in all.
        number: The seed of the first process; each next one has the next number.
        processes: How many.
    """
    share = -(-count // processes)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.faulty", str(share), str(number + place)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place in range(processes)
    ]
    found = Faults()
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0, err[-4000:]
        found.add(json.loads(out.splitlines()[-1]))
    return found
