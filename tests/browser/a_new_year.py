"""The commands of docs/a-new-year.md, to be carried out one by one in a folder of a test."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = PROJECT / "docs" / "a-new-year.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OURS = ("python -m etl ", "rm -r ~/oefening/", "cp -r ~/oefening/")


def commands() -> list[str]:
    """List what the guide has an operator type, in its order."""
    text = GUIDE.read_text(encoding="utf-8")
    return [
        line.removeprefix("$ ")
        for block in _BLOCK.findall(text)
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


@dataclass
class Operator:
    """Somebody who types the commands of the guide, in a home of their own."""

    home: Path
    at: int = 0
    """Which command comes next."""

    @property
    def releases(self) -> Path:
        """The folder of releases that the guide chooses."""
        return self.home / "oefening" / "uitgaven"

    @property
    def deliveries(self) -> Path:
        """The folder of deliveries that the guide chooses."""
        return self.home / "oefening" / "leveringen"

    def type_next(self, begins: str, **names: str) -> subprocess.CompletedProcess[str]:
        """Carry out the next command of the guide.

        Args:
            begins: How that command begins; another one means that the guide has changed.
            **names: What the words in capitals stand for.
        """
        every = [one for one in commands() if one.startswith(_OURS)]
        command = every[self.at]
        self.at += 1
        assert command.startswith(begins), f"the guide says {command!r} here"
        for word, name in names.items():
            command = command.replace(word, name)
        typed = re.sub(r"^python\b", shlex.quote(sys.executable), command)
        environment = os.environ | {
            "HOME": str(self.home),
            "RELEASES_DIR": str(self.releases),
            "DELIVERIES_DIR": str(self.deliveries),
        }
        return subprocess.run(
            ["bash", "-c", typed],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def is_done(self) -> bool:
        """Tell whether every command of the guide was typed."""
        return self.at == len([one for one in commands() if one.startswith(_OURS)])
