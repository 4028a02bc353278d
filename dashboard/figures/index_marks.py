"""What an index figure reads from a mark that is drawn."""

from __future__ import annotations

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
