"""Write one delivery in the form that its contract describes for that period.

How waves differ (other headers, words, marks, encodings) stands in the contract alone: what is
said there of a period, a file of that period does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.column import Alias, holds
from etl.contract import Contract
from etl.example.market import Ints

Batch = Mapping[str, Sequence[str]]
"""Rows as columns of text, by the name of the column in the contract."""


@dataclass(frozen=True)
class Wave:
    """The form of the files of one source in one period."""

    contract: Contract
    period: str

    @property
    def mark(self) -> str:
        """The decimal mark."""
        return self.contract.terms.file.decimal_mark

    def headers(self, names: Iterable[str]) -> list[str]:
        """Give the header of each column in this period."""
        columns = {column.name: column for column in self.contract.terms.columns}
        return [self._header(columns[name].aliases, name) for name in names]

    def words(self, name: str, codes: Sequence[str]) -> list[str]:
        """Give the words that this period writes for codes."""
        column = next(one for one in self.contract.terms.columns if one.name == name)
        spoken = {code: word for word, code in column.words(self.period).items()}
        return [spoken.get(code, code) for code in codes]

    def decimals(self, hundredths: Ints) -> list[str]:
        """Write numbers that are given in hundredths."""
        mark = self.mark
        return [f"{value // 100}{mark}{value % 100:02d}" for value in hundredths.tolist()]

    def dates(self, days: Ints) -> list[str]:
        """Write days, given as days since 1970."""
        known, places = np.unique(days, return_inverse=True)
        form = self.contract.terms.file.date_format
        texts = [day.strftime(form) for day in known.astype("datetime64[D]").tolist()]
        return [texts[place] for place in places.tolist()]

    def write(self, path: Path, batches: Iterable[Batch]) -> int:
        """Write a delivery, batch by batch.

        Args:
            path: The file; its folder is made.
            batches: The rows; every batch has the same columns.

        Returns:
            The number of rows.
        """
        form = self.contract.terms.file
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = 0
        order: list[str] = []
        with path.open("w", encoding=form.encodings[-1], newline="") as handle:
            for batch in batches:
                if not order:
                    order = [one.name for one in self.contract.terms.columns if one.name in batch]
                    handle.write(form.delimiter.join(self.headers(order)) + "\n")
                lines = list(map(form.delimiter.join, zip(*(batch[name] for name in order),
                                                          strict=True)))  # fmt: skip
                handle.write("\n".join(lines) + "\n")
                rows += len(lines)
        return rows

    def _header(self, aliases: Sequence[str | Alias], name: str) -> str:
        """Take the alias that is said of this period only, else the name itself."""
        for alias in aliases:
            if isinstance(alias, Alias) and alias.periods and holds(alias.periods, self.period):
                return alias.name
        return name


def blank_where(missing: Sequence[bool], texts: Sequence[str]) -> list[str]:
    """Leave cells blank."""
    return ["" if gone else text for gone, text in zip(missing, texts, strict=True)]
