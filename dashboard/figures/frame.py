"""The tidy frame that every figure takes, read into typed marks.

A figure needs only the columns it names; the others may be absent and count as empty:

- `series`, `series_label`: code (for colour and marker) and the name that is printed.
- `x`, `x_label`: year, or a place in an order, and how it is printed.
- `value`, `low`, `high`, `ci_low`, `ci_high`: numbers; missing stays missing.
- `first`: the value that was first published, where that was another one.
- `first_label`: that value in words ("eerst 3,91%").
- `kind`: point, bound_low (the value is more than `low`), bound_high (less than `high`),
  range, image (the source has only a picture), statement (of a party), suppressed (too few
  to show), none (no mark).
- `label`: the value as text, already in the reader's notation ("9,0%", "ruim 6%").
- `detail`: a second line in grey ("volgens ZN", "vervangen").
- `n_label`: "9 van 52".
- `group`: points that may share a line; an empty group is a group like any other.
- `status`: final, provisional, superseded or corrected.
- `voice`: who says so.
- `heading`, `row_label`: heading of a block of rows, and name of a row where that is not
  `series_label`.
- `sector`: gives the colour, where `series` is not a sector.
- `selected`: draws this mark as the chosen one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

KINDS: Final = frozenset(
    {"point", "bound_low", "bound_high", "range", "image", "statement", "suppressed", "none"}
)
STATUSES: Final = frozenset({"final", "provisional", "superseded", "corrected"})

_TEXT: Final = (
    "series",
    "series_label",
    "x_label",
    "kind",
    "label",
    "detail",
    "n_label",
    "group",
    "status",
    "voice",
    "heading",
    "row_label",
    "sector",
    "first_label",
)
_NUMBERS: Final = ("x", "value", "low", "high", "ci_low", "ci_high", "first")


class FigureFrameError(ValueError):
    """A frame that a figure cannot draw without guessing."""

    def __init__(self, figure: str, problem: str) -> None:
        """Name the figure and what is wrong with its frame."""
        super().__init__(f"{figure}: {problem}")


@dataclass(frozen=True)
class Mark:
    """One row of the frame; see the module for what each field means."""

    series: str = ""
    series_label: str = ""
    x: float | None = None
    x_label: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    first: float | None = None
    kind: str = "point"
    label: str = ""
    detail: str = ""
    n_label: str = ""
    group: str = ""
    status: str = "final"
    voice: str = ""
    heading: str = ""
    row_label: str = ""
    sector: str = ""
    first_label: str = ""
    selected: bool = False

    @property
    def limit(self) -> float | None:
        """The limit that a bound states; `value` serves where low or high is left empty."""
        end = {"bound_low": self.low, "bound_high": self.high}.get(self.kind)
        return self.value if end is None else end

    @property
    def hover(self) -> str:
        """What a pointer reads: name and place, then the value."""
        when = "" if self.x_label in self.row_label else self.x_label
        place = ", ".join(part for part in (self.heading, self.row_label, when) if part)
        value = " ".join(part for part in (self.label, self.n_label) if part)
        return ": ".join(part for part in (place, value) if part)


Points = pd.DataFrame | Sequence["Mark"]
"""What a figure takes: a tidy frame, or the marks that were read from one before."""


def read_marks(points: Points, figure: str, required: Collection[str]) -> list[Mark]:
    """Reads a tidy frame into marks, in the order of the frame.

    Args:
        points: The frame; columns as in the module's description. Marks are taken as they are.
        figure: Name of the figure, for the error message.
        required: Columns without which the figure says nothing.

    Raises:
        FigureFrameError: A required column is absent, or a kind or status is unknown.
    """
    if not isinstance(points, pd.DataFrame):
        return list(points)
    missing = sorted(set(required) - set(points.columns))
    if missing:
        present = ", ".join(map(str, points.columns))
        problem = f"the frame has no column {', '.join(missing)}; it has {present}."
        raise FigureFrameError(figure, problem)
    return marks_of(points.to_dict("records"), figure)


def marks_of(rows: Iterable[Mapping[Any, Any]], figure: str) -> list[Mark]:
    """Reads plain rows with the fields of a frame into marks.

    Raises:
        FigureFrameError: A kind or status is unknown.
    """
    marks = [_mark(row) for row in rows]
    for mark in marks:
        if mark.kind not in KINDS:
            problem = f"kind {mark.kind!r} is unknown; known are {', '.join(sorted(KINDS))}."
            raise FigureFrameError(figure, problem)
        if mark.status not in STATUSES:
            problem = f"status {mark.status!r} is unknown; known are {', '.join(sorted(STATUSES))}."
            raise FigureFrameError(figure, problem)
    return marks


def _mark(row: Mapping[Any, Any]) -> Mark:
    fields: dict[str, Any] = {name: _text(row.get(name)) for name in _TEXT}
    fields |= {name: _number(row.get(name)) for name in _NUMBERS}
    fields["kind"] = fields["kind"] or "point"
    fields["status"] = fields["status"] or "final"
    fields["row_label"] = fields["row_label"] or fields["series_label"]
    selected = row.get("selected")
    return Mark(**fields, selected=not _blank(selected) and bool(selected))


def _blank(value: Any) -> bool:  # noqa: ANN401
    if value is None or isinstance(value, float):
        return value is None or math.isnan(value)
    return not isinstance(value, str | int) and bool(pd.isna(value))


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    return "" if _blank(value) else str(value)


def _number(value: Any) -> float | None:  # noqa: ANN401
    if value is None:
        return None
    if _blank(value) or isinstance(value, str):
        return None
    return float(value)


def waiting_meta(marks: Iterable[Mark]) -> str:
    """Says for the key of a chart whether a trace of markers has open, provisional ones."""
    return "provisional" if any(mark.status == "provisional" for mark in marks) else ""
