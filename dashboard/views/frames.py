"""From cells to the tidy frame of a figure: one row per cell, in the figure's own columns.

The table, the text alternative and the CSV start from the same cells, so a chart cannot
show another number than they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.figures.style import REFERENCE
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.cubes import is_cube, is_unbroken, series_key
from dashboard.views.labels import ALL, COUNTRY, capital, without_repeats
from dashboard.views.moments import vintage_words
from dashboard.views.provenance import party_of
from dashboard.views.revised import revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_DRAWN_STATUSES = frozenset({"final", "provisional", "superseded", "corrected"})
_VARYING = (
    "category", "sector_code", "provider_group", "insurer_code", "region_code", "voice", "base",
    "period",
)  # fmt: skip
_WHOSE = frozenset({"insurer_code", "region_code", "provider_group"})
_LESS_TELLING = ("voice", "base")
"""What names a row only where nothing else tells it apart from another."""
_PARTY_VOICES = frozenset({"party", "providers", "insurers"})


def points_frame(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> pd.DataFrame:
    """Makes the frame of `dashboard.figures` for the cells of an indicator."""
    return pd.DataFrame(point_rows(ctx, indicator, cells), columns=_COLUMNS)


def point_rows(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]
) -> list[dict[str, Any]]:
    """Makes the rows of the frame: for a figure that takes marks they need not be one."""
    name = row_namer(ctx, cells)
    first = _first_values(ctx, cells)
    beside = is_cube(indicator) and not all(is_unbroken(cell) for cell in cells)
    return [
        _point(ctx, indicator, cell, name)
        | first.get(cell.key, {})
        | (_beside(ctx, indicator, cell) if beside else {})
        for cell in _ordered(ctx, indicator, cells)
    ]


def _first_values(ctx: Context, cells: Sequence[ValueCell]) -> dict[str, dict[str, Any]]:
    """Returns the first published value of the cells that were changed since, visibly."""
    own = vintage_words(ctx)
    return {
        key: {
            "first": one.first.value,
            "first_label": own("revised.first_label", value=ctx.values.short(one.first)),
        }
        for key, one in revisions(ctx, cells).items()
        if one.first.value is not None
        and one.cell.value is not None
        and ctx.values.number(one.first.value, one.cell)
        != ctx.values.number(one.cell.value, one.cell)
    }


def _beside(ctx: Context, indicator: Indicator, cell: ValueCell) -> dict[str, Any]:
    """Tells a chosen insurer, region or group apart from the whole country beside it.

    What is chosen has the mark of its sector; the whole is grey, so that it stays behind it.
    """
    if indicator.series in ("category", "series"):
        return {}
    if is_unbroken(cell):
        return {"series": REFERENCE, "series_label": ctx.words("chart.unbroken"), "sector": ""}
    fields = ("insurer_code", "region_code", "provider_group")
    names = [told(ctx, field, cell) for field in fields]
    label = capital(", ".join(name for name in names if name))
    asked = ctx.selection
    own = (asked.insurer or ALL, asked.region or COUNTRY, asked.provider or ALL)
    code = cell.sector_code if series_key(cell) == own else "|".join(series_key(cell))
    return {"series": code, "series_label": label}


_COLUMNS = [
    "cell", "series", "series_label", "x", "x_label", "value", "low", "high", "ci_low", "ci_high",
    "kind", "label", "detail", "n_label", "group", "status", "voice", "heading", "row_label",
    "sector", "selected", "numerator", "n", "first", "first_label",
]  # fmt: skip


def _ordered(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[ValueCell]:
    """Sorts cells by the order of their vocabulary, and by year within a series."""
    categories = list(ctx.catalogue.categories)
    sectors = list(ctx.catalogue.sectors)
    groups = list(ctx.catalogue.provider_groups)

    def place(cell: ValueCell) -> tuple[Any, ...]:
        known = cell.category in categories
        answer = categories.index(cell.category) if known else len(categories)
        return (
            answer,
            sectors.index(cell.sector_code),
            groups.index(cell.provider_group),
            _rank(indicator, cell),
            ctx.labels.insurer(cell.insurer_code).casefold(),
            cell.year,
        )

    return sorted(cells, key=place)


def _rank(indicator: Indicator, cell: ValueCell) -> float:
    """Puts named insurers and regions from high to low; other charts keep their order."""
    if indicator.series not in ("insurer_code", "region_code") or cell.value is None:
        return 0.0
    return -cell.value


def _point(
    ctx: Context,
    indicator: Indicator,
    cell: ValueCell,
    name: Callable[[ValueCell], tuple[str, str]],
) -> dict[str, Any]:
    code, label = series_of(ctx, indicator, cell)
    heading, row = name(cell)
    status = cell.status if cell.status in _DRAWN_STATUSES else "final"
    return {
        "cell": cell.key,
        "series": code,
        "series_label": label,
        "x": cell.period_year,
        "x_label": ctx.values.period(cell),
        "value": cell.value,
        "low": cell.value_low,
        "high": cell.value_high,
        "ci_low": cell.ci_low,
        "ci_high": cell.ci_high,
        "kind": _kind(cell),
        "label": ctx.values.short(cell),
        "detail": _detail(ctx, cell),
        "n_label": "" if cell.is_count_share else ctx.values.count(cell),
        "group": cell.comparable_group,
        "status": status,
        "voice": cell.voice,
        "heading": heading,
        "row_label": row,
        "sector": cell.sector_code,
        "selected": False,
        "numerator": cell.numerator,
        "n": cell.n_observed,
    }


def _kind(cell: ValueCell) -> str:
    """A point of a party without a known base is its statement, not a measurement."""
    if cell.kind == "statement":
        return "none"
    if cell.kind == "point" and cell.voice in _PARTY_VOICES and cell.base == "unknown":
        return "statement"
    return cell.kind


def _detail(ctx: Context, cell: ValueCell) -> str:
    """A second line beside a mark: that a value was replaced, or who says it."""
    if cell.status in ("superseded", "corrected", "provisional") and cell.kind != "suppressed":
        return ctx.labels.status(cell.status)
    if cell.base == "unknown" and cell.document_id:
        who = party_of(ctx.catalogue.documents[cell.document_id])
        return ctx.words("chart.according_to", who=who)
    return ""


def series_of(ctx: Context, indicator: Indicator, cell: ValueCell) -> tuple[str, str]:
    """Returns the code and the name of the series that a cell belongs to."""
    labels = ctx.labels
    by = indicator.series
    if by in ("category", "series"):
        return cell.category, capital(labels.category(cell.category))
    if by == "provider_group":
        return cell.provider_group, capital(labels.provider_group(cell.provider_group))
    if by == "insurer_code":
        return cell.insurer_code, labels.insurer(cell.insurer_code)
    if by == "region_code":
        return cell.region_code, labels.region(cell.region_code)
    if by == "voice":
        voice = ctx.words(f"voice.{cell.voice}") if cell.voice else ""
        return cell.voice or ALL, capital(voice)
    if by == "base":
        return cell.base, capital(labels.base(cell.base))
    return cell.sector_code, capital(labels.sector_short(cell.sector_code))


def row_namer(ctx: Context, cells: Sequence[ValueCell]) -> Callable[[ValueCell], tuple[str, str]]:
    """Returns what names a cell as a row: the heading of its block, and its own name.

    Only what differs among the cells is named. Where answers and something else differ, the
    answers head the blocks.
    """
    varying = [field for field in _VARYING if len(distinct(getattr(c, field) for c in cells)) > 1]
    for field in _LESS_TELLING:
        without = [one for one in varying if one != field]
        if len({_values(cell, without) for cell in cells}) == len(
            {_values(cell, varying) for cell in cells}
        ):
            varying = without
    heading = "category" if "category" in varying and len(varying) > 1 else ""
    rest = [field for field in varying if field != heading] or ["sector_code"]

    def name(cell: ValueCell) -> tuple[str, str]:
        own = without_repeats([told(ctx, field, cell) for field in rest])
        if cell.is_computed and is_unbroken(cell) and not set(varying).isdisjoint(_WHOSE):
            own.append(ctx.words("chart.unbroken"))
        return told(ctx, heading, cell) if heading else "", capital(", ".join(own))

    return name


def _values(cell: ValueCell, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(getattr(cell, field)) for field in fields)


def told(ctx: Context, field: str, cell: ValueCell) -> str:
    """Writes one dimension of a cell in words; not broken down is written as nothing."""
    labels = ctx.labels
    code = getattr(cell, field)
    if field == "period":
        return ctx.values.period(cell)
    if field == "voice":
        return ctx.words(f"voice.{code}") if code else ""
    if field == "category":
        return capital(labels.category(code) or ctx.words("chart.total"))
    if field == "sector_code":
        return labels.sector_short(code)
    if field == "base":
        return labels.base(code)
    if code in (ALL, "NL"):
        return ""
    return {
        "provider_group": labels.provider_group,
        "insurer_code": labels.insurer,
        "region_code": labels.region,
    }[field](code)
