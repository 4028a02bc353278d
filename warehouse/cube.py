"""Read computed indicators by slice: a cube of a million cells is never read whole.

A slice is what one view needs: the unbroken cells of an indicator and those of the insurer,
region and kind of provider that a reader has chosen. Evidence is part of every question:
invented rows are never returned beside others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.read_model import ReadModel

Row = dict[str, Any]
ALL = "all"
COUNTRY = "NL"
EXAMPLE = "example"
_ORDER = (
    "sector_code", "provider_group", "insurer_code", "region_code", "category", "base",
    "period_year", "period", "status", "cell_id",
)  # fmt: skip
_FILTERS = (
    "sector_code", "period_year", "insurer_code", "region_code", "provider_group", "base",
    "category",
)  # fmt: skip


@dataclass(frozen=True)
class Slice:
    """Which cells of an indicator a view asks for; None asks for every value of a dimension."""

    indicator: str
    examples: bool = False
    """Invented cells only; otherwise none of them."""
    insurers: tuple[str, ...] | None = (ALL,)
    regions: tuple[str, ...] | None = (COUNTRY,)
    providers: tuple[str, ...] | None = (ALL,)
    sectors: tuple[str, ...] | None = None
    bases: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    years: tuple[int, int] | None = None


def slice_rows(model: ReadModel, wanted: Slice) -> list[Row]:
    """Return the cells of a slice, in the order of `ReadModel.indicator_values`."""
    where, values = _conditions(wanted)
    rows = model.rows(f"select * from {model.cells_of(where)}", values)  # noqa: S608  # fixed names
    # Here, because planning a sort costs the database more than sorting so few rows.
    return sorted(rows, key=lambda row: tuple(str(row[name]) for name in _ORDER))


def trend_rows(model: ReadModel, wanted: Slice) -> list[Row]:
    """Return the trend verdicts of a slice; none where a release has no verdicts yet.

    An earlier state has none either: they are about the years as they are known now.
    """
    if model.reading() is not None or not model.has_table("trend"):
        return []
    where, values = _conditions(wanted, with_years=False)
    return model.rows(f"select * from published.trend where {where}", values)  # noqa: S608  # fixed names


def break_rows(model: ReadModel) -> list[Row]:
    """Return the breaks of insurers, regions and municipalities, each with both names."""
    if not model.has_table("break_of_series"):
        return []
    return model.rows("select * from published.break_of_series order by all")


def options(model: ReadModel, indicator: str, *, examples: bool) -> dict[str, Any]:
    """Return the distinct codes per filter for which an indicator has a cell.

    Beside them stand the numbers of `cells`, of those that are `numbered`, and `hidden` ones,
    and the pairs of a category and a base that go together.
    """
    lists = ", ".join(f"list_sort(list(distinct {name})) as {name}" for name in _FILTERS)
    found = model.rows(
        f"select {lists}, count(*) as cells,"  # noqa: S608  # fixed names
        " count(coalesce(value, value_low, value_high)) as numbered,"
        " count(*) filter (status = 'suppressed') as hidden,"
        " list(distinct [category, base]) as category_bases"
        f" from {model.cells_of('indicator_id = ? and (evidence = ?) = ?')}",
        [indicator, EXAMPLE, examples],
    )
    return {name: [] if value is None else value for name, value in found[0].items()}


def combinations(model: ReadModel, wanted: Slice, split_by: str) -> list[Row]:
    """Return which sectors, answers, bases and years a slice has cells of, split one way.

    Args:
        model: The release.
        wanted: The slice.
        split_by: Column by which it is split; cells of the whole do not count.
    """
    where, values = _conditions(wanted)
    whole = {"region_code": COUNTRY, "insurer_code": ALL}[split_by]
    return model.rows(
        "select distinct sector_code, category, base, period_year"  # noqa: S608  # fixed names
        f" from {model.cells_of(f'{where} and {split_by} <> ?')} order by all",
        [*values, whole],
    )


def insurers_by_region(model: ReadModel, indicator: str, *, examples: bool) -> list[str]:
    """Return the insurers of which an indicator has a cell per region."""
    where = "indicator_id = ? and (evidence = ?) = ? and insurer_code <> ? and region_code <> ?"
    rows = model.rows(
        f"select distinct insurer_code from {model.cells_of(where)} order by insurer_code",  # noqa: S608
        [indicator, EXAMPLE, examples, ALL, COUNTRY],
    )
    return [str(row["insurer_code"]) for row in rows]


def example_indicators(model: ReadModel) -> frozenset[str]:
    """Return the indicators that have invented cells."""
    rows = model.rows(
        f"select distinct indicator_id from {model.cells_of('evidence = ?')}",  # noqa: S608
        [EXAMPLE],
    )
    return frozenset(str(row["indicator_id"]) for row in rows)


def _conditions(wanted: Slice, *, with_years: bool = True) -> tuple[str, list[object]]:
    """Write a slice as conditions; values always go in as parameters."""
    compare = "=" if wanted.examples else "<>"
    conditions = ["indicator_id = ?", f"evidence {compare} ?"]
    values: list[object] = [wanted.indicator, EXAMPLE]
    for column, codes in (
        ("insurer_code", wanted.insurers),
        ("region_code", wanted.regions),
        ("provider_group", wanted.providers),
        ("sector_code", wanted.sectors),
        ("base", wanted.bases),
        ("category", wanted.categories),
    ):
        if codes is not None:
            conditions.append(_one_of(column, codes))
            values.extend(codes)
    if with_years and wanted.years is not None:
        conditions.append("period_year between ? and ?")
        values.extend(wanted.years)
    return " and ".join(conditions), values


def _one_of(column: str, codes: Sequence[str]) -> str:
    return f"{column} in ({', '.join('?' * len(codes))})" if codes else "false"
