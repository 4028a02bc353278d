"""A copy of the program, so that nothing that is edited meanwhile counts, and its commands."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tests.conftest import PROJECT

LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "releases", "examples", "site", "docs", "tests", "benchmarks"
)
LONGEST = 300
"""Seconds after which a command is taken to hang."""


@dataclass
class Ran:
    """A command that has ended, with the steps that it told."""

    code: int
    out: str
    err: str
    steps: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def said(self) -> str:
        """Everything that an operator saw."""
        return self.out + self.err


@dataclass
class Program:
    """The program in a folder of its own."""

    folder: Path
    prefix: tuple[str, ...] = ()
    """What stands before Python on the command line, to run with fewer rights."""
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, *arguments: str) -> Running:
        """Start `python -m etl …` and listen to its steps."""
        return Running(
            subprocess.Popen(
                [*self.prefix, self.python, "-m", "etl", *arguments],
                cwd=self.folder,
                env=_clean_environment() | dict(self.environment),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )

    def run(self, *arguments: str) -> Ran:
        """Run `python -m etl …` to its end."""
        return self.start(*arguments).wait()

    def with_environment(self, **more: str) -> Program:
        """Give the same program with more in its environment."""
        return Program(self.folder, self.prefix, self.python, {**self.environment, **more})


class Running:
    """A command that is under way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Listen to a process from its start."""
        self.process = process
        self._started = monotonic()
        self._steps: list[tuple[str, float]] = []
        self._err: list[str] = []
        self._out: list[str] = []
        self._told = threading.Condition()
        self._ears = [
            threading.Thread(target=self._hear_steps, daemon=True),
            threading.Thread(target=self._hear_rest, daemon=True),
        ]
        for ear in self._ears:
            ear.start()

    def _hear_steps(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            step = _step(line)
            with self._told:
                if step is None:
                    self._err.append(line)
                else:
                    self._steps.append((step, monotonic() - self._started))
                self._told.notify_all()
        with self._told:
            self._steps.append(("", monotonic() - self._started))
            self._told.notify_all()

    def _hear_rest(self) -> None:
        assert self.process.stdout is not None
        self._out.extend(self.process.stdout)

    @property
    def step(self) -> str:
        """The last step that was told; blank before the first."""
        return next((step for step, _ in reversed(self._steps) if step), "")

    def until(self, wanted: str) -> bool:
        """Wait until a step is told that begins so; False when the command ended before."""
        with self._told:
            return self._told.wait_for(lambda: self._reached(wanted), LONGEST) and any(
                step.startswith(wanted) for step, _ in self._steps if step
            )

    def _reached(self, wanted: str) -> bool:
        return any(not step or step.startswith(wanted) for step, _ in self._steps)

    def let_go(self, seconds: float) -> None:
        """Let it run on for a while, or until it ends."""
        with self._told:
            self._told.wait_for(lambda: any(not step for step, _ in self._steps), seconds)

    def kill(self) -> bool:
        """Kill it, with all that it started; False when it had ended by itself."""
        alive = self.process.poll() is None
        if alive:
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.wait().code == -signal.SIGKILL

    def wait(self) -> Ran:
        """Wait for its end."""
        code = self.process.wait(LONGEST)
        for ear in self._ears:
            ear.join(LONGEST)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()
        steps = tuple(step for step, _ in self._steps if step)
        return Ran(code, "".join(self._out), "".join(self._err), steps, self._steps[-1][1])


def _step(line: str) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return str(found["step"]) if isinstance(found, dict) and "step" in found else None


def _clean_environment() -> dict[str, str]:
    """Give the environment without what would send a command elsewhere."""
    strange = {"DELIVERIES_DIR", "RELEASES_DIR", "EXAMPLES", "ETL_LANG", "EDITION"}
    return {name: value for name, value in os.environ.items() if name not in strange}


def copy_program(folder: Path) -> Program:
    """Copy the program as it stands now."""
    shutil.copytree(PROJECT, folder, ignore=_left_out)
    return Program(folder)


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Leave out what is no part of the program: at the top by name, below only caches."""
    top = Path(folder) == PROJECT
    left = LEFT_OUT(folder, names) if top else shutil.ignore_patterns("__pycache__")(folder, names)
    return left | ({"releases"} if Path(folder).name == "warehouse" else set())


def commands(program: Program) -> Sequence[str]:
    """List the commands that the program has."""
    shown = program.run("--help").out
    return [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
