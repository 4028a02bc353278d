"""Known errors in what was delivered: whose error it is, what it should be, and why we think so.

A printed error stays beside the printed value and changes nothing. An erratum of a supplier,
or an error of our own, may be applied: then the value is replaced where the raw rows are read,
and the row itself stays as it was delivered. Every correction says what must still stand there
(`expect`); when that is no longer so, somebody has to look at it again and the build stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from etl.column import Known, Name
from etl.contract import PROJECT
from etl.errors import Fault, RefusedError
from warehouse.catalogue.reading import Reader
from warehouse.catalogue.schema import Bilingual, Code, Entry, When

CORRECTIONS = PROJECT / "etl" / "corrections"

Error = Literal["printed_error", "supplier_erratum", "own_error"]
"""Who erred: the print, the supplier in what it delivered, or we when we typed or released it."""
PRINTED: Error = "printed_error"


class RowPlace(Entry):
    """A row of a source whose rows have no figure_id: its delivery and the columns of its key."""

    delivery: Known
    """As the build names it: source/period/file."""
    key: Annotated[Mapping[Name, str], Field(min_length=1)]
    """A value for every column of a unique key of the contract; "" where it is missing."""


class Marks(Entry):
    """The cells that rest on a corrected row; what is left out does not matter."""

    indicators: tuple[Code, ...] = ()
    sector_code: Code | None = None
    insurer_code: Code | None = None
    region_code: Code | None = None
    provider_group: Code | None = None
    period_year: int | None = None


class Correction(Entry):
    """One known error, in one or more figures or in one row."""

    id: Code
    error: Error
    figure_ids: tuple[Code, ...] = ()
    row: RowPlace | None = None
    kind: Literal["value", "label", "text"]
    column: Name
    printed: Known
    should_be: Known
    expect: Known
    apply: bool = False
    """Whether the value is replaced; a printed error never is."""
    marks: Marks = Marks()
    """Of a row: which of the cells of its delivery are told to be corrected."""
    status: Literal["explained", "presumed", "confirmed"]
    found_on: When
    reason: Bilingual
    source: Literal["ours", "supplier"]
    said_in: Known | None = None
    """Where a supplier says that it erred: an address or the name of a message."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.figure_ids) == (self.row is not None):
            wrong = 'give either "figure_ids" or "row"'
        elif self.apply and self.error == PRINTED:
            wrong = "a printed error is told beside the value and never applied"
        elif self.apply and self.kind != "value":
            wrong = 'only a correction of kind "value" can be applied'
        elif self.apply and self.expect != self.printed:
            wrong = 'an applied correction expects exactly what was delivered: "printed"'
        elif self.error == "supplier_erratum" and self.said_in is None:
            wrong = 'an erratum of a supplier needs "said_in": where the supplier says so'
        elif self.row is None and self.marks != Marks():
            wrong = '"marks" is for a "row": figures are known by their id'
        else:
            return self
        raise ValueError(wrong)


@dataclass(frozen=True)
class Place:
    """Where a correction stands."""

    file: str
    line: int


def load_corrections(
    folder: Path = CORRECTIONS,
) -> tuple[dict[str, Correction], dict[str, Place]]:
    """Read every file of corrections.

    Args:
        folder: Where they stand.

    Returns:
        The corrections, and the place of each, by id.

    Raises:
        RefusedError: A file is not a valid list of corrections.
    """
    reader = Reader((PROJECT if folder.is_relative_to(PROJECT) else folder) / "corrections")
    corrections: dict[str, Correction] = {}
    places: dict[str, Place] = {}
    for path in sorted(folder.glob("*.yaml")):
        for code, correction in reader.entries(path, Correction, "id").items():
            line = reader.lines[(reader.name(path), code)]
            if code in corrections:
                reader.report(path, line, f'id "{code}" is also in {places[code].file}')
            corrections[code] = correction
            places[code] = Place(reader.name(path), line)
    if reader.problems:
        raise RefusedError(
            [
                Fault(
                    "correction_wrong",
                    found.file,
                    found.line,
                    parameters={"problem": found.message},
                )
                for found in sorted(reader.problems)
            ]
        )
    return corrections, places
