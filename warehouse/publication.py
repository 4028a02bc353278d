"""What was served when: `history.jsonl`, one line per moment at which readers got a release.

A switch is announced in `.switching.json` before it is made and written down after it. So of a
process that dies between the two nothing is lost: who comes next finds the announcement, sees
whether the switch was made, and writes the line or drops it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from warehouse.keeping import now, replace_with
from warehouse.store_errors import TimeOrderError, WrongKindError

HISTORY = "history.jsonl"
SWITCHING = ".switching.json"

Action = Literal["build", "publish", "switch", "rollback"]
"""How a release became the served one: by being built, by being published afterwards, by being
named after it had been served before, or by going back to it."""


@dataclass(frozen=True)
class Publication:
    """A moment at which a release became the served one; `at` is an ISO time in UTC."""

    at: str
    action: str
    release_id: str
    why: str = ""
    who: str = ""


@dataclass(frozen=True)
class Span:
    """A release, from the moment it became the served one until another did."""

    release_id: str
    served_from: str
    """An ISO time in UTC."""
    served_until: str | None
    """None where it is served now."""
    action: str
    """How it became the served one."""
    why: str = ""
    who: str = ""
    withdrawn_at: str | None = None
    """When a rollback took it back; also of a release further on that was replaced by then."""
    withdrawn_why: str = ""
    withdrawn_by: str = ""


def read_history(root: Path) -> list[Publication]:
    """Return all moments in the order of the file; what cannot be read is left out.

    Readers go on without it. Who builds, switches or tells of releases looks first whether it
    can be read: see `check_readable`.
    """
    try:
        lines = (root / HISTORY).read_bytes().splitlines()
    except OSError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def check_readable(root: Path) -> None:
    """Refuse to take a history that cannot be read for one in which nothing stands.

    Raises:
        WrongKindError: It is a folder.
        OSError: It is there and cannot be read.
    """
    try:
        (root / HISTORY).read_bytes()
    except FileNotFoundError:
        return
    except IsADirectoryError as error:
        raise WrongKindError(root / HISTORY, "file", "folder") from error


def served_spans(root: Path, served: str | None = None) -> list[Span]:
    """Tell which release was served from when until when, the oldest first.

    A release that was served twice has two spans; spans follow on each other without a gap.
    `withdrawn_at` is set where a rollback took a release back and it was not served again since.

    Args:
        root: The folder of releases.
        served: The release that is served now, if that is known: of a switch that nobody could
            write down yet the announcement counts.
    """
    moments = read_history(root)
    if served is not None and (not moments or moments[-1].release_id != served):
        announced = read_announcement(root)
        known = announced is not None and announced.release_id == served
        moments.append(announced if announced and known else Publication(now(), "build", served))
    starts: list[Publication] = []
    for one in moments:
        if not starts or starts[-1].release_id != one.release_id:
            starts.append(one)
    taken_back = _taken_back(moments)
    spans = []
    for position, one in enumerate(starts):
        until = starts[position + 1].at if position + 1 < len(starts) else None
        back = taken_back.get(one.release_id)
        spans.append(
            Span(
                one.release_id, one.at, until, one.action, one.why, one.who,
                back.at if back else None, back.why if back else "", back.who if back else "",
            )
        )  # fmt: skip
    return spans


def way_back(root: Path) -> list[str]:
    """Replay the history: the releases one can go back through, the present one last."""
    stack: list[str] = []
    for entry in read_history(root):
        _step(stack, entry)
    return stack


def check_order(root: Path, at: datetime) -> None:
    """Refuse a moment before the last one: what was known when follows from their order.

    Raises:
        TimeOrderError: Something was published later than this.
    """
    moments = read_history(root)
    if moments and (last := _moment(moments[-1].at)) is not None and at < last:
        raise TimeOrderError(at, last, moments[-1].release_id)


def next_moment(root: Path) -> datetime:
    """Give the moment to write down for what happens now: never before the last one.

    Who gave a moment too late once, or whose clock ran ahead, can still go back.
    """
    present = datetime.now(UTC)
    moments = read_history(root)
    last = _moment(moments[-1].at) if moments else None
    return present if last is None else max(present, last)


def announce(root: Path, publication: Publication) -> None:
    """Say which switch is about to be made. Call it while holding the lock."""
    replace_with(root / SWITCHING, json.dumps(asdict(publication), ensure_ascii=False) + "\n")


def read_announcement(root: Path) -> Publication | None:
    """Return the switch that was announced and not yet written down, if any."""
    try:
        return _read((root / SWITCHING).read_bytes())
    except OSError:
        return None


def write_down(root: Path, publication: Publication) -> None:
    """Append a moment to the history, once. Call it while holding the lock."""
    moments = read_history(root)
    if not moments or moments[-1] != publication:
        file = root / HISTORY
        cut_short = file.is_file() and file.stat().st_size > 0 and not _ends_whole(file)
        line = json.dumps(asdict(publication), ensure_ascii=False) + "\n"
        with file.open("a", encoding="utf-8") as handle:
            handle.write(("\n" if cut_short else "") + line)
            handle.flush()
            os.fsync(handle.fileno())
    (root / SWITCHING).unlink(missing_ok=True)


def _ends_whole(file: Path) -> bool:
    with file.open("rb") as handle:
        handle.seek(-1, os.SEEK_END)
        return handle.read(1) == b"\n"


def _step(stack: list[str], entry: Publication) -> list[str]:
    """Go one moment on along the way back; returns what a rollback took off it."""
    taken: list[str] = []
    if entry.action == "rollback" and entry.release_id in stack:
        while stack[-1] != entry.release_id:
            taken.append(stack.pop())
    elif not stack or stack[-1] != entry.release_id:
        stack.append(entry.release_id)
    return taken


def _taken_back(moments: list[Publication]) -> dict[str, Publication]:
    """Give per release the rollback that took it back, unless it was served again since."""
    stack: list[str] = []
    found: dict[str, Publication] = {}
    for entry in moments:
        found.update(dict.fromkeys(_step(stack, entry), entry))
        found.pop(entry.release_id, None)
    return found


def _read(line: bytes) -> Publication | None:
    try:
        entry = json.loads(line.decode("utf-8"))
    except ValueError:
        return None  # A line cut short by a lost machine; the announcement makes up for it.
    if not isinstance(entry, dict) or not entry.get("release_id"):
        return None
    names = ("at", "action", "release_id", "why", "who")
    return Publication(*(str(entry.get(name) or "") for name in names))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
