"""Values in words: a number, a bound, a range or why there is none, always the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.text import count_of, number, value_text, year_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.text.words import Words
    from dashboard.views.cells import ValueCell
    from dashboard.views.labels import Labels

_PLAIN_QUALIFIERS = frozenset({"", "exact", "range"})
_PLAIN_STATUSES = frozenset({"", "final"})
_RAW_DECIMALS = 4


@dataclass(frozen=True)
class ValueWords:
    """Writes the values of cells in one language."""

    labels: Labels
    words: Words

    def number(self, value: float, cell: ValueCell) -> str:
        """Writes a number in the unit of the cell, e.g. "9,0%" or "22 weken"."""
        if cell.unit and self.labels.is_name(cell.unit):
            return self.plain(value, cell)
        suffix = self.labels.suffix(cell.unit, one=value == 1)
        if value < 0 and (below := self.labels.suffix_below_zero(cell.unit)):
            value, suffix = -value, below
        return value_text(value, self.labels.locale, decimals=_decimals(value, cell), suffix=suffix)

    def plain(self, value: float, cell: ValueCell) -> str:
        """Writes a number without its unit; a calendar year without a thousands mark."""
        if cell.unit and self.labels.is_name(cell.unit):
            return f"{value:.0f}"
        return number(value, self.labels.locale, _decimals(value, cell))

    def short(self, cell: ValueCell) -> str:
        """Writes the value as a chart or a sentence has it, e.g. "ruim 6%" or "6 van 8"."""
        given = cell.label_nl if self.labels.locale == "nl" else cell.label_en
        if given:
            return given
        if cell.is_count_share and cell.numerator is not None and cell.n_observed is not None:
            return count_of(cell.numerator, cell.n_observed, self.labels.locale)
        if cell.kind == "point" and cell.value is not None:
            text = self._qualified(cell, self.number(cell.value, cell))
            return self.words("value.rounded_zero", value=text) if _rounds_to_zero(cell) else text
        if cell.kind == "range" and cell.value_low is not None and cell.value_high is not None:
            return self.words(
                "value.range",
                low=self.plain(cell.value_low, cell),
                high=self.number(cell.value_high, cell),
            )
        if cell.kind == "bound_low" and cell.value_low is not None:
            more = self.labels.qualifier("more_than")
            return f"{more} {self.number(cell.value_low, cell)}"
        if cell.kind == "bound_high" and cell.value_high is not None:
            less = self.labels.qualifier("less_than")
            return f"{less} {self.number(cell.value_high, cell)}"
        if cell.kind in ("image", "statement"):
            return self.labels.status(cell.status)
        if cell.status in _PLAIN_STATUSES:
            return self.words("value.none")
        return self.labels.status(cell.status)

    def full(self, cell: ValueCell) -> str:
        """Writes the value with its count and margin, e.g. "17% (9 van 52; marge 8,9–29,6%)"."""
        extra = [text for text in (self.count(cell), self.margin(cell)) if text]
        if not extra or cell.is_count_share:
            return self.short(cell)
        return f"{self.short(cell)} ({'; '.join(extra)})"

    def count(self, cell: ValueCell) -> str:
        """Writes the count behind a share, e.g. "9 van 52"; empty where the source has none."""
        if cell.n_unit == "amount":
            return ""
        if cell.is_computed:
            return self.observed(cell)
        if cell.n_observed is None or cell.unit != "percent":
            return ""
        if cell.numerator is None:
            return self.observed(cell)
        return count_of(cell.numerator, cell.n_observed, self.labels.locale)

    def observed(self, cell: ValueCell) -> str:
        """Writes how many answered or were counted, without weights, e.g. "412 deelnemers"."""
        counted_cells = cell.n_observed
        if cell.is_computed and cell.n_unweighted is not None:
            counted_cells = cell.n_unweighted
        if counted_cells is None:
            return ""
        counted = number(counted_cells, self.labels.locale)
        unit = self.labels.n_unit(cell.n_unit, counted_cells) if cell.n_unit else ""
        return f"{counted} {unit}" if unit else counted

    def margin(self, cell: ValueCell) -> str:
        """Writes the 95% interval, e.g. "marge 8,9–29,6%"; empty where there is none."""
        if cell.ci_low is None or cell.ci_high is None:
            return ""
        return self.words("value.margin", interval=self.interval(cell))

    def interval(self, cell: ValueCell) -> str:
        """Writes the bounds of the 95% interval, e.g. "8,9–29,6%"."""
        if cell.ci_low is None or cell.ci_high is None:
            return ""
        if cell.ci_low < 0 and self.labels.suffix_below_zero(cell.unit):
            # The two ends may lie on either side of zero: each says on which.
            low, high = (self.number(end, cell) for end in (cell.ci_low, cell.ci_high))
            return self.words("value.range", low=low, high=high)
        decimals = cell.decimals if cell.is_computed else 1
        if cell.unit == "percent":
            decimals = max(decimals, 1)
        low = number(cell.ci_low, self.labels.locale, decimals)
        suffix = self.labels.suffix(cell.unit)
        high = value_text(cell.ci_high, self.labels.locale, decimals=decimals, suffix=suffix)
        return f"{low}–{high}"

    def nature(self, cell: ValueCell) -> str:
        """Says what kind of value it is: exact, bound, range, provisional, only an image."""
        if cell.kind == "suppressed":
            return self.suppressed(cell)
        if cell.kind in ("image", "statement", "none"):
            return self.short(cell)
        kind = self.words(f"nature.{cell.kind}")
        if cell.kind == "point" and cell.qualifier not in _PLAIN_QUALIFIERS:
            kind = self.labels.qualifier(cell.qualifier)
        if cell.status in _PLAIN_STATUSES:
            return kind
        return f"{kind}, {self.labels.status(cell.status)}"

    def suppressed(self, cell: ValueCell) -> str:
        """Writes why a value is hidden, e.g. "afgeschermd: te weinig deelnemers"; else nothing."""
        if cell.kind != "suppressed":
            return ""
        reason = self.words(f"suppressed.{cell.suppression or 'few'}")
        return self.words("suppressed.text", status=self.labels.status(cell.status), reason=reason)

    def comparison(self, cell: ValueCell) -> str:
        """Writes how a value compares with the country, e.g. "hoger"; empty where it is not."""
        return self.words(f"comparison.{cell.comparison}") if cell.comparison else ""

    def period(self, cell: ValueCell) -> str:
        """Writes the period of a cell as the source has it, in words."""
        if cell.period:
            return self.labels.period(cell.period)
        return "" if cell.period_year is None else str(cell.period_year)

    def years(self, cells: Sequence[ValueCell]) -> str:
        """Writes the years that cells span, e.g. "2016–2024"; empty where none has a year."""
        years = [cell.period_year for cell in cells if cell.period_year is not None]
        return year_range(min(years), max(years)) if years else ""

    def _qualified(self, cell: ValueCell, text: str) -> str:
        if cell.qualifier in _PLAIN_QUALIFIERS:
            return text
        return f"{self.labels.qualifier(cell.qualifier)} {text}"


def _decimals(value: float, cell: ValueCell) -> int | None:
    """Returns the decimals to print: as the source has them, or all that the source gave.

    The raw layer keeps four decimals; a number with more is our own quotient and is rounded,
    and so is what we computed. There a true zero is "0": only "0,0" may have been rounded.
    """
    decimals = cell.decimals
    if cell.is_computed:
        return decimals if value else 0
    if round(value, decimals) == value:
        return decimals
    return None if round(value, _RAW_DECIMALS) == value else decimals


def _rounds_to_zero(cell: ValueCell) -> bool:
    """Says whether a value that is not zero is printed as zero."""
    if not cell.is_computed or not cell.value:
        return False
    smallest: float = 0.5 * 10.0**-cell.decimals
    return abs(cell.value) < smallest
