"""Single figures: digits moved against what was published, and shares that make no whole."""

# Names in the SQL below come from contracts and limits, which hold them to [a-z0-9_].
# ruff: noqa: S608

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.gate import Finding
from etl.plausibility.finding import found
from etl.plausibility.limits import limits
from etl.plausibility.measures import Part, middle
from etl.plausibility.scale import factor


def figure_findings(
    connection: duckdb.DuckDBPyConnection, part: Part, served_staff: Path | None
) -> Iterator[Finding]:
    """Name the figures of a delivery whose digits have moved.

    Args:
        connection: Holds the raw layer.
        part: The delivery.
        served_staff: The staff database of the served release, which knows earlier values.
    """
    if "figure_id" not in part.columns:
        return
    if served_staff is not None and "value" in part.columns:
        yield from _against_published(connection, part, served_staff)
    yield from _among_siblings(connection, part)
    yield from _wholes(connection, part)


def _against_published(
    connection: duckdb.DuckDBPyConnection, part: Part, served_staff: Path
) -> Iterator[Finding]:
    quoted = str(served_staff).replace("'", "''")
    connection.execute(f"attach if not exists '{quoted}' as served_before (read_only)")
    try:
        rows = connection.execute(
            'select n.line, n.figure_id, n."value"::double, o.value'
            f' from raw."{part.source}" as n'
            " inner join served_before.published.source_figure as o on n.figure_id = o.figure_id"
            ' where n.delivery_id = ? and n."value" * o.value > 0 and n."value" <> o.value'
            " order by n.line",
            [part.delivery_id],
        ).fetchall()
    finally:
        connection.execute("detach served_before")
    for line, figure, new, old in rows:
        power = _moved(new / old)
        if power is not None:
            yield found(
                "figure_scale", part.file, "stop", line=line, column="value", value=_plain(new),
                figure=figure, before=_plain(old), factor=factor(power),
            )  # fmt: skip


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _moved(ratio: float) -> int | None:
    """Give the power of ten that one number is of another; None where it is none."""
    power = round(math.log10(ratio))
    near = abs(math.log10(ratio) - power) < limits().figure.margin
    return power if power and near else None


def _among_siblings(connection: duckdb.DuckDBPyConnection, part: Part) -> Iterator[Finding]:
    """Hold each figure against the others of its row, such as the same insurer in other years."""
    rule = limits().siblings.get(part.source)
    if rule is None:
        return
    keys = ", ".join(f'"{name}"' for name in rule.by)
    rows = connection.execute(
        f"select concat_ws('|', {keys}), delivery_id, line, figure_id, \"{rule.value}\"::double"
        f' from raw."{part.source}" where "{rule.value}" > 0 order by delivery_id, line'
    ).fetchall()
    for key, delivery, line, figure, value in rows:
        others = [row[4] for row in rows if row[0] == key and row[3] != figure]
        if delivery != part.delivery_id or not others:
            continue
        shift = math.log10(value / middle(others))
        near = [p for p in limits().scale.powers if abs(shift - p) < limits().scale.margin]
        if near:
            yield found(
                "figure_among_others", part.file, "stop", line=line, column=rule.value,
                value=_plain(value), figure=figure, others=_plain(middle(others)),
                factor=factor(near[0]),
            )  # fmt: skip


def _wholes(connection: duckdb.DuckDBPyConnection, part: Part) -> Iterator[Finding]:
    """Add up shares that together make a whole."""
    rule = limits().wholes.get(part.source)
    if rule is None:
        return
    keys = ", ".join(f'"{name}"' for name in rule.by)
    rows = connection.execute(
        f"select concat_ws(' ', {keys}), sum(\"{rule.value}\")::double, min(line)"
        f' from raw."{part.source}" where delivery_id = ? and "{rule.value}" is not null'
        f' group by {keys} having abs(sum("{rule.value}")::double - ?) > ? order by 3',
        [part.delivery_id, rule.whole, rule.tolerance],
    ).fetchall()
    for key, total, line in rows:
        yield found(
            "whole_does_not_add_up", part.file, "stop", line=line, column=rule.value,
            value=f"{total:g}", of=key, whole=f"{rule.whole:g}",
        )  # fmt: skip
