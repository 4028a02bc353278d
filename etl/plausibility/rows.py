"""Too many rows, too few, totals out of line, and the rows of another period."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from etl.gate import Finding
from etl.plausibility.finding import found, share
from etl.plausibility.limits import limits
from etl.plausibility.measures import Part, Profile, middle

Totals = Mapping[str, float]


def row_findings(
    new: Profile, old: Profile, *, same_period: bool, young: Collection[str]
) -> Iterator[Finding]:
    """Name a delivery with twice the rows, far too few, or a total out of line.

    Args:
        new: The delivery.
        old: The one to compare with.
        same_period: Whether both tell of one period, so that their totals should be near.
        young: Columns that are new, and may grow as they like.
    """
    rule, ratio = limits().rows, new.part.rows / max(old.part.rows, 1)
    if old.part.rows < rule.least:
        return
    told: dict[str, Any] = {
        "rows": str(new.part.rows), "before": str(old.part.rows), "period": old.part.period,
    }  # fmt: skip
    ratios = _ratios(new, old)
    low, high = rule.doubled
    if low <= ratio <= high and ratios and low <= middle(list(ratios.values())) <= high:
        yield found("rows_doubled", new.part.file, "stop", **told)
        return
    if ratio < rule.too_few:
        yield found("rows_missing", new.part.file, "stop", share=share(1 - ratio), **told)
        return
    settled = {name: ratio for name, ratio in ratios.items() if name not in young}
    yield from _totals(new, old, settled, same_period=same_period)


def _ratios(new: Profile, old: Profile) -> dict[str, float]:
    return {
        name: new.total[name] / old.total[name]
        for name in new.numbers
        if name in old.total and new.total[name] * old.total[name] > 0
    }


def _totals(
    new: Profile, old: Profile, ratios: Mapping[str, float], *, same_period: bool
) -> Iterator[Finding]:
    rule = limits().total
    for name, ratio in ratios.items():
        others = [abs(math.log10(value)) for other, value in ratios.items() if other != name]
        is_usual = old.filled[name] >= rule.least_filled * old.part.rows
        skipped = name in new.percents or not is_usual
        if skipped or not others or middle(others) > rule.others:
            continue
        change = max(ratio, 1 / ratio)
        if change >= rule.look:
            severity = "stop" if change >= rule.stop or same_period else "look"
            yield found(
                "total_out_of_line",
                new.part.file,
                "stop" if severity == "stop" else "look",
                column=name,
                total=f"{new.total[name]:.0f}",
                before=f"{old.total[name]:.0f}",
                period=old.part.period,
            )


def period_findings(
    connection: duckdb.DuckDBPyConnection, part: Part, parts: Sequence[Part]
) -> Iterator[Finding]:
    """Name a delivery whose rows tell of another year than its folder says.

    Args:
        connection: Holds the raw layer.
        part: The delivery.
        parts: All deliveries, among which the same numbers may stand under another period.
    """
    year = part.period[:4]
    for column in limits().year_columns:
        if column not in part.columns or not year.isdigit() or _is_a_series(part, column):
            continue
        rows = connection.execute(
            f'select "{column}"::varchar, count(*), min(line) from raw."{part.source}"'  # noqa: S608  # names of contracts
            f' where delivery_id = ? and "{column}"::varchar <> ? group by 1 order by 2 desc',
            [part.delivery_id, year],
        ).fetchall()
        if rows:
            yield found(
                "year_differs", part.file, "stop", line=rows[0][2], column=column,
                value=str(rows[0][0]), rows=str(sum(row[1] for row in rows)), period=part.period,
            )  # fmt: skip
    own = _totals_of(connection, part.delivery_id)
    if len(own) < 2:
        return
    twins = (
        other
        for other in parts
        if other.source == part.source
        and other.rows == part.rows
        and other.period != part.period
        and _totals_of(connection, other.delivery_id) == own
    )
    twin = next(twins, None)
    if twin is not None:
        yield found(
            "same_as_other_period", part.file, "stop", other=twin.file, period=part.period,
            other_period=twin.period,
        )  # fmt: skip


def cut_findings(connection: duckdb.DuckDBPyConnection, part: Part) -> Iterator[Finding]:
    """Name a delivery of which the last line was refused because it is shorter than the others.

    Args:
        connection: Holds the raw layer.
        part: The delivery.
    """
    row = connection.execute(
        "select r.line from raw.reject as r inner join raw.delivery as d"
        " on r.delivery_id = d.delivery_id"
        " where r.delivery_id = ? and r.column_name is null and r.line > d.rows_read",
        [part.delivery_id],
    ).fetchone()
    if row:
        yield found("last_row_cut", part.file, "stop", line=row[0])


def _is_a_series(part: Part, column: str) -> bool:
    """Tell whether a file holds a figure per year, so that its folder names only the last one."""
    return "figure_id" in part.columns and column == "year"


def _totals_of(connection: duckdb.DuckDBPyConnection, delivery_id: str) -> dict[str, str]:
    rows = connection.execute(
        "select column_name, total::varchar from raw.delivery_total"
        " where delivery_id = ? and total <> 0",
        [delivery_id],
    ).fetchall()
    return {str(name): str(total) for name, total in rows}
