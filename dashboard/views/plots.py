"""Fits the frame of an indicator to the figure that draws it, by the catalogue's `chart`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.figures import Break, Conflict, Gap, Note, missing_spans
from dashboard.figures.frame import Points, marks_of
from dashboard.text import number, year_span
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.cubes import breaks_of, is_cube, is_unbroken, series_key
from dashboard.views.frames import point_rows, points_frame, told
from dashboard.views.labels import capital, without_repeats

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Break as CatalogueBreak
    from warehouse.catalogue.schema import Indicator

_MOST_SIGNS = 100
"""Above this many units signs cannot be counted by eye and a scale serves better."""


@dataclass(frozen=True)
class Plot:
    """Which figure draws the cells, from which frame, with what else it takes."""

    figure: str
    points: Points
    extra: dict[str, Any] = field(default_factory=dict)


def plot(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """Makes the frame for the figure that the catalogue asks for."""
    own = _PLOTS.get(indicator.chart)
    if own is not None:
        return own(ctx, indicator, cells)
    return Plot(indicator.chart, _rows(ctx, indicator, cells))


def _rows(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> pd.DataFrame:
    """Makes the frame of a chart of rows: a mark takes the colour of the sector of its row."""
    points = points_frame(ctx, indicator, cells)
    if indicator.chart != "index_bars":
        several = points.groupby("series")["sector"].nunique().max() > 1
        if several:
            points["series"] = points["sector"]
    return points


def _trend(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """Adds bands for years without a figure, breaks, unknown bases and contradictions."""
    rows = point_rows(ctx, indicator, cells)
    points = marks_of(rows, "trend")
    breaks = [
        Break(after=one.after, label=one.text(ctx.locale), series=tuple(one.sectors))
        for one in breaks_shown(indicator, cells)
    ]
    breaks += _cuts(ctx, indicator, cells, rows)
    gaps = [
        Gap(
            first=first,
            last=last,
            label=ctx.words("chart.gap", years=year_span(first, last, ctx.locale)),
        )
        for first, last in missing_spans(points)
    ]
    extra = {
        "gaps": gaps,
        "breaks": breaks,
        "notes": _unknown_bases(ctx, cells),
        "conflicts": _conflicts(ctx, indicator, cells),
    }
    return Plot("trend", points, extra)


def _cuts(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    rows: Sequence[Mapping[str, Any]],
) -> list[Break]:
    """Returns the breaks of an insurer or region that is shown, for its own lines only."""
    if not is_cube(indicator):
        return []
    by_key = {cell.key: cell for cell in cells}
    series: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        series.setdefault(series_key(by_key[row["cell"]]), set()).add(row["series"])
    return [
        Break(
            after=after, label=label, series=tuple(sorted(set().union(*(series[o] for o in own))))
        )
        for after, label, own in breaks_of(ctx, indicator, cells)
    ]


def breaks_shown(indicator: Indicator, cells: Sequence[ValueCell]) -> list[CatalogueBreak]:
    """Returns the breaks that lie between years of a series that is shown."""
    found = []
    for one in indicator.breaks:
        years = {
            cell.period_year
            for cell in cells
            if cell.period_year and (not one.sectors or cell.sector_code in one.sectors)
        }
        if years and min(years) <= one.after < max(years):
            found.append(one)
    return found


def _unknown_bases(ctx: Context, cells: Sequence[ValueCell]) -> list[Note]:
    """Says above a year that its denominator is not known, where other years have one."""
    if all(cell.base == "unknown" for cell in cells):
        return []
    years = distinct(str(cell.period_year) for cell in cells if cell.period_year is not None)
    return [
        Note(x=int(year), label=ctx.words("chart.note_unknown", year=year))
        for year in years
        if all(cell.base == "unknown" for cell in cells if str(cell.period_year) == year)
    ]


def _conflicts(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[Conflict]:
    """Ties the values of two sources that the catalogue says contradict each other."""
    found = []
    for one in ctx.catalogue.contradictions.values():
        if indicator.id not in one.indicators:
            continue
        ids = {figure for side in one.sides for figure in side.figure_ids}
        tied = [cell for cell in cells if ids.intersection(cell.figure_ids)]
        heights = [end for cell in tied if (end := _height(cell)) is not None]
        years = {cell.period_year for cell in tied}
        if len(heights) > 1 and len(years) == 1 and min(heights) < max(heights):
            found.append(
                Conflict(
                    x=float(tied[0].year),
                    low=min(heights),
                    high=max(heights),
                    label=ctx.words("chart.conflict"),
                )
            )
    return found


def _height(cell: ValueCell) -> float | None:
    if cell.value is not None:
        return cell.value
    return cell.value_low if cell.value_low is not None else cell.value_high


def _stacked(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """One bar per row, divided by answer; "does not know" is an answer like the others."""
    points = points_frame(ctx, indicator, cells)
    by_key = {cell.key: cell for cell in cells}
    fields = [
        name
        for name in (
            "sector_code",
            "insurer_code",
            "region_code",
            "provider_group",
            "base",
            "period",
        )
        if len(distinct(getattr(cell, name) for cell in cells)) > 1
    ] or ["sector_code"]
    rows = []
    for key in points["cell"]:
        cell = by_key[key]
        parts = without_repeats([told(ctx, name, cell) for name in fields])
        if cell.is_computed and is_unbroken(cell) and not all(is_unbroken(one) for one in cells):
            parts.append(ctx.words("chart.unbroken"))
        rows.append(capital(", ".join(parts)))
    points["x_label"] = rows
    points["row_label"] = rows
    points["heading"] = ""
    points["x"] = None
    points["detail"] = _under_the_name(ctx, [by_key[key] for key in points["cell"]], rows)
    unknown = [code for code in ctx.catalogue.categories if code.endswith("unknown")]
    return Plot("stacked", points, {"unknown": unknown})


def _under_the_name(ctx: Context, cells: Sequence[ValueCell], rows: Sequence[str]) -> list[str]:
    """Says under the name of a bar what its parts do not show: what is hidden, or provisional."""
    hidden = {row for cell, row in zip(cells, rows, strict=True) if cell.kind == "suppressed"}
    told_values = {row for cell, row in zip(cells, rows, strict=True) if cell.has_number}
    waiting = {row for cell, row in zip(cells, rows, strict=True) if cell.status == "provisional"}

    def words(row: str) -> str:
        told = []
        if row in hidden:
            told.append(ctx.words(f"suppressed.{'part' if row in told_values else 'whole'}"))
        if row in waiting:
            told.append(ctx.labels.status("provisional"))
        return ", ".join(told)

    return [words(row) for row in rows]


def _terms(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """A contract starts in the first year of its period, whatever year it is listed under."""
    points = points_frame(ctx, indicator, cells)
    first = {cell.key: cell.period[:4] for cell in cells}
    points["x"] = [int(first[key]) if first[key].isdigit() else None for key in points["cell"]]
    points["heading"] = ""
    points["row_label"] = points["series_label"]
    return Plot("terms", points)


def _waffle(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """One share is drawn as its units and the rest; several are rows of signs."""
    if not all(_countable(cell) for cell in cells):
        return _without_counts(ctx, indicator, cells)
    if len(cells) > 1:
        return _signs(ctx, indicator, cells)
    cell, points = cells[0], points_frame(ctx, indicator, cells)
    counted, total = cell.numerator or 0.0, cell.n_observed or 0.0
    unit = ctx.labels.n_unit(cell.n_unit, counted)
    label = _plural(ctx.labels.category(cell.category), unit)
    told = ctx.words("chart.counted", count=number(counted, ctx.locale), label=label)
    waits = f", {ctx.labels.status(cell.status)}" if cell.status == "provisional" else ""
    own = points.iloc[0].to_dict() | {"value": counted, "label": f"{told}{waits}"}
    rest = own | {
        "series": "rest",
        "series_label": "",
        "value": total - counted,
        "label": ctx.words(
            "chart.rest",
            count=number(total - counted, ctx.locale),
            unit=ctx.labels.n_unit(cell.n_unit, total - counted),
        ),
    }
    return Plot("waffle", pd.DataFrame([own, rest], columns=points.columns))


def _plural(label: str, unit: str) -> str:
    """Writes an answer about one unit as one about several: "contract met een stop"."""
    first, space, rest = label.partition(" ")
    return f"{unit}{space}{rest}" if unit.startswith(first) else label


def _counts(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """Small counts of a known total are signs; other numbers are points on a scale from 0."""
    if all(_countable(cell) for cell in cells):
        return _signs(ctx, indicator, cells)
    return Plot("ranges", _rows(ctx, indicator, cells))


def _signs(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    points = points_frame(ctx, indicator, cells)
    points["value"] = points["numerator"]
    return Plot("counts", points)


def _without_counts(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    points = _rows(ctx, indicator, cells)
    return Plot("share_dots" if indicator.unit == "percent" else "ranges", points)


def _countable(cell: ValueCell) -> bool:
    return (
        cell.numerator is not None
        and cell.n_observed is not None
        and cell.n_observed <= _MOST_SIGNS
    )


def _ranges(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Plot:
    """Ranges per insurer, year and kind get panels; others are rows on one scale."""
    points = _rows(ctx, indicator, cells)
    several = len(distinct(str(cell.period_year) + cell.category for cell in cells)) > 1
    if indicator.series != "insurer_code" or not several:
        return Plot("ranges", points)
    by_key = {cell.key: cell for cell in cells}
    shown = [by_key[key] for key in points["cell"]]
    points["row_label"] = [ctx.labels.insurer(cell.insurer_code) for cell in shown]
    points["series"] = [cell.category for cell in shown]
    points["series_label"] = [capital(ctx.labels.category(cell.category)) for cell in shown]
    return Plot("reimbursement", points)


_PLOTS: dict[str, Callable[[Context, Indicator, Sequence[ValueCell]], Plot]] = {
    "trend": _trend,
    "stacked": _stacked,
    "terms": _terms,
    "waffle": _waffle,
    "counts": _counts,
    "ranges": _ranges,
}
