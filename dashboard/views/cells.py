"""One cell of an indicator as typed data: what chart, table, sentence and CSV all start from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

Kind = Literal[
    "point", "bound_low", "bound_high", "range", "image", "statement", "suppressed", "none"
]  # fmt: skip

COMPUTED = frozenset({"survey", "claims", "example"})
"""Evidence that is computed by us, with rules for small numbers."""
SMALL_N = 30
"""Up to this many answers a share is told as a count ("6 of 8"), not as a percentage."""


@dataclass(frozen=True)
class ValueCell:
    """One row of `published.indicator_value`; blanks are None or an empty text."""

    cell_id: str
    indicator_id: str
    sector_code: str
    period_year: int | None
    period: str
    insurer_code: str
    region_code: str
    provider_group: str
    category: str
    population: str
    evidence: str
    base: str
    value: float | None
    value_low: float | None
    value_high: float | None
    unit: str
    decimals: int
    numerator: float | None
    denominator: float | None
    n_observed: float | None
    n_unit: str
    ci_low: float | None
    ci_high: float | None
    ci_method: str
    qualifier: str
    status: str
    source_id: str
    document_id: str
    locator: str
    figure_ids: tuple[str, ...]
    caveats: tuple[str, ...]
    delivery_id: str
    voice: str
    label_nl: str
    label_en: str
    comparable_group: str
    n_unweighted: float | None = None
    suppression: str = ""
    """Why a computed cell is hidden: `few`, `dominant` or `secondary`; empty where it is not."""
    comparison: str = ""
    """Beside the country: `higher`, `lower`, `similar`, `undetermined`; empty: not compared."""
    comparison_value: float | None = None

    @property
    def key(self) -> str:
        """Names the cell, for `data-cell` and for tests."""
        return self.cell_id

    @property
    def kind(self) -> Kind:
        """Says what the cell holds, which decides how it is drawn and told."""
        if self.status == "not_in_text":
            return "image"
        if self.status == "no_number":
            return "statement"
        if self.status == "suppressed":
            return "suppressed"
        if self.value is not None:
            return "point"
        if self.value_low is not None and self.value_high is not None:
            return "range"
        if self.value_low is not None:
            return "bound_low"
        return "none" if self.value_high is None else "bound_high"

    @property
    def has_number(self) -> bool:
        """Says whether there is a point, bound or range to show."""
        return self.kind in ("point", "bound_low", "bound_high", "range")

    @property
    def is_computed(self) -> bool:
        """Says whether we computed the value from rows, rather than that a source printed it."""
        return self.evidence in COMPUTED

    @property
    def is_count_share(self) -> bool:
        """Says whether a share rests on so few answers that only the count is told.

        A weighted share is not the share of its count, so that count would not explain it.
        """
        if self.is_computed and not self._is_share_of_count:
            return False
        return (
            self.unit == "percent"
            and self.kind == "point"
            and self.numerator is not None
            and self.n_observed is not None
            and self.n_unit not in ("", "amount")
            and self.n_observed <= SMALL_N
        )

    @property
    def _is_share_of_count(self) -> bool:
        if self.value is None or self.numerator is None or not self.n_observed:
            return False
        return math.isclose(100 * self.numerator / self.n_observed, self.value, abs_tol=0.001)

    @property
    def year(self) -> int:
        """Year to sort by; a cell without a year comes first."""
        return self.period_year if self.period_year is not None else 0


_TEXTS = frozenset(
    {
        "cell_id", "indicator_id", "sector_code", "period", "insurer_code", "region_code",
        "provider_group", "category", "population", "evidence", "base", "unit", "n_unit",
        "ci_method", "qualifier",
        "status", "source_id", "document_id", "locator", "delivery_id", "voice", "label_nl",
        "label_en", "comparable_group", "suppression", "comparison",
    }
)  # fmt: skip
_NUMBERS = frozenset(
    {
        "value", "value_low", "value_high", "numerator", "denominator", "n_observed", "ci_low",
        "ci_high", "n_unweighted", "comparison_value",
    }
)  # fmt: skip


def is_blank(value: Any) -> bool:  # noqa: ANN401  (a value of a pandas frame)
    """Says whether a value of a frame is missing, whatever its type."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "<NA>"


def text_of(value: Any) -> str:  # noqa: ANN401  (a value of a pandas frame)
    """Returns a text of a frame; missing becomes empty."""
    return "" if is_blank(value) or str(value) == "NaT" else str(value)


def number_of(value: Any) -> float | None:  # noqa: ANN401  (a value of a pandas frame)
    """Returns a number of a frame; missing becomes None."""
    return None if is_blank(value) else float(value)


def words_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401  (a value of a pandas frame)
    """Returns a list of a frame; missing becomes empty."""
    return () if is_blank(value) else tuple(str(item) for item in value)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Returns the rows of a frame as plain dicts."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def cells_of(frame: pd.DataFrame) -> list[ValueCell]:
    """Turns rows of `published.indicator_value` into cells."""
    return [cell_of(row) for row in rows_of(frame)]


def cell_of(row: dict[str, Any]) -> ValueCell:
    """Turns one row of `published.indicator_value` into a cell."""
    values: dict[str, Any] = {name: text_of(row.get(name)) for name in _TEXTS}
    values |= {name: number_of(row.get(name)) for name in _NUMBERS}
    if values["document_id"] == values["source_id"]:
        # What we computed rests on a source as a whole, and on no printed document.
        values["document_id"] = ""
    year, decimals = number_of(row.get("period_year")), number_of(row.get("decimals"))
    return ValueCell(
        period_year=None if year is None else int(year),
        decimals=0 if decimals is None else int(decimals),
        figure_ids=words_of(row.get("figure_ids")),
        caveats=words_of(row.get("caveats")),
        **values,
    )


def plain_cell(row: dict[str, Any]) -> ValueCell:
    """Turns one plain row of the database, not of a frame, into a cell; blanks are None there."""
    values: dict[str, Any] = {name: row.get(name) or "" for name in _TEXTS}
    values |= {name: row.get(name) for name in _NUMBERS}
    if values["document_id"] == values["source_id"]:
        values["document_id"] = ""
    return ValueCell(
        period_year=row.get("period_year"),
        decimals=row.get("decimals") or 0,
        figure_ids=tuple(row.get("figure_ids") or ()),
        caveats=tuple(row.get("caveats") or ()),
        **values,
    )


def figure_cell(row: dict[str, Any]) -> ValueCell:
    """Turns a printed figure into a cell, so that it is told in the same words.

    The count is left out: a printed percentage stays a percentage here, as it was printed.
    """
    value = {
        **row,
        "cell_id": row["figure_id"],
        "figure_ids": [row["figure_id"]],
        "period_year": row["period_to"],
        "n_observed": row["n"],
        "numerator": None,
    }
    return cell_of(value)


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Returns each value once, in the order of first sight."""
    return tuple(dict.fromkeys(values))


def newest_first(cells: Sequence[ValueCell]) -> list[ValueCell]:
    """Sorts cells by year and period, newest first, else keeping their order."""
    by_period = sorted(cells, key=lambda cell: cell.period, reverse=True)
    return sorted(by_period, key=lambda cell: -cell.year)
