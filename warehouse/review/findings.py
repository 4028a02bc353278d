"""What a comparison of two releases finds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CellChange:
    """A cell that differs between the served release and the new one."""

    cell_id: str
    indicator_id: str
    sector_code: str
    period_year: int | None
    insurer_code: str
    region_code: str
    provider_group: str
    category: str
    base: str
    evidence: str
    source_id: str
    unit: str | None
    decimals: int | None
    old_delivery_id: str | None
    old_value: float | None
    old_low: float | None
    old_high: float | None
    old_status: str | None
    new_value: float | None
    new_low: float | None
    new_high: float | None
    new_status: str | None
    new_delivery_id: str | None
    kind: str
    """new, gone, hidden, freed, changed, status (only that), beside (counts, margin, caveats)."""
    is_new_year: bool
    """Whether the indicator had no cell of this year or a later one yet."""
    size: float | None
    """The difference: in points for a percentage, else as a percentage of the old value."""


@dataclass(frozen=True)
class Count:
    """How many cells of an indicator and year became what."""

    indicator_id: str
    evidence: str
    period_year: int | None
    is_new_year: bool
    kind: str
    unit: str | None
    cells: int
    hidden: int
    """How many of them are hidden in the new release."""
    largest: float | None
    middle: float | None


@dataclass(frozen=True)
class DeliveryChange:
    """What became of a delivery: new, gone, changed or same."""

    delivery_id: str
    source_id: str
    period: str
    file: str
    is_invented: bool
    old_digest: str | None
    new_digest: str | None
    old_rows: int | None
    new_rows: int | None
    kind: str


@dataclass(frozen=True)
class Gone:
    """Published cells that are not there any more, and what took them away."""

    delivery_id: str
    file: str
    cause: str
    """delivery_gone, delivery_changed, delivery_added, or rules."""
    is_invented: bool
    cells: int
    indicators: tuple[str, ...]
    example: str
    """The first of the cells."""


@dataclass(frozen=True)
class Outlier:
    """A change far outside those seen before; all in points, or as percentages."""

    cell: CellChange
    steps: int
    """How many earlier changes it was held against."""
    reference: float
    """What it changed from: the value served before, or that of the year before."""
    reference_year: int
    usual: float
    limit_low: float
    limit_high: float
    step: float
    times: float
    """How many times the distance that is still ordinary."""


@dataclass(frozen=True)
class Outliers:
    """The changes that were judged, those that could not be, and those that stand out."""

    count: int
    judged: int
    undetermined: int
    found: tuple[Outlier, ...]


@dataclass(frozen=True)
class Told:
    """A hidden cell that two releases together give away."""

    dimension: str
    whole: str
    evidence: str
    cell_id: str
    once_shown: int
    """How many other hidden cells of its row the served release showed."""


@dataclass(frozen=True)
class Reject:
    """A cell for which a row was left out, with the reason in both languages."""

    delivery_id: str
    file: str
    line: int | None
    column_name: str | None
    value: str | None
    expected: str
    message: str
    expected_en: str
    message_en: str
