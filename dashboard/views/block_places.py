"""What a page says of one place: a region or an insurer, beside all the others."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views.block_parts import Figure, KeyItem, Link


@dataclass(frozen=True)
class Strip:
    """One sign per place on a scale, with the sentence that says what its order is worth."""

    id: str
    title: str
    subtitle: str
    note: str
    alt: str
    figure: Figure
    figure_narrow: Figure
    height: int
    height_narrow: int


@dataclass(frozen=True)
class PlaceNumber:
    """A large number of one place, with what makes it readable: margin, n and comparison."""

    label: str
    value: str
    cell: str
    details: tuple[str, ...] = ()
    comparison: KeyItem | None = None
    """The shape and the words of the comparison with the whole country."""
    in_words: bool = False
    """Whether the value is no number but says why there is none."""


@dataclass(frozen=True)
class Place:
    """The chosen place beside a map or a chart; without a choice it says how to choose."""

    kicker: str
    name: str
    text: str = ""
    numbers: tuple[PlaceNumber, ...] = ()
    remark: str = ""
    """Why there is no number, in a sentence."""
    strip: Strip | None = None
    link: Link | None = None
