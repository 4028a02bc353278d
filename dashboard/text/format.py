"""Numbers, counts and dates as a Dutch or an English reader writes them.

Numbers are rounded half up on the decimal that is printed, as a reader with pen and paper
would: 0.25 becomes 0,3. Binary fractions never decide, because every number passes through
`Decimal` by the digits it shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

import yaml

Locale = Literal["nl", "en"]
Number = int | float | Decimal

_FOLDER = Path(__file__).parent
_MARKS: Final = {"nl": (".", ","), "en": (",", ".")}
_DUTCH_TIME: Final = ZoneInfo("Europe/Amsterdam")
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


class NumberTextError(ValueError):
    """A value that cannot be printed as a number."""

    def __init__(self, value: object) -> None:
        """Name the value and what to do with a missing one."""
        super().__init__(
            f"{value!r} is not a finite number and has no digits to print. "
            "Say in words why a value is missing; do not format it."
        )


class PeriodTextError(ValueError):
    """A period that is not a year, quarter, month or day."""

    def __init__(self, text: object, expected: str) -> None:
        """Name the text and the form that was expected."""
        super().__init__(f"{text!r} is not {expected}.")


@lru_cache(maxsize=8192)
def number(value: Number, locale: Locale, decimals: int | None = None) -> str:
    """Writes a number with the marks of a language, e.g. "1.234,5" or "1,234.5".

    Args:
        value: The number; a missing one is refused.
        locale: "nl" or "en".
        decimals: Digits after the decimal mark; None prints the digits the number has.

    Raises:
        NumberTextError: The value is missing or infinite.
    """
    exact = _decimal(value)
    if decimals is None:
        decimals = max(0, -int(exact.normalize().as_tuple().exponent))
    with localcontext() as context:
        # Enough digits for any amount in a source; the default of 28 would refuse long ones.
        context.prec = 400
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)  # "-0" says nothing that "0" does not
    thousands, mark = _MARKS[locale]
    return f"{rounded:,f}".translate({ord(","): thousands, ord("."): mark})


def percent(value: Number, locale: Locale, decimals: int | None = None) -> str:
    """Writes a percentage, e.g. "9,0%"; the value is already on the scale of 0 to 100."""
    return f"{number(value, locale, decimals)}%"


def value_text(
    value: Number,
    locale: Locale,
    *,
    decimals: int | None = None,
    suffix: str = "",
    prefix: str = "",
) -> str:
    """Writes a number with its unit, e.g. "9,0%", "22 weken" or "€ 144 miljoen".

    Args:
        value: The number.
        locale: "nl" or "en".
        decimals: Digits after the decimal mark; None prints the digits the number has.
        suffix: Unit behind the number. "%" stands against it, words stand off by a space
            that does not break.
        prefix: Unit before the number, such as "€"; Dutch sets a space behind it.
    """
    text = number(value, locale, decimals)
    if prefix:
        text = f"{prefix}{_NO_BREAK_SPACE if locale == 'nl' else ''}{text}"
    suffix = suffix.strip()
    if not suffix or suffix == "%":
        return f"{text}{suffix}"
    return f"{text}{_NO_BREAK_SPACE}{suffix}"


def count_of(numerator: Number, n: Number, locale: Locale) -> str:
    """Writes a count out of a total, e.g. "9 van 52"."""
    return _word("count_of", locale).format(
        numerator=number(numerator, locale), n=number(n, locale)
    )


def year_range(first: int, last: int) -> str:
    """Writes years for a label, e.g. "2016–2024"; one year stands alone."""
    return str(first) if first == last else f"{first}–{last}"


def year_span(first: int, last: int, locale: Locale) -> str:
    """Writes years for a sentence, e.g. "2016 tot en met 2024"; one year stands alone."""
    if first == last:
        return str(first)
    return _word("through", locale).format(first=first, last=last)


def month_year(when: date | str, locale: Locale) -> str:
    """Writes a month, e.g. "februari 2018".

    Args:
        when: A date, or text such as "2018-02".
        locale: "nl" or "en".

    Raises:
        PeriodTextError: The text is not a month.
    """
    if isinstance(when, str):
        found = re.fullmatch(r"(\d{4})-(\d{2})", when)
        if found is None or not 1 <= int(found[2]) <= 12:
            raise PeriodTextError(when, "a month such as 2018-02")
        year, month = int(found[1]), int(found[2])
    else:
        year, month = when.year, when.month
    return f"{_months(locale)[month - 1]} {year}"


def day(when: date | str, locale: Locale) -> str:
    """Writes a day, e.g. "3 maart 2023" or "3 March 2023".

    Args:
        when: A date, or text such as "2023-03-03".
        locale: "nl" or "en".

    Raises:
        PeriodTextError: The text is not a day that exists.
    """
    if isinstance(when, str):
        try:
            when = date.fromisoformat(when)
        except ValueError as error:
            raise PeriodTextError(when, "a day such as 2023-03-03") from error
    return f"{when.day} {month_year(when, locale)}"


def dutch_time(when: datetime | str) -> datetime:
    """Returns a moment by the Dutch clock; without a zone it is read as UTC.

    Raises:
        PeriodTextError: The text is not a moment.
    """
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when)
        except ValueError as error:
            raise PeriodTextError(when, "a moment such as 2026-04-03T08:12:30Z") from error
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(_DUTCH_TIME)


def moment(when: datetime | str, locale: Locale) -> str:
    """Writes a moment by the Dutch clock, e.g. "3 april 2026, 10.12 uur".

    Args:
        when: A moment, or text such as "2026-04-03T08:12:30Z"; without a zone it is UTC.
        locale: "nl" or "en".

    Raises:
        PeriodTextError: The text is not a moment.
    """
    here = dutch_time(when)
    return _word("moment", locale).format(
        day=day(here.date(), locale), hour=f"{here:%H}", minute=f"{here:%M}"
    )


def period(text: str, locale: Locale) -> str:
    """Writes a year, quarter, month or day that a source gives, each in words.

    Args:
        text: "2019", "2018-2019", "2022Q4", "2018-02" or "2023-03-03".
        locale: "nl" or "en".

    Raises:
        PeriodTextError: The text has none of these forms.
    """
    if re.fullmatch(r"\d{4}", text):
        return text
    if years := re.fullmatch(r"(\d{4})[-–](\d{4})", text):
        return year_range(int(years[1]), int(years[2]))
    if quarter := re.fullmatch(r"(\d{4})-?Q([1-4])", text):
        return _word("quarter", locale).format(quarter=quarter[2], year=quarter[1])
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return month_year(text, locale)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return day(text, locale)
    raise PeriodTextError(text, "a year, a quarter (2022Q4), a month (2018-02) or a day")


def join_words(words: Sequence[str], and_word: str) -> str:
    """Joins words as a sentence does: "a", "a en b", "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {and_word} {words[-1]}"


def and_list(words: Sequence[str], locale: Locale) -> str:
    """Joins words with the word for "and" of the language."""
    return join_words(words, _word("and", locale))


def _decimal(value: Number) -> Decimal:
    """Reads a number by the digits it shows, so 2.675 is 2.675 and not a shade less."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise NumberTextError(value) from error
    if not exact.is_finite():
        raise NumberTextError(value)
    return exact


@cache
def _months(locale: Locale) -> tuple[str, ...]:
    return tuple(yaml.safe_load((_FOLDER / "months.yaml").read_text(encoding="utf-8"))[locale])


@cache
def _word(key: str, locale: Locale) -> str:
    words = yaml.safe_load((_FOLDER / "notation.yaml").read_text(encoding="utf-8"))
    return str(words[locale][key])
