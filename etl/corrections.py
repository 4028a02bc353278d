"""Known errors of a supplier: what is printed, what it should be, and why we think so.

A correction changes nothing in a delivery. It says what must still stand there (`expect`);
when that is no longer so, somebody has to look at it again and the build stops.
"""

# Table and column names in the SQL below come from the database itself; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal

import duckdb
from pydantic import Field

from etl.column import Known, Name
from etl.contract import PROJECT, Contract
from etl.errors import Fault, RefusedError
from warehouse.catalogue.reading import Reader
from warehouse.catalogue.schema import Bilingual, Code, Entry

CORRECTIONS = PROJECT / "etl" / "corrections"


class Correction(Entry):
    """One known error in one or more figures."""

    id: Code
    figure_ids: Annotated[tuple[Code, ...], Field(min_length=1)]
    kind: Literal["value", "label", "text"]
    column: Name
    printed: Known
    should_be: Known
    expect: Known
    status: Literal["explained", "presumed"]
    reason: Bilingual
    source: Literal["ours", "supplier"]


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


def record_corrections(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    corrections: Mapping[str, Correction],
    places: Mapping[str, Place],
) -> list[Fault]:
    """Write the corrections beside the raw rows, and check that each still fits.

    Args:
        connection: Holds the raw layer, loaded.
        contracts: Tell which sources have figures.
        corrections: The corrections by id.
        places: Where each stands.

    Returns:
        A fault for each correction that no longer fits what was delivered.
    """
    faults: list[Fault] = []
    for correction in corrections.values():
        for figure_id in correction.figure_ids:
            place = places[correction.id]
            fault = _misfit(connection, contracts, correction, figure_id, place)
            if fault:
                faults.append(fault)
            connection.execute(
                "insert into raw.correction values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    correction.id, figure_id, correction.kind, correction.column,
                    correction.printed, correction.should_be, correction.status,
                    correction.reason.nl, correction.reason.en,
                ],
            )  # fmt: skip
    return faults


def _misfit(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    correction: Correction,
    figure_id: str,
    place: Place,
) -> Fault | None:
    parameters = {"correction": correction.id, "figure": figure_id, "name": correction.column}
    for contract in contracts.values():
        columns = {column.name: column for column in contract.terms.columns}
        if "figure_id" not in columns:
            continue
        column = columns.get(correction.column)
        chosen = f'"{column.name}"' if column else "figure_id"
        found = connection.execute(
            f'select {chosen} from raw."{contract.source}" where figure_id = ?', [figure_id]
        ).fetchone()
        if found is None:
            continue
        if column is None:
            return Fault(
                "correction_column_unknown",
                place.file,
                place.line,
                value=correction.column,
                parameters=parameters,
            )
        if _still_stands(found[0], correction.expect):
            return None
        now = f"{found[0].normalize():f}" if isinstance(found[0], Decimal) else found[0]
        return Fault(
            "correction_outdated",
            place.file,
            place.line,
            column=correction.column,
            value=None if now is None else str(now),
            parameters=parameters | {"wanted": correction.expect},
        )
    return Fault(
        "correction_figure_gone", place.file, place.line, value=figure_id, parameters=parameters
    )


def _still_stands(value: object, expect: str) -> bool:
    """Numbers must be equal, whatever their notation; a text must still hold the words."""
    if isinstance(value, Decimal | int):
        try:
            return Decimal(value) == Decimal(expect)
        except InvalidOperation:
            return False
    return value is not None and expect in str(value)
