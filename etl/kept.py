"""Know again what an earlier build loaded, so that only what changed is loaded anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

import duckdb

from etl.contract import Contract
from etl.deliveries import Delivery
from etl.errors import Fault
from etl.files import Profile
from etl.raw import FileResult, Origin


@dataclass(frozen=True)
class Kept:
    """A delivery as the raw layer of an earlier build holds it."""

    delivery_id: str
    source: str
    fingerprint: str
    told: str


def fingerprint(profile: Profile, delivery: Delivery, contract: Contract, origin: Origin) -> str:
    """Give one digest of everything that decides what a delivery becomes.

    Args:
        profile: Its bytes.
        delivery: Its place and period.
        contract: Its contract, with the codes of that moment.
        origin: Where it comes from.
    """
    terms = contract.for_period(delivery.period)
    parts = (
        profile.digest,
        delivery.file,
        terms.terms.model_dump_json(),
        json.dumps(dict(terms.codes), sort_keys=True),
        repr(origin),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_kept(connection: duckdb.DuckDBPyConnection) -> dict[str, Kept]:
    """List what the raw layer of this database holds; nothing where there is none."""
    row = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = 'part'"
    ).fetchone()
    if row is None or row[0] == 0:
        return {}
    found = connection.execute(
        "select delivery_id, source_id, fingerprint, told from raw.part"
    ).fetchall()
    return {row[0]: Kept(*row) for row in found}


def note(connection: duckdb.DuckDBPyConnection, result: FileResult, mark: str) -> None:
    """Write down what was told of a delivery, and by what it is known again.

    Args:
        connection: Holds the raw layer.
        result: What became of the file.
        mark: Its fingerprint.
    """
    told = {
        "rows": [result.rows_read, result.rows_loaded, result.rows_rejected],
        "faults": [asdict(fault) for fault in result.faults],
        "read_as": result.read_as,
        "in_plain_form": result.in_plain_form,
        "totals": {name: str(total) for name, total in result.totals.items()},
    }
    connection.execute(
        "update raw.part set fingerprint = ?, told = ? where delivery_id = ?",
        [mark, json.dumps(told), result.delivery.id],
    )


def restore(kept: Kept, delivery: Delivery, profile: Profile) -> FileResult:
    """Say again what was said when the delivery was loaded.

    Args:
        kept: The delivery as it was loaded.
        delivery: The delivery as it is found now.
        profile: Its bytes, which are the same.
    """
    told = json.loads(kept.told)
    read, loaded, rejected = told["rows"]
    return FileResult(
        delivery,
        profile,
        read,
        loaded,
        rejected,
        faults=tuple(Fault(**fault) for fault in told["faults"]),
        read_as=tuple((given, column) for given, column in told["read_as"]),
        totals={name: Decimal(total) for name, total in told["totals"].items()},
        in_plain_form=told.get("in_plain_form", False),
    )


def changed_sources(
    marks: Mapping[str, tuple[str, str | None]], kept: Mapping[str, Kept]
) -> Collection[str]:
    """Name the sources of which any delivery is new, other or gone.

    Args:
        marks: Source and fingerprint of every delivery that is there now, by id; no
            fingerprint means that the file was not looked at, so that it counts as new.
        kept: What the raw layer holds.
    """
    changed = {
        source
        for delivery_id, (source, mark) in marks.items()
        if delivery_id not in kept or kept[delivery_id].fingerprint != mark
    }
    return changed | {old.source for id_, old in kept.items() if id_ not in marks}
