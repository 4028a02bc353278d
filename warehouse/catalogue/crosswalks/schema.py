"""What every file of the crosswalks must look like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from warehouse.catalogue.schema import Bilingual, Code, Entry, Term, Words

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


def _parts(given: object) -> object:
    """Split a cell of a csv that holds several names: `Oisterwijk|Boxtel`."""
    return tuple(given.split("|")) if isinstance(given, str) else given


Names = Annotated[tuple[Words, ...], BeforeValidator(_parts)]


class Municipality(Entry):
    """A municipality of today: its names, and the region and province it counts for.

    A municipality that changes its region has two rows, the first with `until_year` and the
    second with `from_year`: years of costs, both included.
    """

    name: Words
    code: Code
    also_written: Names = ()
    region: Code
    province: Code
    from_year: int | None = None
    until_year: int | None = None
    since: Day | None = None
    """The day it came to be, where a merger in our facts made it."""

    @property
    def key(self) -> str:
        """What makes a row of the file one of its kind."""
        return f"{self.name}|{self.from_year or ''}"


class MunicipalityChange(Entry):
    """A municipality that is no more, and where it counts now.

    Without a successor it counts for its province only: it was divided over several regions.
    """

    name: Words
    also_written: Names = ()
    successor: Words | None = None
    parts_to: Names = ()
    """Municipalities that got a part of it, besides the successor."""
    province: Code | None = None
    date: Day
    kind: Literal["merged", "split"]


class CareGroup(Term):
    """A group of cost columns, with the sector of the site that it is about."""

    sector: Code | None = None


class CareType(Entry):
    """A cost column of a supplier, and its group."""

    cost_column: Code
    care_group: Code


class BreakText(Bilingual):
    """The words of a kind of break."""

    code: Code
