"""How long stops last, when some still run and some answers are classes.

Exact and running stops: Kaplan & Meier (1958). Answers in classes: Turnbull (1976), and the
median is the class that it falls in, by lifelines. The interval is a bootstrap of
respondents: their stops come along together, and lifelines gives none for classes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.methods.cube import CELL, KEYS, Observations
from warehouse.methods.ratio import DIGITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from warehouse.methods.estimates import Summary

MEDIAN = "median"
DAYS = (30, 60, 90)
BASE = "stops"

_RESULT: dict[str, str] = {
    **dict.fromkeys(CELL, "varchar"),
    "period_year": "integer",
    "unit": "varchar",
    "decimals": "integer",
    "value": "double",
    "value_low": "double",
    "value_high": "double",
    "qualifier": "varchar",
    "n_observed": "double",
    "contributors": "double",
    "ci_low": "double",
    "ci_high": "double",
    "ci_method": "varchar",
}


@dataclass(frozen=True)
class Stops:
    """The stops of one cell."""

    cell: dict[str, Any]
    unit: NDArray[np.int64]
    """Number of the respondent, from 0."""
    weight: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    """Infinite for a stop that still runs, or that lasted longer than the last class."""

    @property
    def contributors(self) -> int:
        """How many respondents the cell rests on."""
        return int(self.unit.max()) + 1

    @property
    def seed(self) -> int:
        """A number that follows from the place of the cell, so that a rebuild draws the same."""
        place = [value for name, value in self.cell.items() if name not in {"category", "base"}]
        return zlib.crc32("|".join(map(str, place)).encode())


def compute(connection: duckdb.DuckDBPyConnection, observed: Observations, target: str) -> None:
    """Write the cells of censored durations into the table `target`.

    An indicator in days gives the median, one in percent the share still closed after 30, 60
    and 90 days.
    """
    indicator = observed.indicator
    rows: list[dict[str, Any]] = []
    edges = _edges(connection, observed)
    for stops in _cells(connection, observed):
        counted = {"n_observed": len(stops.low), "contributors": stops.contributors}
        summary = _summary(stops, edges) if stops.contributors >= indicator.min_observed else None
        for row in _rows(stops, summary, indicator.decimals):
            # Days and percentages do not fit one scale: each has an indicator of its own.
            if row["unit"] == indicator.unit:
                rows.append(stops.cell | counted | row)
    columns = ", ".join(f"{name} {kind}" for name, kind in _RESULT.items())
    connection.execute(f"create or replace temp table worked_out ({columns})")
    if rows:
        import pandas as pd

        frame = pd.DataFrame(rows, columns=list(_RESULT))
        connection.register("worked_out_rows", frame)
        connection.execute("insert into worked_out select * from worked_out_rows")
        connection.unregister("worked_out_rows")
    _widen_notes(connection, observed)
    observed.write(connection, "worked_out", target)
    connection.execute("drop table worked_out")


def _edges(connection: duckdb.DuckDBPyConnection, observed: Observations) -> tuple[float, ...]:
    """Return the bounds of all classes in which answers were given."""
    found = connection.execute(
        f"select distinct unnest([duration_low, duration_high])::double as edge"  # noqa: S608
        f" from {observed.table} where duration_high > duration_low order by edge"
    ).fetchall()
    return tuple(float(edge) for (edge,) in found)


def _cells(connection: duckdb.DuckDBPyConnection, observed: Observations) -> Iterator[Stops]:
    """Yield the stops of each cell, in an order that is the same at every build."""
    import numpy as np

    by = ", ".join(CELL)
    stops = observed.cube(
        "weight, duration_low as low, duration_high as high, 1 as one",
        also=("unit_id", "weight", "duration_low", "duration_high", "row"),
        source=f"(select *, row_number() over () as row from {observed.table}) as numbered",  # noqa: S608
    )
    found = connection.execute(
        f"select {by}, dense_rank() over (partition by {by} order by unit_id) - 1 as unit,"  # noqa: S608
        " weight::double as weight, low::double as low,"
        " coalesce(high::double, 'infinity'::double) as high"
        f" from ({stops}) as stops where weight > 0"
        f" order by {by}, unit_id, low, high, weight"
    ).df()
    if found.empty:
        return
    changed = (found[list(CELL)] != found[list(CELL)].shift()).any(axis=1)
    starts = [*np.flatnonzero(changed.to_numpy()), len(found)]
    places = found.loc[changed, list(CELL)].to_dict("records")
    columns = [found[name].to_numpy() for name in ("unit", "weight", "low", "high")]
    for place, (start, end) in zip(places, pairwise(starts), strict=True):
        cell = {str(name): value for name, value in place.items()}
        yield Stops(cell, *(column[start:end] for column in columns))


def _summary(stops: Stops, edges: Sequence[float]) -> Summary:
    from warehouse.methods.survival import summarise

    return summarise(
        stops.unit, stops.weight, stops.low, stops.high, edges=edges, days=DAYS, seed=stops.seed
    )


def _rows(stops: Stops, summary: Summary | None, decimals: int) -> Iterator[dict[str, Any]]:
    """Yield the four cells of one: the median, then the shares."""
    shared: dict[str, Any] = {"qualifier": "exact"}
    in_days = {"category": MEDIAN, "base": "none", "unit": "days", "decimals": 0}
    in_percent = {"base": BASE, "unit": "percent", "decimals": decimals}
    if summary is None:
        yield shared | in_days
        for day in DAYS:
            yield shared | in_percent | {"category": f"closed_{day}"}
        return
    allowed = len(stops.low) > 30
    yield shared | in_days | summary.median.columns(1, DIGITS, with_interval=allowed)
    for day, share in zip(DAYS, summary.closed, strict=True):
        named = {"category": f"closed_{day}"}
        yield shared | in_percent | named | share.columns(100, DIGITS, with_interval=allowed)


def _widen_notes(connection: duckdb.DuckDBPyConnection, observed: Observations) -> None:
    """Say of each of the four cells what was said of the stops they come from."""
    for notes, place in ((observed.notes, CELL), (observed.shared, KEYS)):
        kept = ", ".join(f"n.{name}" for name in place if name not in {"category", "base"})
        connection.execute(
            f"create or replace temp table {notes} as"  # noqa: S608  # names are ours
            f" select {kept}, made.category, made.base, n.delivery_id, n.status, n.caveats"
            f" from {notes} as n"
            " cross join (select distinct category, base from worked_out) as made"
        )
