"""What `disclosure.yaml` must look like: how each source is protected."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from warehouse.catalogue.schema import Code, Entry


class Minimum(Entry):
    """Of how many of one kind a value must be, before it may be shown."""

    entity: Code
    at_least: int = Field(ge=1)


class Together(Entry):
    """Indicators of which, in one place, all cells are hidden or none."""

    indicators: tuple[Code, ...] = Field(min_length=1)


class ToldCell(Entry):
    """A cell of any place, by what it says there."""

    indicator: Code
    base: Code
    category: Code = "all"


class ToldTwice(Entry):
    """Cells of one place of which all but one give the last."""

    cells: tuple[ToldCell, ...] = Field(min_length=2)
    """The first that is still shown is hidden to keep another company."""


class Disclosure(Entry):
    """How small numbers and names of one source are protected."""

    source: Code
    contributors: Code
    """Who stand behind a value: the kind of which the build counts the different ones."""
    minimum: tuple[Minimum, ...] = Field(min_length=1)
    """Per kind; `n_observed` is held against the kind that it counts."""
    largest_share: int | None = Field(default=None, ge=1, le=100)
    """A value of which one contributor makes more than this percentage is not shown."""
    rows: tuple[Literal["insurer", "region", "provider_group", "sector", "category"], ...]
    """The dimensions along which parts add up to a total that is published."""
    together: tuple[Together, ...] = ()
    """Where any is listed, every other indicator of the source is hidden as a whole as well."""
    told_twice: tuple[ToldTwice, ...] = ()
    """Numbers that can be worked out from those of other indicators, categories or bases."""
    confidential: tuple[Literal["insurer"], ...] = ()
    """Whose names stay out of the public edition: letters take their place."""
    public_drops: tuple[Literal["insurer+region"], ...] = ()
    """Breakdowns that only the staff edition has."""
    letter_counts: tuple[int, ...] = (10, 25, 50, 100, 250, 1000)
    """The numbers beside a letter are rounded down to one of these."""
