"""What was served when: `history.jsonl`, one line per moment at which readers got a release."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.keeping import now

HISTORY = "history.jsonl"


@dataclass(frozen=True)
class Publication:
    """A moment at which a release became the served one."""

    at: str
    action: str
    release_id: str
    why: str = ""
    who: str = ""


def read_history(root: Path) -> list[Publication]:
    """Return all moments in the order of the file; lines that cannot be read are left out."""
    file = root / HISTORY
    if not file.is_file():
        return []
    entries: list[Publication] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # A line cut short by a lost machine; mend_history() makes up for it.
        if isinstance(entry, dict) and entry.get("release_id"):
            names = ("at", "action", "release_id", "why", "who")
            entries.append(Publication(*(str(entry.get(name) or "") for name in names)))
    return entries


def append_history(root: Path, action: str, release_id: str | None) -> None:
    """Write down that a release became the served one. Call it while holding the lock."""
    entry = {"at": now(), "action": action, "release_id": release_id}
    file = root / HISTORY
    cut_short = file.is_file() and not file.read_bytes().endswith(b"\n")
    with file.open("a", encoding="utf-8") as handle:
        handle.write(("\n" if cut_short else "") + json.dumps(entry) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def way_back(root: Path) -> list[str]:
    """Replay the history: the releases one can go back through, the present one last."""
    stack: list[str] = []
    for entry in read_history(root):
        if entry.action == "rollback" and entry.release_id in stack:
            while stack[-1] != entry.release_id:
                stack.pop()
        elif not stack or stack[-1] != entry.release_id:
            stack.append(entry.release_id)
    return stack
