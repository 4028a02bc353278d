"""The observations of one indicator, and the cells they are broken down into.

Every cell stands by sector, year, category, base and evidence. Besides the unbroken cells
there are those of each listed breakdown: by insurer, by region, by both at once. What a
breakdown leaves out has the code for "not broken down".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from warehouse.catalogue.schema import Indicator
from warehouse.errors import ModelError

KEYS = ("evidence", "source_id", "sector_code", "period_year", "category", "base")
"""What every cell is apart by."""
PARTS = {"insurer": "insurer_code", "region": "region_code", "provider_group": "provider_group"}
UNBROKEN = {"insurer_code": "all", "region_code": "NL", "provider_group": "all"}
CELL = (*KEYS, *UNBROKEN)
"""The columns that tell a cell from every other cell of its indicator."""

_NEEDED: dict[str, tuple[str, ...]] = {
    "ratio": ("numerator", "denominator", "contributors", "largest"),
    "weighted_ratio": ("unit_id", "weight", "numerator", "denominator"),
    "weighted_median": ("unit_id", "weight", "value"),
    "censored_duration": ("unit_id", "weight", "duration_low", "duration_high"),
}
_ALWAYS = ("evidence", "source_id", "delivery_id", "period_year", "sector_code")
_OPTIONAL = ("category", "base", "status", "caveats", *UNBROKEN)
_NOTES = "observed_note"
_SHARED = "observed_shared_note"
_OBSERVED = "observed"


def same_cell(left: str, right: str, by: tuple[str, ...] = CELL) -> str:
    """Return the condition that two tables, under these names, speak of one cell."""
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in by)


def exact_sum(term: str) -> str:
    """Return the sum of a column of doubles that is the same in whatever order rows are added.

    Added up as doubles, the last digit depends on which core was done first; now and then that
    tips a rounded value over, and a rebuild would differ. In whole units of a millionth of a
    millionth nothing is lost on the way.
    """
    return f"sum(({term})::decimal(38, 12))::double"


@dataclass(frozen=True)
class Observations:
    """Observations with all their columns, as temporary tables of the work database."""

    indicator: Indicator
    table: str = _OBSERVED
    notes: str = _NOTES
    """One row per cell: status, delivery and caveats of what it rests on."""
    shared: str = _SHARED
    """The same where it is one for all cells of a sector and year: a row for all of them."""

    @classmethod
    def of(
        cls,
        connection: duckdb.DuckDBPyConnection,
        indicator: Indicator,
        table: str,
        returned: Collection[str],
    ) -> Observations:
        """Read what a SELECT returned and fill in what it left out.

        Raises:
            ModelError: When a column is missing or unknown.
        """
        _check_columns(indicator, returned)
        measures = _NEEDED[indicator.method]
        given = {
            "category": "'all'",
            "base": f"'{indicator.bases[0]}'",
            "status": "'final'",
            "caveats": "[]::varchar[]",
            **{column: f"'{code}'" for column, code in UNBROKEN.items()},
        }
        columns = [
            f"{name}" if name in returned else f"{given[name]} as {name}"
            for name in dict.fromkeys((*CELL, "delivery_id", "status", "caveats", *measures))
        ]
        counted = {
            "ratio": "denominator is not null",
            "weighted_ratio": "denominator > 0",
            "weighted_median": "value is not null",
            "censored_duration": "duration_low is not null",
        }[indicator.method]
        connection.execute(
            f"create or replace temp view {_OBSERVED} as"  # noqa: S608  # names are ours
            f" select {', '.join(columns)} from {table} where {counted}"
        )
        made = cls(indicator)
        made._write_notes(connection)
        return made

    def drop(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Remove the temporary tables."""
        connection.execute(f"drop view if exists {_OBSERVED}")
        connection.execute(f"drop table if exists {_NOTES}")
        connection.execute(f"drop table if exists {_SHARED}")

    def cube(self, measures: str, *, source: str | None = None, also: tuple[str, ...] = ()) -> str:
        """Return a SELECT that adds observations up to cells.

        Args:
            measures: What to select beside the columns of the cell.
            source: Where to select from, by default the observations.
            also: Columns that rows stay apart by inside a cell, such as `unit_id`.
        """
        sets = [self._broken_down_by(()), *map(self._parts, self.indicator.breakdowns)]
        listed = ", ".join(f"({', '.join((*KEYS, *also, *broken))})" for broken in sets)
        used = {column for broken in sets for column in broken}
        shown = [
            f"case when grouping({column}) = 1 then '{code}' else {column} end as {column}"
            if column in used
            else f"'{code}' as {column}"
            for column, code in UNBROKEN.items()
        ]
        # What is not known belongs to no insurer, region or group; it stays in the total.
        named = [f"(grouping({column}) = 1 or {column} is not null)" for column in sorted(used)]
        having = f" having {' and '.join(named)}" if named else ""
        return (
            f"select {', '.join((*KEYS, *also, *shown))}, {measures}"  # noqa: S608  # names are ours
            f" from {source or self.table} group by grouping sets ({listed}){having}"
        )

    def _parts(self, breakdown: str) -> tuple[str, ...]:
        return self._broken_down_by(tuple(PARTS[part] for part in breakdown.split("+")))

    @staticmethod
    def _broken_down_by(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(column for column in UNBROKEN if column in columns)

    def _write_notes(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Gather what is said about the rows of each cell, from the few ways of saying it.

        Of most years and sectors one thing is said: one delivery, one status, the same caveats.
        That holds for each of their cells. Only of the others it is looked up cell by cell.
        """
        by = ", ".join(KEYS)
        connection.execute(
            f"create or replace temp table {_SHARED} as"  # noqa: S608  # names are ours
            f" select {by}, any_value(delivery_id) as delivery_id, any_value(status) as status,"
            " list_sort(list_distinct(any_value(caveats))) as caveats, count(*) = 1 as is_shared"
            f" from (select distinct {by}, delivery_id, status, coalesce(caveats, []) as caveats"
            f" from {self.table}) as said group by all"
        )
        distinct = (
            f"(select distinct {', '.join(f'o.{name}' for name in CELL)},"  # noqa: S608
            f" o.delivery_id, o.status, o.caveats from {self.table} as o"
            f" semi join (select * from {_SHARED} where not is_shared) as s"
            f" on {same_cell('o', 's', KEYS)}) as said"
        )
        notes = self.cube(
            "max(delivery_id) as delivery_id,"
            # One provisional part makes the whole provisional.
            " case when bool_or(status = 'provisional') then 'provisional' else max(status) end"
            " as status,"
            " list_sort(list_distinct(coalesce(flatten(list(caveats)), []))) as caveats",
            source=distinct,
        )
        connection.execute(f"create or replace temp table {_NOTES} as {notes}")
        connection.execute(f"delete from {_SHARED} where not is_shared")  # noqa: S608

    def write(self, connection: duckdb.DuckDBPyConnection, cells: str, target: str) -> None:
        """Make the table of cells out of what a method has worked out.

        Args:
            connection: The work database.
            cells: A table or view with the columns of the cell and those of the method.
            target: The table to make.
        """
        connection.execute(
            f"create temp table {target} as"  # noqa: S608  # names are ours
            " select a.*, coalesce(s.delivery_id, b.delivery_id) as delivery_id,"
            " coalesce(s.caveats, b.caveats) as caveats,"
            " case"
            " when a.value is null and a.value_low is null and a.value_high is null"
            " and a.contributors > 0 then 'not_measured'"
            " else coalesce(s.status, b.status, 'final') end as status,"
            " a.source_id as document_id, coalesce(s.delivery_id, b.delivery_id) as locator,"
            " []::varchar[] as figure_ids,"
            " concat_ws('|', a.evidence, a.source_id, a.base, a.sector_code, a.category)"
            " as comparable_group"
            f" from {cells} as a left join {self.shared} as s on {same_cell('a', 's', KEYS)}"
            f" left join {self.notes} as b on {same_cell('a', 'b')}"
        )


def _check_columns(indicator: Indicator, returned: Collection[str]) -> None:
    label = f"indicators/{indicator.id}.sql"
    needed = _NEEDED.get(indicator.method)
    if needed is None:
        message = f"returns observations, but its method is {indicator.method}."
        raise ModelError(label, message, advice=f"Methods: {', '.join(sorted(_NEEDED))}.")
    broken = {PARTS[part] for text in indicator.breakdowns for part in text.split("+")}
    must = [*_ALWAYS, *needed, *sorted(broken)]
    missing = [column for column in must if column not in returned]
    if missing:
        message = f"lacks {', '.join(missing)}."
        advice = f"Observations for {indicator.method} have: {', '.join(must)}."
        raise ModelError(label, message, advice=advice)
    # A duration makes categories and bases of its own.
    own = {"category", "base"} if indicator.method == "censored_duration" else set()
    may = [column for column in dict.fromkeys((*must, *_OPTIONAL)) if column not in own]
    unknown = sorted(set(returned) - set(may))
    if unknown:
        message = f"returns {', '.join(unknown)}, which {indicator.method} does not know."
        advice = f"Observations have: {', '.join(may)}."
        raise ModelError(label, message, advice=advice)
