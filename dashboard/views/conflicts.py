"""Where sources speak for themselves: two voices side by side, and claims without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import number
from dashboard.views.blocks import Conflict, Notice, SourceNote, Statements, Voice
from dashboard.views.cells import distinct, number_of, text_of
from dashboard.views.labels import ALL, capital
from dashboard.views.provenance import document_link
from dashboard.views.selecting import with_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any, Literal

    from dashboard.views.context import Context
    from dashboard.views.data import Row
    from warehouse.catalogue.schema import Contradiction, Indicator, Side

    Bar = tuple[float, Literal["exact", "less_than", "more_than"]]

_PARTIES = frozenset({"providers", "insurers", "nza", "party"})
_ON_TOPIC = frozenset({"two_voices", "two_sources"})


def contradictions(ctx: Context, topic: str, shown: Collection[str]) -> list[Contradiction]:
    """Returns the contradictions of a topic that a reader must see, within the selection.

    Args:
        ctx: The page.
        topic: The topic.
        shown: Indicators whose chart already sets these voices side by side.
    """
    return [
        one
        for one in ctx.catalogue.contradictions.values()
        if one.topic == topic
        and not set(shown).intersection(one.indicators)
        # Two passages of one source belong beside the chart that shows one of them.
        and (one.kind in _ON_TOPIC or one.indicators)
        and _in_selection(ctx, one.sector, _first_year(one.year))
    ]


def conflict(ctx: Context, one: Contradiction) -> Conflict:
    """Makes one contradiction: each side with who says it, never an average."""
    where = [] if one.sector == ALL else [ctx.labels.sector_short(one.sector)]
    if one.year is not None:
        where.append(ctx.labels.period(str(one.year)))
    return Conflict(
        id=one.id,
        kicker=ctx.words(f"conflict.{one.kind}"),
        title=one.question.text(ctx.locale),
        context=", ".join(where),
        voices=tuple(side_voice(ctx, side) for side in one.sides),
        note=one.note.text(ctx.locale) if one.note else ctx.words("conflict.note"),
    )


def sides_of(ctx: Context, indicator: Indicator) -> list[Side]:
    """Returns the sides of the contradictions that an indicator is about."""
    return [
        side
        for one in ctx.catalogue.contradictions.values()
        if indicator.id in one.indicators
        for side in one.sides
    ]


def notes_of(ctx: Context, indicator: Indicator) -> tuple[Notice, ...]:
    """Returns what is said about the contradictions that an indicator is about."""
    return tuple(
        Notice(one.question.text(ctx.locale), one.note.text(ctx.locale))
        for one in ctx.catalogue.contradictions.values()
        if indicator.id in one.indicators and one.note is not None
    )


def side_voice(ctx: Context, side: Side) -> Voice:
    """Makes one side of a contradiction, with the value of its figure where it has one."""
    rows = ctx.data.figures_by_id(side.figure_ids)
    first = rows[0] if rows else None
    value = number_of(first["value"]) if first else None
    headline = side.headline.text(ctx.locale)
    if value is not None:
        headline = headline.replace("{value}", number(value, ctx.locale))
    voice: Any = side.voice if side.voice in _PARTIES else "source"
    return Voice(
        who=side.who.text(ctx.locale),
        voice=voice,
        headline=headline,
        text=side.text.text(ctx.locale) if side.text else "",
        source=figure_source(ctx, rows) if rows else None,
        bar=_bar(first) if first else None,
    )


def _bar(row: Row) -> Bar | None:
    """Returns what to draw for a side that is a share; other sides have no bar."""
    value, qualifier = number_of(row["value"]), text_of(row["qualifier"])
    if value is None or text_of(row["unit"]) != "percent":
        return None
    if qualifier == "less_than":
        return value, "less_than"
    return value, "more_than" if qualifier == "more_than" else "exact"


def figure_source(ctx: Context, rows: Sequence[Row], *, event: bool = False) -> SourceNote:
    """Makes the source note of printed figures, or of a dated event."""
    first = rows[0]
    document_id = text_of(first["document_id"])
    document = ctx.catalogue.documents[document_id]
    kind = "source.statement" if text_of(first["status"]) == "no_number" else "source.figure"
    kind = "source.event" if event else kind
    return SourceNote(
        heading="",
        document=document.title,
        locator="; ".join(distinct(text_of(row["locator"]) for row in rows)),
        locator_label=ctx.words("source.locator"),
        link=document_link(ctx, document)
        or ctx.figure_link(
            ctx.words(kind),
            text_of(first["figure_id"]),
            document_id,
            label=ctx.words(f"{kind}_label", title=document.title),
        ),
    )


def _in_selection(ctx: Context, sector: str, year: int | None) -> bool:
    selection = ctx.selection
    sectors = with_parts(selection.sectors, ctx.catalogue)
    if sectors and sector not in sectors:
        return False
    if selection.years is None or year is None:
        return True
    return selection.years[0] <= year <= selection.years[1]


def statements(ctx: Context, topic: str, shown: Collection[str]) -> list[Statements]:
    """Makes the claims without a number of a topic, within the selection.

    Args:
        ctx: The page.
        topic: The topic.
        shown: Figures that a chart of the page already shows.
    """
    rows = statement_rows(ctx, topic, shown)
    if not rows:
        return []
    return [
        Statements(
            id="statements",
            title=ctx.words("statements.title"),
            lead=ctx.words("statements.lead"),
            voices=tuple(statement(ctx, row) for row in rows),
        )
    ]


def statement_rows(ctx: Context, topic: str, shown: Collection[str]) -> list[Row]:
    """Returns the claims without a number within the selection that are not shown yet."""
    return [
        row
        for row in ctx.data.statements(topic)
        if text_of(row["figure_id"]) not in shown
        and _in_selection(ctx, text_of(row["sector_code"]), _year(row))
    ]


def statement(ctx: Context, row: Row, *, headline: str = "") -> Voice:
    """Makes one claim without a number, in our words, with who makes it and where.

    Args:
        ctx: The page.
        row: The claim.
        headline: What it comes down to, where a category says so; else sector and period.
    """
    voice: Any = text_of(row["voice"])
    party: Any = voice if voice in _PARTIES else "source"
    where = [ctx.labels.sector_short(text_of(row["sector_code"]))]
    if text_of(row["period"]):
        where.append(ctx.labels.period(text_of(row["period"])))
    return Voice(
        who=ctx.words(f"voice_title.{party}"),
        voice=party,
        headline=headline or capital(", ".join(where)),
        text=text_of(row[f"statement_{ctx.locale}"])
        + (f" ({', '.join(where)})" if headline else ""),
        source=figure_source(ctx, [row]),
    )


def _first_year(year: int | str | None) -> int | None:
    return None if year is None else int(str(year)[:4])


def _year(row: Row) -> int | None:
    year = number_of(row.get("period_to"))
    return None if year is None else int(year)
