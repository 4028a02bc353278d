"""Text in a CSV never starts a formula in a spreadsheet; numbers stay numbers."""

from __future__ import annotations

import pytest

from dashboard.views.table_csv import write_csv


def written(value: object) -> str:
    return write_csv([{"cell": value}], ["cell"]).split("\n", 1)[1].rstrip("\n").strip('"')


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_starts_like_a_formula_is_kept_as_text(start: str) -> None:
    assert written(f"{start}cmd()").startswith("'")


@pytest.mark.parametrize("value", [-3, -3.5, "-3,5%", "-1.000", "ruim 6%", "2022-03"])
def test_numbers_and_plain_words_stay_as_they_are(value: object) -> None:
    assert written(value) == str(value)
