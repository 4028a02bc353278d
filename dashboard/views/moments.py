"""The moment that a reader looks back to, in words; and why some moments cannot be shown."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.text import PeriodTextError, day, dutch_time, moment
from dashboard.text.words import words
from dashboard.views.blocks import EmptyState, Notice, Paragraph, Text

if TYPE_CHECKING:
    from dashboard.addresses import PageKind
    from dashboard.text.words import Words
    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord
    from warehouse.catalogue.schema import Indicator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ].+")
_HOME = ZoneInfo("Europe/Amsterdam")
KEPT: frozenset[PageKind] = frozenset(
    {"overview", "topic", "indicator", "regions", "region", "insurers", "insurer"}
)
"""Pages whose figures are kept per state; the others are about documents and about the site."""


def vintage_words(ctx: Context) -> Words:
    """Returns the words about looking back."""
    return words(f"vintage.{ctx.locale}")


def when(ctx: Context) -> str:
    """Writes the moment of the address within a sentence, e.g. "op 3 april 2026"."""
    own, word = vintage_words(ctx), ctx.selection.as_of or ""
    try:
        if _DAY.fullmatch(word):
            return own("when.day", day=day(word, ctx.locale))
        if _TIME.fullmatch(word):
            return own("when.time", moment=moment(_at_home(word), ctx.locale))
    except PeriodTextError:
        # A release may be named like a day that does not exist; its name says enough.
        return own("when.release", release=word)
    return own("when.release", release=word)


def _at_home(word: str) -> datetime | str:
    """Reads a time without a zone by the Dutch clock, as the warehouse does."""
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        return word
    return found if found.tzinfo else found.replace(tzinfo=_HOME)


def day_of(word: str) -> str:
    """Returns the Dutch day of a moment, as a field for a date takes it; empty for other words."""
    if _DAY.fullmatch(word):
        return word
    try:
        return dutch_time(_at_home(word)).date().isoformat()
    except PeriodTextError:
        return ""


def moment_notice(ctx: Context, unknown: UnknownWord) -> Notice:
    """Says why the moment of the address cannot be shown, and from when figures are known."""
    own, known = vintage_words(ctx), ctx.data.vintages()
    first = moment(known[-1].known_from, ctx.locale) if known else ""
    reason = unknown.reason or "unreadable"
    told = own("unknown.known", first=first)
    text = own(f"unknown.{reason}", word=unknown.word, known=told)
    return Notice(own("unknown.title"), text, severity="caution")


def not_yet(ctx: Context, indicator: Indicator) -> EmptyState:
    """Says that a figure was not published yet at the moment that a reader looks back to."""
    own, told = vintage_words(ctx), when(ctx)
    present = ctx.address.choose(as_of=None)
    return EmptyState(
        id=f"empty-{indicator.id.replace('_', '-')}",
        mark="no_data",
        kicker=own("not_yet.kicker", when=told),
        title=own("not_yet.title", title=indicator.text(ctx.locale).title),
        text=(Paragraph((Text(own("not_yet.text", when=told)),)),),
        links=(ctx.link(own("banner.to_present"), present),),
    )
