"""Two releases side by side: what became of every cell and delivery of the one that is served.

Both are opened read-only in a database of their own in memory; nothing of either is touched.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from warehouse.releases import PUBLIC, STAFF
from warehouse.review.findings import (
    CellChange,
    Count,
    DeliveryChange,
    Gone,
    Outlier,
    Outliers,
    Reject,
    Told,
)
from warehouse.review.labels import Labels, read_labels

_HERE = Path(__file__).parent
_CELL = {
    "cell_id": "varchar", "indicator_id": "varchar", "sector_code": "varchar",
    "period_year": "integer", "insurer_code": "varchar", "region_code": "varchar",
    "provider_group": "varchar", "category": "varchar", "population": "varchar",
    "evidence": "varchar", "base": "varchar", "value": "double", "value_low": "double",
    "value_high": "double", "unit": "varchar", "numerator": "double", "denominator": "double",
    "n_observed": "double", "ci_low": "double", "ci_high": "double", "qualifier": "varchar",
    "status": "varchar", "source_id": "varchar", "document_id": "varchar",
    "caveats": "varchar[]", "delivery_id": "varchar", "period": "varchar", "voice": "varchar",
    "decimals": "integer",
}  # fmt: skip
_DELIVERY = {
    "delivery_id": "varchar", "source_id": "varchar", "period": "varchar", "file": "varchar",
    "digest": "varchar", "rows_loaded": "bigint", "is_invented": "boolean",
}  # fmt: skip
_REJECT = {
    "delivery_id": "varchar", "file": "varchar", "line": "integer", "column_name": "varchar",
    "value": "varchar", "expected": "varchar", "message": "varchar", "expected_en": "varchar",
    "message_en": "varchar",
}  # fmt: skip
_TABLES = {
    "cell": ("indicator_value", _CELL),
    "delivery": ("delivery", _DELIVERY),
    "reject": ("reject", _REJECT),
    "indicator": ("indicator", {"id": "varchar"}),
    "region": ("region", {"code": "varchar", "kind": "varchar"}),
    "sector": ("sector", {"code": "varchar", "parent": "varchar"}),
}


class Comparison:
    """What differs between the served release and a new one; made by `compare`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, edition: str, *, has_served: bool
    ) -> None:
        self._connection = connection
        self.edition = edition
        """Which edition was compared: that of the staff, where both have it."""
        self.has_served = has_served

    @cached_property
    def labels(self) -> Labels:
        """The words for the codes of both releases."""
        return read_labels(self._connection, ("served", "fresh"))

    def deliveries(self) -> list[DeliveryChange]:
        """Say of every delivery what became of it."""
        rows = self._rows("select * from delivery_change order by delivery_id")
        return [DeliveryChange(**row) for row in rows]

    def counts(self) -> list[Count]:
        """Count the changes per indicator, year and kind."""
        return [Count(**row) for row in self._rows(_sql("counts"))]

    def gone(self) -> list[Gone]:
        """Say what took published cells away, the largest loss first."""
        return [
            Gone(**row | {"indicators": tuple(row["indicators"])})
            for row in self._rows(_sql("gone"))
        ]

    def changes(
        self, kinds: Sequence[str], *, new_years: bool | None = None, most: int | None = None
    ) -> list[CellChange]:
        """List changed cells, the largest change first.

        Args:
            kinds: Of these kinds.
            new_years: Only those of new years, or only those of earlier ones; None for both.
            most: At most so many; None for all.
        """
        years = "" if new_years is None else f" and is_new_year = {new_years}"
        limit = "" if most is None else f" limit {most}"
        rows = self._rows(
            f"select * from cell_change where list_contains(?, kind){years}"
            f" order by abs(size) desc nulls last, cell_id{limit}",
            [list(kinds)],
        )
        return [CellChange(**row) for row in rows]

    def outliers(self, *, most: int | None = None) -> Outliers:
        """Judge changes against those seen before: how many were judged, and the outliers."""
        self._connection.execute(f"create or replace temp table outlier as {_sql('outliers')}")
        limit = "" if most is None else f" limit {most}"
        counted = self._rows(
            "select count(*) filter (is_outlier) as found,"
            " count(*) filter (is_outlier is not null) as judged,"
            " (select count(*) from cell_change where new_status <> 'suppressed'"
            "  and (kind = 'changed' or (kind = 'new' and is_new_year)))"
            " - count(*) filter (is_outlier is not null) as undetermined from outlier"
        )[0]
        rows = self._rows(
            "select o.* exclude (cell_id, is_outlier, size), c.* from outlier as o"
            " inner join cell_change as c on o.cell_id = c.cell_id where o.is_outlier"
            f" order by o.times desc, c.cell_id{limit}"
        )
        own = ("steps", "reference", "reference_year", "usual", "limit_low", "limit_high",
               "step", "times")  # fmt: skip
        found = [
            Outlier(
                cell=CellChange(**{key: value for key, value in row.items() if key not in own}),
                **{key: row[key] for key in own},
            )
            for row in rows
        ]
        return Outliers(counted["found"], counted["judged"], counted["undetermined"], tuple(found))

    def told(self) -> list[Told]:
        """Find hidden cells that follow from the served release and the new one together."""
        return [Told(**row) for row in self._rows(_sql("told"))] if self.has_served else []

    def rejects(self) -> list[Reject]:
        """List the rows that were left out of the new release."""
        return [Reject(**row) for row in self._rows("select * from fresh_reject order by all")]

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        found = self._connection.execute(sql, list(parameters))
        names = [str(column[0]) for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def compare(fresh: Path, served: Path | None) -> Iterator[Comparison]:
    """Hold a new release against the one that is served.

    Args:
        fresh: The folder of the new one, with the files of its editions.
        served: The folder of the other; None where there is none.

    Yields:
        The comparison; it can be asked until the block ends.
    """
    has_staff = (fresh / STAFF).is_file() and (served is None or (served / STAFF).is_file())
    file = STAFF if has_staff else PUBLIC
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(fresh / file)}' as fresh (read_only)")
        if served is not None:
            connection.execute(f"attach '{_quoted(served / file)}' as served (read_only)")
        for name, (table, columns) in _TABLES.items():
            for release in ("fresh", "served"):
                _take(connection, release, name, table, columns)
        connection.execute(f"create temp table cell_change as {_sql('changes')}")
        connection.execute(f"create temp table delivery_change as {_sql('deliveries')}")
        yield Comparison(
            connection, "staff" if has_staff else "public", has_served=served is not None
        )


def _take(
    connection: duckdb.DuckDBPyConnection,
    release: str,
    name: str,
    table: str,
    columns: dict[str, str],
) -> None:
    """Make a view of a table, with the columns that an older release did not have left empty."""
    present = {
        str(row[0])
        for row in connection.execute(
            "select column_name from duckdb_columns() where database_name = ?"
            " and schema_name = 'published' and table_name = ?",
            [release, table],
        ).fetchall()
    }
    picked = ", ".join(
        f"{column}::{kind} as {column}" if column in present else f"null::{kind} as {column}"
        for column, kind in columns.items()
    )
    rows = f" from {release}.published.{table}" if present else " where false"
    # A letter stands for another insurer in another release.
    letters = " where insurer_code not like 'letter-%'" if present and name == "cell" else ""
    connection.execute(f"create temp view {release}_{name} as select {picked}{rows}{letters}")


def _sql(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
