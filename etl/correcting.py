"""Hold corrections against what was delivered, and replace the values of those that apply.

The one place where a delivered value is replaced: the view over the rows of a source, which is
what staging reads. The tables under it keep every row as it was delivered.
"""

# Table and column names in the SQL below come from contracts and deliveries; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

import duckdb

from etl.column import Column
from etl.contract import Contract
from etl.corrections import Correction, Place
from etl.errors import Fault, Parameter
from etl.raw import RAW_TYPES, Fix, make_view

FIGURE = "figure_id"


@dataclass(frozen=True)
class Target:
    """One row that a correction is about."""

    contract: Contract
    key: Mapping[str, str]
    delivery: str | None = None
    """The file it stands in; None where the key says enough."""

    @property
    def figure(self) -> str | None:
        """The figure of the row, where the source has figures."""
        return self.key.get(FIGURE)

    @property
    def told(self) -> str:
        """The row in words of its own."""
        return self.figure or ", ".join(f"{name}: {value}" for name, value in self.key.items())


@dataclass(frozen=True)
class _Row:
    """What a target was found to hold."""

    delivery: str
    line: int
    value: object


@dataclass
class Correcting:
    """The work of one build: corrections in, faults and replaced values out."""

    connection: duckdb.DuckDBPyConnection
    contracts: Mapping[str, Contract]
    corrections: Mapping[str, Correction]
    places: Mapping[str, Place]
    faults: list[Fault] = field(default_factory=list)
    fixes: dict[str, list[Fix]] = field(default_factory=dict)
    taken: dict[tuple[object, ...], list[Correction]] = field(default_factory=dict)

    def run(self) -> list[Fault]:
        """Check and record every correction; apply them when all fit.

        Returns:
            A fault for each correction that does not fit what was delivered.
        """
        for correction in self.corrections.values():
            for target in self._targets(correction):
                self._take(correction, target)
        if not self.faults:
            for source, fixes in self.fixes.items():
                make_view(self.connection, self.contracts[source], fixes)
        return self.faults

    def _targets(self, correction: Correction) -> list[Target]:
        """Find the rows that a correction is about, or say why they cannot be."""
        if correction.row is not None:
            return self._row_target(correction)
        found = []
        for figure in correction.figure_ids:
            contract = self._source_of(figure)
            if contract is None:
                self._report("correction_figure_gone", correction, figure)
            else:
                found.append(Target(contract, {FIGURE: figure}))
        return found

    def _source_of(self, figure: str) -> Contract | None:
        for contract in self.contracts.values():
            names = {column.name for column in contract.terms.columns}
            if (
                FIGURE in names
                and self.connection.execute(
                    f'select 1 from raw."{contract.source}" where {FIGURE} = ?', [figure]
                ).fetchone()
            ):
                return contract
        return None

    def _row_target(self, correction: Correction) -> list[Target]:
        row = correction.row
        if row is None:
            return []
        deliveries = [
            str(name)
            for (name,) in self.connection.execute(
                "select delivery_id from raw.delivery order by delivery_id"
            ).fetchall()
        ]
        contract = self.contracts.get(row.delivery.split("/")[0])
        if contract is None or row.delivery not in deliveries:
            near = get_close_matches(row.delivery, deliveries, n=3, cutoff=0.5)
            self._report("correction_delivery_gone", correction, row.delivery, {"near": near})
            return []
        keys = [sorted(key.columns) for key in contract.terms.unique]
        if sorted(row.key) not in keys:
            known = " / ".join(", ".join(key) for key in keys)
            given = ", ".join(sorted(row.key))
            self._report("correction_key_wrong", correction, given, {"known": known})
            return []
        return [Target(contract, dict(row.key), row.delivery)]

    def _take(self, correction: Correction, target: Target) -> None:
        """Check one correction on one row, and write it down."""
        columns = {column.name: column for column in target.contract.terms.columns}
        column = columns.get(correction.column)
        if column is None:
            self._report("correction_column_unknown", correction, correction.column)
            return
        rows = self._rows(target, columns, column)
        if len(rows) != 1:
            code = "correction_row_many" if rows else "correction_row_gone"
            self._report(code, correction, target.told, {"rows": len(rows)})
            return
        fault = self._misfit(correction, target, column, rows[0].value)
        if fault is None and correction.apply:
            fault = self._wrong_value(correction, column)
        fault = fault or self._twice(correction, target)
        if fault is not None:
            self.faults.append(fault)
            return
        self._record(correction, target, rows[0])
        if correction.apply:
            fix = Fix(target.delivery, dict(target.key), correction.column, correction.should_be)
            self.fixes.setdefault(target.contract.source, []).append(fix)

    def _rows(self, target: Target, columns: Mapping[str, Column], column: Column) -> list[_Row]:
        tests = [
            f'"{name}" is null'
            if value == ""
            else f'"{name}" = try_cast(? as {RAW_TYPES[columns[name].type]})'
            for name, value in target.key.items()
        ]
        values = [value for value in target.key.values() if value]
        if target.delivery is not None:
            tests.append("delivery_id = ?")
            values.append(target.delivery)
        found = self.connection.execute(
            f'select delivery_id, line, "{column.name}" from raw."{target.contract.source}"'
            f" where {' and '.join(tests)} order by all",
            values,
        ).fetchall()
        return [_Row(*row) for row in found]

    def _misfit(
        self, correction: Correction, target: Target, column: Column, value: object
    ) -> Fault | None:
        """Tell whether the delivery still says what the correction expects."""
        exact = correction.apply
        if _still_stands(value, correction.expect, exact=exact):
            return None
        now = f"{value.normalize():f}" if isinstance(value, Decimal) else value
        repaired = correction.kind == "value" and _still_stands(
            value, correction.should_be, exact=True
        )
        return self._fault(
            "correction_repaired" if repaired else "correction_outdated",
            correction,
            None if now is None else str(now),
            column=column.name,
            more={"figure": target.told, "wanted": correction.expect},
        )

    def _wrong_value(self, correction: Correction, column: Column) -> Fault | None:
        """Tell whether the value that is put in its place may stand in the column."""
        row = self.connection.execute(
            f"select try_cast(? as {RAW_TYPES[column.type]})", [correction.should_be]
        ).fetchone()
        typed = row[0] if row else None
        wrong = typed is None or (column.codes and typed not in column.codes)
        if column.is_number and isinstance(typed, Decimal | int):
            low, high = column.minimum, column.maximum
            wrong = (low is not None and typed < low) or (high is not None and typed > high)
        if not wrong:
            return None
        return self._fault(
            "correction_value_wrong", correction, correction.should_be, column=column.name
        )

    def _twice(self, correction: Correction, target: Target) -> Fault | None:
        """Refuse a second correction of a cell, unless neither changes anything."""
        cell = (target.contract.source, target.told, target.delivery, correction.column)
        others = self.taken.setdefault(cell, [])
        clash = next((one for one in others if one.apply or correction.apply), None)
        others.append(correction)
        if clash is None:
            return None
        return self._fault(
            "correction_twice",
            correction,
            target.told,
            column=correction.column,
            more={"other": clash.id, "other_line": self.places[clash.id].line},
        )

    def _record(self, correction: Correction, target: Target, row: _Row) -> None:
        marks = correction.marks
        difference = None
        if correction.apply and isinstance(row.value, Decimal | int):
            difference = Decimal(correction.should_be) - row.value
        self.connection.execute(
            "insert into raw.correction values"
            " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                correction.id, correction.error, target.contract.source, target.figure,
                None if target.figure else target.told, row.delivery, row.line,
                correction.kind, correction.column, correction.printed, correction.should_be,
                correction.apply, difference, correction.status, correction.found_on,
                correction.reason.nl, correction.reason.en, correction.source,
                correction.said_in, list(marks.indicators), marks.sector_code,
                marks.insurer_code, marks.region_code, marks.provider_group, marks.period_year,
            ],
        )  # fmt: skip

    def _report(
        self,
        code: str,
        correction: Correction,
        value: str,
        more: Mapping[str, Parameter] | None = None,
    ) -> None:
        self.faults.append(self._fault(code, correction, value, more=more))

    def _fault(
        self,
        code: str,
        correction: Correction,
        value: str | None,
        *,
        column: str | None = None,
        more: Mapping[str, Parameter] | None = None,
    ) -> Fault:
        place = self.places[correction.id]
        parameters = {"correction": correction.id, "name": correction.column, **(more or {})}
        return Fault(
            code, place.file, place.line, column=column, value=value, parameters=parameters
        )


def record_corrections(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    corrections: Mapping[str, Correction],
    places: Mapping[str, Place],
) -> list[Fault]:
    """Write the corrections beside the raw rows, check that each still fits, and apply them.

    Args:
        connection: Holds the raw layer, loaded, with no correction applied.
        contracts: The sources.
        corrections: The corrections by id.
        places: Where each stands.

    Returns:
        A fault for each correction that no longer fits what was delivered.
    """
    return Correcting(connection, contracts, corrections, places).run()


def _still_stands(value: object, expect: str, *, exact: bool) -> bool:
    """Numbers must be equal, whatever their notation; a text must still hold the words."""
    if isinstance(value, Decimal | int):
        try:
            return Decimal(value) == Decimal(expect)
        except InvalidOperation:
            return False
    if value is None:
        return False
    return str(value) == expect if exact else expect in str(value)
