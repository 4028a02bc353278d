"""Write what a soak came to, in the form of the other reports."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from tests.soak.kills import Kills
from tests.soak.misplaced import Misplaced
from tests.soak.parts import Found, Scale

OUTCOMES = ("loaded", "loaded in part", "refused")


def report(found: Found, scale: Scale, seed: int) -> str:
    """Write the report.

    Args:
        found: What came of each part.
        scale: How much was done.
        seed: By which number; the same number makes the same faults.
    """
    lines = ["# Soak", "", *_head(found, scale, seed)]
    for title, kills in (
        ("Killed builds, small deliveries", found.kills),
        ("Killed builds, all that ships", found.shipped),
    ):
        if kills:
            lines += ["", f"## {title}", "", *_kills(kills)]
    if found.disks:
        lines += ["", "## A full disk", "", *_disks(found)]
    for title, misplaced in (
        ("Something in the way", found.in_the_way),
        ("Rights taken away", found.without_rights),
    ):
        if misplaced:
            lines += ["", f"## {title}", "", *_misplaced(misplaced)]
    if found.together:
        lines += ["", "## Two commands at once", ""]
        lines += _table(("pair", "times"), sorted(found.together.pairs.items()))
    if found.files:
        lines += ["", "## Faulty files", "", *_files(found)]
    return "\n".join(lines) + "\n"


def _head(found: Found, scale: Scale, seed: int) -> Iterator[str]:
    served = _served(found)
    kinds = Counter(
        "csv" if "/csv/" in path else "/gezond" if path == "/gezond" else "page"
        for path in served.elements()
    )
    minutes = found.minutes
    yield f"{datetime.now(UTC):%Y-%m-%d}, scale {scale.name}, seed {seed}, {minutes:.0f} minutes."
    yield (
        f"Python {platform.python_version()}, DuckDB {version('duckdb')},"
        f" hypothesis {version('hypothesis')}, gunicorn {version('gunicorn')},"
        f" {platform.system()}, {platform.machine()}."
    )
    yield ""
    if found.failures:
        yield "**Not everything held.**"
        yield ""
        for part, why in found.failures.items():
            yield f"- {part}: {why.splitlines()[0] if why else 'failed'}"
    else:
        yield "Everything held."
    yield ""
    told = ", ".join(f"{count:,} × {kind}" for kind, count in sorted(kinds.items()))
    failed = "see above" if found.failures else "0"
    yield f"Requests served meanwhile: {served.total():,} ({told or 'none'}); failed: {failed}."
    yield ""
    yield "Each release after a fault is compared with that of an undisturbed run, table by table,"
    yield "without build time and release id. `make soak SEED=…` does the same with other numbers."


def _served(found: Found) -> Counter[str]:
    parts = (found.kills, found.shipped, found.together)
    return sum((part.served for part in parts if part), Counter[str]())


def _kills(kills: Kills) -> Iterator[str]:
    yield (
        f"{kills.kills} builds killed with SIGKILL; {kills.builds} next builds, after one to four"
        f" kills in a row, were right and left nothing behind. {kills.switched} kills came after"
        f" the switch: then the new release was served, whole. {kills.too_late} builds were done"
        " before their kill came and do not count."
    )
    yield ""
    yield from _table(("step reached", "kills"), kills.steps.most_common())
    if kills.commands:
        yield ""
        yield "Other commands that were killed; the site served one whole release or the other:"
        yield ""
        yield from _table(("command", "kills"), sorted(kills.commands.items()))


def _disks(found: Found) -> Iterator[str]:
    rows = [
        (disks.how, disks.full, disks.enough, disks.builds,
         ", ".join(f"{step} {count}" for step, count in disks.steps.most_common()))
        for disks in found.disks
    ]  # fmt: skip
    yield from _table(
        ("how", "stopped with a sentence", "had enough", "right once there was room", "stopped at"),
        rows,
    )


def _misplaced(misplaced: Misplaced) -> Iterator[str]:
    if misplaced.user:
        yield f"The builds ran as {misplaced.user}."
        yield ""
    yield f"{misplaced.builds} builds were right once the way was free."
    yield ""
    yield from _table(("in the way", "exit code"), sorted(misplaced.codes.items()))
    if misplaced.absent:
        yield ""
        yield f"Not there, so not tried: {', '.join(misplaced.absent)}."


def _files(found: Found) -> Iterator[str]:
    files = found.files
    if files is None:
        return
    yield (
        f"{files.files:,} faulty files made from good ones of every contract, each given to `build`"
        " and to `check`, half of them with a contract that lets rows be rejected. Every one ended"
        " in rows loaded + rows rejected = rows read, or in a refusal with a sentence in Dutch and"
        f" in English. Of {files.counted:,} a plain reader counted the rows too, and found as many."
    )
    yield ""
    yield from _table(("fault (the first of one to three)", *OUTCOMES), _outcomes(files.kinds))
    yield ""
    yield from _table(("source", *OUTCOMES), _outcomes(files.sources))
    yield ""
    yield from _table(("what was told", "files"), files.codes.most_common())


def _outcomes(counts: Mapping[tuple[str, str], int]) -> list[Sequence[object]]:
    names = sorted({name for name, _ in counts})
    return [(name, *(counts.get((name, outcome), 0) for outcome in OUTCOMES)) for name in names]


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'|'.join('---' for _ in header)}|"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
