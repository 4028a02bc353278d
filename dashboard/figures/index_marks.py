"""What an index figure reads from a mark that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.figures.frame import Mark


def year(mark: Mark) -> int:
    """The year of a mark that is drawn."""
    return int(mark.x or 0)


def value(mark: Mark) -> float:
    """The value of a mark that is drawn."""
    return mark.value or 0.0


def side_words(mark: Mark) -> str:
    """What stands behind a value at the side: its year, and its state where it has one."""
    return " ".join(part for part in (mark.x_label or str(year(mark)), mark.detail) if part)


def short_words(marks: Sequence[Mark]) -> str:
    """Tells a year on one line: its value, and between brackets what it was before."""
    now = [mark for mark in marks if mark.status != "superseded"]
    before = [_with_detail(mark) for mark in marks if mark.status == "superseded"]
    before += [mark.first_label for mark in now if mark.first is not None and mark.first_label]
    head = ", ".join(map(_with_detail, now)) or before.pop(0)
    told = f"{marks[0].x_label or year(marks[0])}: {head}"
    return f"{told} ({', '.join(before)})" if before else told


def _with_detail(mark: Mark) -> str:
    return f"{mark.label} {mark.detail}".strip()


class SideRow(NamedTuple):
    """A value at the right of a panel, the words behind it, and the value it stands at."""

    label: str
    words: str
    height: float


def side_rows(marks: Sequence[Mark]) -> list[SideRow]:
    """Makes a row of every mark, and one of the value that was first published there."""
    rows = [SideRow(mark.label, side_words(mark), value(mark)) for mark in marks]
    rows += [
        SideRow("", f"{mark.x_label or year(mark)} {mark.first_label}", mark.first)
        for mark in marks
        if mark.first is not None and mark.first_label
    ]
    return rows
