"""The words of the report of a check, and how it writes places, values and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

from etl.legible import legible
from etl.messages import Language
from etl.reporting.numbers import count, number, signed
from warehouse.catalogue.reading import read_yaml
from warehouse.moments import DUTCH_TIME
from warehouse.review.findings import CellChange
from warehouse.review.labels import Labels

TEXTS = Path(__file__).with_name("checks.yaml")
_PERCENT = "percent"


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return cast(Mapping[str, Mapping[str, str]], read_yaml(TEXTS))


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        """Take the language."""
        self.language: Language = language

    def __call__(self, key: str, **parameters: object) -> str:
        """Give a text of the report; whole numbers in it are written as the language does."""
        filled = {
            name: count(value, self.language) if isinstance(value, int) else legible(str(value))
            for name, value in parameters.items()
        }
        return str(_texts()[key][self.language]).format_map(filled)

    def counted(self, key: str, number_of: int, **parameters: object) -> str:
        """Give a text in the singular or the plural: the keys `<key>_one` and `<key>_more`."""
        ending = "one" if number_of == 1 else "more"
        return self(f"{key}_{ending}", count=number_of, **parameters)

    def moment(self, when: datetime) -> str:
        """Write a moment by the Dutch clock, e.g. "1 juni 2026, 09.00 uur (Nederlandse tijd)"."""
        here = when.astimezone(DUTCH_TIME)
        return self(
            "moment",
            day=str(here.day),
            month=self("months").split()[here.month - 1],
            year=str(here.year),
            hour=f"{here:%H}",
            minute=f"{here:%M}",
        )

    def old(self, cell: CellChange, labels: Labels) -> str:
        """Write what the served release says of a cell."""
        return self._value(
            (cell.old_value, cell.old_low, cell.old_high), cell.old_status, cell, labels
        )

    def new(self, cell: CellChange, labels: Labels) -> str:
        """Write what the new release would say of a cell."""
        return self._value(
            (cell.new_value, cell.new_low, cell.new_high), cell.new_status, cell, labels
        )

    def size(self, cell: CellChange) -> str:
        """Write how much a cell changed."""
        return "" if cell.size is None else self.step(cell.size, cell.unit)

    def step(self, size: float, unit: str | None) -> str:
        """Write a difference: in points for a percentage, else as a percentage."""
        key = "points" if unit == _PERCENT else "relative"
        if size and not round(size, 1):
            return self(f"{key}_little")
        return self(key, size=signed(size, 1, self.language))

    def value(self, value: float, cell: CellChange, labels: Labels) -> str:
        """Write a number with its unit."""
        text = number(value, cell.decimals, self.language)
        if cell.unit == _PERCENT:
            return f"{text}%"
        unit = labels.of(self.language, "unit", cell.unit)
        return f"{text} {unit}".strip()

    def _value(
        self,
        numbers: tuple[float | None, float | None, float | None],
        status: str | None,
        cell: CellChange,
        labels: Labels,
    ) -> str:
        point, low, high = numbers
        if status is None:
            return self("no_cell")
        if point is not None:
            return self.value(point, cell, labels)
        if low is not None and high is not None:
            ends = f"{number(low, cell.decimals, self.language)}–"
            return f"{ends}{self.value(high, cell, labels)}"
        if low is not None:
            return self("at_least", value=self.value(low, cell, labels))
        if high is not None:
            return self("at_most", value=self.value(high, cell, labels))
        return labels.of(self.language, "status", status)
