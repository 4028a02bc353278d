"""What changed between states of the site: since a moment, and per cell."""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from warehouse.vintage import state_of

if TYPE_CHECKING:
    from warehouse.read_model import ReadModel
    from warehouse.vintage import Vintage

Row = dict[str, Any]
_PLACE = (
    "cell_id", "indicator_id", "sector_code", "period", "period_year", "insurer_code",
    "region_code", "provider_group", "category", "base", "evidence",
)  # fmt: skip
"""The columns that say which cell it is."""
_TOLD = ("value", "value_low", "value_high", "status")
"""The columns of which a difference is a change of the figure."""
_NO_LETTER = "insurer_code not like 'letter-%'"


def since(
    model: ReadModel, vintage: Vintage, indicator_id: str | None, *, examples: bool
) -> list[Row]:
    """Return the cells of which value or status differs between then and now.

    Args:
        model: The release.
        vintage: Then.
        indicator_id: Of one indicator, or of all.
        examples: Invented cells only; otherwise none of them.
    """
    where = f"{_evidence(examples=examples)} and {_NO_LETTER}"
    parameters: list[object] = []
    if indicator_id is not None:
        where += " and indicator_id = ?"
        parameters = [indicator_id, indicator_id]
    chain = model.timeline().chain(vintage.release_id)
    # What is hidden now had another status then: that it was hidden since is told.
    then = state_of(chain, where, left_out=("release_id", "published_at", "is_gone"))
    place = ", ".join(f"coalesce(n.{name}, o.{name}) as {name}" for name in _PLACE)
    then = f"(select * replace (coalesce(status_before_hiding, status) as status) from {then})"
    values = ", ".join(
        f"{side}.{column} as {word}_{column.removeprefix('value_')}"
        for side, word in (("o", "old"), ("n", "new"))
        for column in _TOLD
    )
    differs = " or ".join(f"n.{column} is distinct from o.{column}" for column in _TOLD)
    return model.rows(
        f"select {place}, case when o.cell_id is null then 'new' when n.cell_id is null then 'gone'"
        f" else 'changed' end as kind, {values}, coalesce(n.unit, o.unit) as unit,"
        " coalesce(n.decimals, o.decimals) as decimals"
        f" from (select * from published.indicator_value where {where}) as n"
        f" full join {then} as o on n.cell_id = o.cell_id"
        f" where n.cell_id is null or o.cell_id is null or {differs} order by all",
        parameters,
    )


def revised(model: ReadModel, indicator_id: str, *, examples: bool) -> list[Row]:
    """Return the cells that had more than one value or status until the state that is read.

    Args:
        model: The release.
        indicator_id: Of which indicator.
        examples: Invented cells only; otherwise none of them.
    """
    if not model.has_table("known_release"):
        return []
    line = model.timeline()
    vintage = model.reading()
    chain = line.chain(vintage.release_id if vintage else line.served)
    first_seen = line.first_seen()
    place = ", ".join(_PLACE)
    rows = model.rows(
        f"select {place}, value, value_low, value_high, status, unit, decimals, is_gone,"
        " status_before_hiding, release_id, published_at from published.value_history"
        f" where indicator_id = ? and {_evidence(examples=examples)}"
        " and list_contains(?, release_id)"
        " qualify count(*) over (partition by cell_id) > 1"
        " order by cell_id, list_position(?, release_id) desc",
        [indicator_id, chain, chain],
    )
    found: list[Row] = []
    for _, its in groupby(rows, key=lambda row: row["cell_id"]):
        told = list(_different(its))
        if len(told) > 1:
            found.append(_history_of(told, first_seen))
    return found


def _different(rows: Iterator[Row]) -> Iterator[Row]:
    """Leave out what is hidden now or gone, and what repeats the value before it."""
    before: Sequence[object] | None = None
    for row in rows:
        told = [row[column] for column in _TOLD]
        if row["is_gone"] or row["status_before_hiding"] is not None or told == before:
            continue
        before = told
        yield row


def _history_of(told: Sequence[Row], first_seen: dict[str, str]) -> Row:
    """Put the first, the one before last and the last value of a cell in one row."""
    found = {name: told[-1][name] for name in (*_PLACE, "unit", "decimals")}
    for word, row in (("first", told[0]), ("previous", told[-2]), ("last", told[-1])):
        for column in _TOLD:
            found[f"{word}_{column.removeprefix('value_')}"] = row[column]
        found[f"{word}_release_id"] = row["release_id"]
        found[f"{word}_published_at"] = first_seen.get(row["release_id"], row["published_at"])
    return {**found, "times": len(told)}


def _evidence(*, examples: bool) -> str:
    return f"evidence {'=' if examples else '<>'} 'example'"
