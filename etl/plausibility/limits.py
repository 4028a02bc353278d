"""The limits beyond which a delivery is called implausible, as `limits.yaml` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from etl.column import Name
from warehouse.catalogue.reading import read_yaml
from warehouse.catalogue.schema import Entry

FILE = Path(__file__).with_name("limits.yaml")


class Scale(Entry):
    """When a column is of another scale than before."""

    powers: tuple[int, ...]
    margin: float
    same: float
    spread: float
    least_codes: int


class Part(Entry):
    """When a part of a column is of another scale than the rest."""

    least_rows: int
    margin: float
    least_share: float
    spread: float
    most_codes: float


class Swapped(Entry):
    """When two columns have changed places."""

    least_codes: int
    nearer: float
    least_gap: float


class Codes(Entry):
    """When a code counts as gone."""

    least_rows: int
    least_answer: float
    least_share: float
    most_open: int
    found_back: float
    least_total: float


class Rows(Entry):
    """When there are too many rows, or too few."""

    least: int
    doubled: tuple[float, float]
    too_few: float


class Total(Entry):
    """When a total is out of line, as a factor."""

    stop: float
    look: float
    others: float
    least_filled: float


class Percent(Entry):
    """When shares and percentages are told apart."""

    least_rows: int


class Figure(Entry):
    """When one figure has its digits moved."""

    margin: float


class Siblings(Entry):
    """Which rows of single figures belong together."""

    by: tuple[Name, ...]
    value: Name


class Whole(Entry):
    """Shares that together make a whole."""

    by: tuple[Name, ...]
    value: Name
    whole: float
    tolerance: float


class Limits(Entry):
    """All limits."""

    scale: Scale
    part: Part
    swapped: Swapped
    codes: Codes
    rows: Rows
    total: Total
    percent: Percent
    figure: Figure
    entities: tuple[Name, ...]
    open_codes: tuple[Name, ...]
    year_columns: tuple[Name, ...]
    siblings: Mapping[Name, Siblings]
    wholes: Mapping[Name, Whole]


@cache
def limits() -> Limits:
    """Read the limits."""
    return Limits.model_validate(read_yaml(FILE))
