"""Codes that were there before and are gone: a vanished region, insurer or municipality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import duckdb

from etl.gate import Finding
from etl.plausibility.finding import as_list, found, share
from etl.plausibility.limits import limits
from etl.plausibility.measures import Profile

_ENDED = {
    "region": "select code from ref.ref_region"
    " where try_cast(left(valid_to, 4) as integer) < $year",
    "insurer": "select code from ref.ref_insurer where valid_to < $year",
}
"""Codes that the catalogue knows to have ended: those may go."""


def code_findings(
    connection: duckdb.DuckDBPyConnection, new: Profile, old: Profile
) -> Iterator[Finding]:
    """Name the codes that the period before had and this delivery lacks.

    Args:
        connection: Holds the catalogue, which knows what has ended.
        new: The delivery.
        old: The one to compare with.
    """
    rule = limits().codes
    for column in old.by:
        if column not in new.by or not new.by[column].rows:
            continue
        then, now = (_of_today(connection, column, one.by[column].rows) for one in (old, new))
        rows = sum(then.values())
        ended = _ended(connection, column, new.part.period)
        is_entity = column in limits().entities
        gone = [
            code
            for code, count in then.items()
            if code not in now and code not in ended and count >= rule.least_rows
            and count / rows >= (rule.least_share if is_entity else rule.least_answer)
        ]  # fmt: skip
        if not gone or len(then) == 1:
            # A column that says the same in every row says what kind of file it is.
            continue
        lost = sum(then[code] for code in gone) / rows
        if not is_entity:
            yield _told(new, old, "answers_vanished", "look", column, gone, lost)
        elif column in limits().open_codes and _turned_up(new, old, column, gone):
            yield _told(new, old, "codes_merged", "look", column, gone, lost)
        elif _at_the_end(gone, old.by[column].place):
            yield _told(new, old, "codes_cut_off", "stop", column, gone, lost)
        else:
            yield _told(new, old, "codes_vanished", "stop", column, gone, lost)


def _told(
    new: Profile, old: Profile, code: str, severity: str, column: str, gone: Sequence[str],
    lost: float,
) -> Finding:  # fmt: skip
    return found(
        code,
        new.part.file,
        "stop" if severity == "stop" else "look",
        column=column,
        codes=as_list(gone),
        count=len(gone),
        share=share(lost),
        period=old.part.period,
    )


def _ended(connection: duckdb.DuckDBPyConnection, column: str, period: str) -> set[str]:
    question = _ENDED.get(column)
    if question is None or not period[:4].isdigit():
        return set()
    # A raw layer without a catalogue, as single files are checked with, knows of no end.
    with suppress(duckdb.CatalogException):
        rows = connection.execute(question, {"year": int(period[:4])}).fetchall()
        return {str(row[0]) for row in rows}
    return set()


def _of_today(
    connection: duckdb.DuckDBPyConnection, column: str, rows: Mapping[str, int]
) -> dict[str, int]:
    """Count the rows of regions under the code of today, so that new names are no other places."""
    successors: dict[str, str] = {}
    if column == "region":
        with suppress(duckdb.CatalogException):
            successors = dict(
                connection.execute(
                    "select code, successor from ref.ref_region where successor is not null"
                ).fetchall()
            )
    counted: dict[str, int] = {}
    for code, count in rows.items():
        today = successors.get(code, code)
        counted[today] = counted.get(today, 0) + count
    return counted


def _turned_up(new: Profile, old: Profile, column: str, gone: Sequence[str]) -> bool:
    """Tell whether what the gone codes held is found at others: they merged, and did not go.

    Judged by the first total that both files have: of a merger the whole stays.
    """
    rule = limits().codes
    for name in new.numbers:
        if not (new.total.get(name) and old.total.get(name)):
            continue
        then = old.by[column]
        held = sum(then.totals[name].get(code, 0) * then.rows[code] for code in gone)
        whole = sum(mean * then.rows[code] for code, mean in then.totals[name].items())
        part = held / whole if whole else 0
        missing = 1 - new.total[name] / old.total[name]
        return missing < max(rule.least_total, rule.found_back * part)
    return False


def _at_the_end(gone: Sequence[str], place: Mapping[str, int]) -> bool:
    """Tell whether the gone codes came last before, in the file or in the alphabet: a cut."""
    last = len(gone)
    by_place = sorted(place, key=lambda code: place[code])
    return last > 1 and any(set(order[-last:]) == set(gone) for order in (by_place, sorted(place)))
