"""Write numbers and sizes the way a language does."""

from __future__ import annotations

from decimal import Decimal

from etl.messages import Language

_MARKS = {"nl": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}
_DEFAULT = 1


def count(value: int | float, language: Language) -> str:
    """Write a whole number, with marks between the thousands."""
    return f"{value:,.0f}".translate(_MARKS[language])


def number(value: float, decimals: int | None, language: Language) -> str:
    """Write a number with so many decimals; one where it is not known how many."""
    places = _DEFAULT if decimals is None else decimals
    return f"{value:,.{places}f}".translate(_MARKS[language])


def exact(value: Decimal, language: Language) -> str:
    """Write a sum with all the decimals that it has, and none that it has not."""
    return f"{value.normalize():,f}".translate(_MARKS[language])


def signed(value: float, decimals: int, language: Language) -> str:
    """Write a difference with its sign."""
    text = number(abs(value), decimals, language)
    return f"{'−' if value < 0 else '+'}{text}"
