"""Name the municipalities of a release that no region knows, so that an operator sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.messages import Messages
from warehouse.releases import PUBLIC

SHOWN = 10


@dataclass(frozen=True)
class Unplaced:
    """A municipality that counts as unknown, in one year."""

    year: int
    municipality: str
    reason: str
    insured_persons: int


def read_unplaced(release: Path) -> tuple[Unplaced, ...]:
    """Read which municipalities of a release stand in no crosswalk.

    One that was divided over regions is known and stays out of it.

    Args:
        release: The folder of the release.
    """
    with duckdb.connect(str(release / PUBLIC), read_only=True) as connection:
        there = connection.execute(
            "select count(*) from duckdb_tables()"
            " where schema_name = 'published' and table_name = 'unplaced_municipality'"
        ).fetchone()
        if not there or not there[0]:
            return ()
        found = connection.execute(
            "select period_year, municipality, reason, coalesce(insured_persons, 0)"
            " from published.unplaced_municipality where reason = 'not_in_crosswalk'"
            " order by 4 desc, municipality, period_year"
        ).fetchall()
    return tuple(Unplaced(int(year), name, why, int(n)) for year, name, why, n in found)


def unplaced_sentence(places: Sequence[Unplaced], messages: Messages) -> str:
    """Say which municipalities were not placed, the largest first, and what to do.

    Args:
        places: At least one.
        messages: The language.
    """
    named = [f"{p.year} {p.municipality} {p.insured_persons}" for p in places[:SHOWN]]
    if len(places) > SHOWN:
        named.append("…")
    return messages.text("unplaced", count=len(places), municipalities="; ".join(named))
