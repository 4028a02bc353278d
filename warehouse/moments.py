"""Moments as an operator writes them: with a zone, or by the Dutch clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")

Trouble = Literal["unreadable", "skipped", "twice"]


class MomentError(ValueError):
    """A text that names no moment.

    Trouble: `unreadable`, not a date and a time; `skipped`, an hour that summer time leaves out;
    `twice`, an hour that comes twice when summer time ends.
    """

    def __init__(self, text: str, trouble: Trouble) -> None:
        self.text = text
        self.trouble: Trouble = trouble
        super().__init__(f"{text}: {trouble}")


def read_moment(text: str) -> datetime:
    """Read a date and a time; without a zone it is Dutch time.

    Args:
        text: Such as 2027-03-01T09:00, 2027-03-01 09:00:30 or 2027-03-01T08:00Z.

    Returns:
        The moment in UTC.

    Raises:
        MomentError: It is no such text, or it could be two moments or none.
    """
    text = text.strip()
    if not _MOMENT.fullmatch(text):
        raise MomentError(text, "unreadable")
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        here = found.replace(tzinfo=DUTCH_TIME)
        first, second = here.astimezone(UTC), here.replace(fold=1).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MomentError(text, "unreadable") from error
    if first == second:
        return first
    # Over the skipped hour the two readings lie the other way round.
    raise MomentError(text, "twice" if second - first > timedelta(0) else "skipped")


def by_dutch_clock(text: str) -> str:
    """Write a moment that stands in a manifest or in the history as date, hour and minute.

    Args:
        text: An ISO time; what cannot be read is given back as it is.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    here = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(DUTCH_TIME)
    return f"{here:%Y-%m-%d %H:%M}"
