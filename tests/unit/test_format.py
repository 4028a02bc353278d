"""Numbers and dates read as a Dutch and as an English reader write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text import (
    Number,
    NumberTextError,
    PeriodTextError,
    and_list,
    count_of,
    day,
    join_words,
    moment,
    month_year,
    number,
    percent,
    period,
    value_text,
    year_range,
    year_span,
)

values = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.decimals(-(10**12), 10**12, allow_nan=False, places=4),
)
SWAP = str.maketrans(".,", ",.")


@given(value=values, decimals=st.integers(0, 4))
def test_dutch_and_english_differ_only_in_their_marks(value: Number, decimals: int) -> None:
    assert number(value, "nl", decimals).translate(SWAP) == number(value, "en", decimals)


@given(value=values, decimals=st.integers(0, 4))
def test_a_number_is_rounded_half_up_on_the_digit_printed(value: Number, decimals: int) -> None:
    printed = Fraction(number(value, "en", decimals).replace(",", ""))
    exact = Fraction(str(value))
    half = Fraction(1, 2 * 10**decimals)

    assert abs(printed - exact) <= half
    if abs(printed - exact) == half:
        assert abs(printed) > abs(exact)


@given(value=values)
def test_without_decimals_every_digit_is_printed(value: Number) -> None:
    assert Decimal(number(value, "en").replace(",", "")) == Decimal(str(value))


@pytest.mark.parametrize(
    ("value", "decimals", "dutch"),
    [
        (9, 1, "9,0"),
        (1234, 0, "1.234"),
        (1234567.891, 2, "1.234.567,89"),
        (2.675, 2, "2,68"),
        (0.25, 1, "0,3"),
        (-0.04, 1, "0,0"),
        (-0.31, 2, "-0,31"),
        (Decimal("6.00"), None, "6"),
        (1e21, 0, "1.000.000.000.000.000.000.000"),
        (100.0, None, "100"),
    ],
)
def test_dutch_numbers(value: Number, decimals: int | None, dutch: str) -> None:
    assert number(value, "nl", decimals) == dutch


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "ruim 6"])
def test_a_missing_value_is_refused(value: Number) -> None:
    with pytest.raises(NumberTextError, match="is not a finite number"):
        number(value, "nl")


def test_units_stand_where_a_reader_expects_them() -> None:
    assert percent(9.0, "nl", 1) == "9,0%"
    assert percent(9.0, "en", 1) == "9.0%"
    assert value_text(22, "nl", suffix="weken") == "22\N{NO-BREAK SPACE}weken"
    assert value_text(22, "nl", suffix=" weken") == "22\N{NO-BREAK SPACE}weken"
    assert value_text(5.7, "nl", decimals=1, suffix="%") == "5,7%"
    assert value_text(1234, "nl", prefix="€") == "€\N{NO-BREAK SPACE}1.234"
    assert value_text(1234, "en", prefix="€") == "€1,234"
    assert value_text(7, "en") == "7"


def test_counts_and_years() -> None:
    assert count_of(9, 52, "nl") == "9 van 52"
    assert count_of(2474, 6666.0, "en") == "2,474 of 6,666"
    assert year_range(2016, 2024) == "2016–2024"
    assert year_range(2019, 2019) == "2019"
    assert year_span(2016, 2024, "nl") == "2016 tot en met 2024"
    assert year_span(2016, 2024, "en") == "2016 through 2024"
    assert year_span(2019, 2019, "en") == "2019"


def test_dates_in_words() -> None:
    assert day("2023-03-03", "nl") == "3 maart 2023"
    assert day(date(2026, 8, 14), "en") == "14 August 2026"
    assert month_year("2018-02", "nl") == "februari 2018"
    assert month_year(date(2018, 2, 1), "en") == "February 2018"


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("2019", "2019"),
        ("2018-2019", "2018–2019"),
        ("2022Q4", "4e kwartaal 2022"),
        ("2018-02", "februari 2018"),
        ("2023-03-03", "3 maart 2023"),
    ],
)
def test_periods_as_sources_give_them(text: str, dutch: str) -> None:
    assert period(text, "nl") == dutch


def test_an_unknown_period_is_not_guessed() -> None:
    with pytest.raises(PeriodTextError, match="'spring' is not a year"):
        period("spring", "en")
    with pytest.raises(PeriodTextError, match="not a month"):
        month_year("2018-13", "nl")
    with pytest.raises(PeriodTextError, match="not a day"):
        day("2023-02-30", "nl")


def test_words_are_joined_as_in_a_sentence() -> None:
    assert join_words([], "en") == ""
    assert join_words(["a"], "en") == "a"
    assert join_words(["a", "b"], "en") == "a en b"
    assert and_list(["a", "b", "c"], "en") == "a, b and c"


def test_a_moment_is_told_by_the_dutch_clock() -> None:
    assert moment("2026-04-03T08:12:30Z", "nl") == "3 april 2026, 10.12 uur"
    assert moment("2026-04-03T08:12:30+00:00", "en") == "3 April 2026, 10:12"
    # Late in the evening in winter it is the next day already; without a zone it is UTC.
    assert moment("2026-01-31T23:30:00", "nl") == "1 februari 2026, 00.30 uur"
    with pytest.raises(PeriodTextError):
        moment("gisteren", "nl")
