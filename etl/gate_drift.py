"""How the form of a delivery differs from the one before it: columns, their order, and codes."""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb

from etl.contract import Contract
from etl.plausibility.diagnose import neighbour
from etl.plausibility.measures import Part, read_parts


@dataclass(frozen=True)
class Drift:
    """What is other in the form of a delivery; empty where nothing is."""

    delivery_id: str
    file: str
    against: str
    """The delivery that it was held against."""
    columns_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    read_as: Mapping[str, str] = field(default_factory=dict)
    """Names in the file that are not those of the contract, and the columns they were read as."""
    reordered: bool = False
    """Whether the columns that both have stand in another order."""
    codes_new: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per column the codes that the other delivery does not have."""
    codes_gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_any(self) -> bool:
        """Tell whether anything is other."""
        return bool(
            self.columns_new or self.columns_gone or self.read_as or self.reordered
            or self.codes_new or self.codes_gone
        )  # fmt: skip


def find_drift(
    connection: duckdb.DuckDBPyConnection,
    deliveries: Collection[str],
    contracts: Mapping[str, Contract],
) -> list[Drift]:
    """Hold the form of deliveries against that of their neighbours.

    Args:
        connection: Holds the raw layer: these deliveries and all others.
        deliveries: Their ids.
        contracts: The contracts by source.

    Returns:
        The deliveries of which anything is other than in the delivery before, of the same
        period or else the nearest one.
    """
    parts = read_parts(connection)
    told = dict(connection.execute("select delivery_id, told from raw.part").fetchall())
    drifts = []
    for part in parts:
        other = neighbour(part, parts) if part.delivery_id in deliveries else None
        if other is None or part.source not in contracts:
            continue
        read_as = dict(json.loads(told[part.delivery_id] or "{}").get("read_as", ()))
        drift = _drift(connection, part, other, contracts[part.source], read_as)
        if drift.is_any:
            drifts.append(drift)
    return drifts


def _drift(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    other: Part,
    contract: Contract,
    read_as: Mapping[str, str],
) -> Drift:
    shared = [column for column in part.columns if column in other.columns]
    codes_new: dict[str, tuple[str, ...]] = {}
    codes_gone: dict[str, tuple[str, ...]] = {}
    for column in shared:
        if column in contract.codes:
            now = _codes(connection, part, column)
            then = _codes(connection, other, column)
            codes_new |= {column: tuple(sorted(now - then))} if now - then else {}
            codes_gone |= {column: tuple(sorted(then - now))} if then - now else {}
    return Drift(
        delivery_id=part.delivery_id,
        file=part.file,
        against=other.delivery_id,
        columns_new=tuple(name for name in part.columns if name not in other.columns),
        columns_gone=tuple(name for name in other.columns if name not in part.columns),
        read_as=read_as,
        reordered=shared != [column for column in other.columns if column in part.columns],
        codes_new=codes_new,
        codes_gone=codes_gone,
    )


def _codes(connection: duckdb.DuckDBPyConnection, part: Part, column: str) -> set[str]:
    rows = connection.execute(
        f'select distinct "{column}" from raw."{part.source}"'
        f' where delivery_id = ? and "{column}" is not null',
        [part.delivery_id],
    ).fetchall()
    return {str(row[0]) for row in rows}
