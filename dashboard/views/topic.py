"""The page of a topic: its finding, key numbers, filters and a chart per indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import (
    Block,
    Chart,
    Conflict,
    EmptyState,
    FilterPanel,
    KeyNumber,
    Link,
    Page,
    PageIndex,
    Statements,
)
from dashboard.views.charts import ChartRequest, indicator_blocks
from dashboard.views.conflicts import conflict, contradictions, sides_of, statements
from dashboard.views.context import Context
from dashboard.views.cubes import is_cube, is_example, is_letter
from dashboard.views.empty import has_cells, no_data_together, not_delivered, nothing_at_all
from dashboard.views.examples import example_notices, letter_notice
from dashboard.views.filters import filter_panel, unknown_notices
from dashboard.views.headlines import Headline, headline, within
from dashboard.views.labels import ALL, COUNTRY, capital
from dashboard.views.navigation import page
from dashboard.views.provisional import period_told
from dashboard.views.selecting import UnknownWord
from dashboard.views.shown import shown_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from warehouse.catalogue.schema import Indicator

_LEAD_SENTENCES = 2
_KEY_NUMBERS = 3
_LONG_PAGE = 3
_COMPUTED_OPEN = 3


def topic_indicators(ctx: Context, topic: str) -> list[Indicator]:
    """Returns the indicators of a topic in their order on the page."""
    found = [one for one in ctx.catalogue.indicators.values() if one.topic == topic]
    return sorted(found, key=lambda one: one.order)


def findings(
    ctx: Context, indicators: Sequence[Indicator]
) -> list[tuple[Indicator, Headline, list[ValueCell]]]:
    """Returns the indicators that have a number in the selection, with their headline.

    Invented numbers are never a finding: they stand in their own charts only.
    """
    found = []
    for indicator in indicators:
        shown = shown_cells(ctx, indicator)
        if any(cell.has_number for cell in shown) and not is_example(shown):
            found.append((indicator, headline(ctx, indicator, shown), shown))
    return found


def topic_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of a topic for the selection in its address."""
    code = ctx.address.key or ""
    topic = ctx.catalogue.topics[code]
    every = topic_indicators(ctx, code)
    waiting = [one for one in every if is_cube(one) and not has_cells(ctx, one)]
    indicators = [one for one in every if one not in waiting]
    blocks: list[Block] = [*unknown_notices(ctx, unknown), *example_notices(ctx)]
    if is_letter(ctx.catalogue, ctx.selection.insurer):
        # The same letter is someone else in the next table, and this page has several.
        blocks.append(letter_notice(ctx))
        ctx = ctx.at(ctx.address.choose(insurer=None))
    cells = [cell for one in indicators for cell in ctx.cells(one)]
    found = findings(ctx, indicators)
    name = ctx.labels.topic(code)
    blocks.append(filter_panel(ctx, indicators))
    shown = {one.id: shown_cells(ctx, one) for one in indicators}
    missing = [(one, ctx.around(one)) for one in indicators if not shown[one.id]]
    drawn = [one for one in indicators if shown[one.id]]
    told: set[str] = {one for cell in cells for one in cell.figure_ids}
    if drawn:
        charts, said = _charts(ctx, code, drawn)
        blocks += charts
        told |= said
    if len(missing) == len(indicators):
        blocks.append(nothing_at_all(ctx, code, cells))
        # No chart tells them now, so what is said of any year stands here.
        any_year = ctx.at(ctx.address.choose(years=None))
        blocks += statements(any_year, code, ())
    else:
        blocks += [no_data_together(ctx, missing)] if missing else []
        blocks += statements(ctx, code, told)
    if waiting:
        blocks.append(not_delivered(ctx, waiting))
    blocks[_panel(blocks) : _panel(blocks)] = _index(ctx, blocks)
    first = found[0][1] if found else None
    return page(
        ctx,
        title=first.text if first else ctx.words("topic.nothing_shown", topic=name),
        title_parts=first.parts if first else (),
        lead=_lead(ctx, [one for _, one, _ in found]) or topic.question.text(ctx.locale),
        kicker=ctx.words("topic.kicker", topic=within(name, ctx)),
        breadcrumbs=(Link(name, ctx.href(ctx.address), current=True),),
        key_numbers=_key_numbers(ctx, found),
        blocks=blocks,
        description=topic.question.text(ctx.locale),
        data={"headline_cells": [cell.key for cell in first.cells] if first else []},
    )


def _charts(ctx: Context, topic: str, drawn: Sequence[Indicator]) -> tuple[list[Block], set[str]]:
    """Makes the charts of a page, each contradiction right under the chart that it is about.

    Returns:
        The blocks, and the figures that the contradictions tell: the page tells them once.
    """
    side_by_side = [one for one in drawn if one.chart == "voices"]
    told = {
        figure for one in side_by_side for side in sides_of(ctx, one) for figure in side.figure_ids
    }
    open_ones = contradictions(ctx, topic, [one.id for one in side_by_side])
    told |= {figure for one in open_ones for side in one.sides for figure in side.figure_ids}
    blocks: list[Block] = []
    folded = _folded(drawn)
    for indicator in drawn:
        request = ChartRequest(indicator, on_topic=True, folded=indicator.id in folded)
        chart, *rest = indicator_blocks(ctx, request)
        if any(isinstance(block, EmptyState) for block in (chart, *rest)):
            told.update(indicator.text_beside_image)
        own = [one for one in open_ones if indicator.id in one.indicators]
        open_ones = [one for one in open_ones if one not in own]
        blocks += [chart, *(conflict(ctx, one) for one in own), *rest]
    return [*blocks, *(conflict(ctx, one) for one in open_ones)], told


def _folded(drawn: Sequence[Indicator]) -> frozenset[str]:
    """Returns the computed figures that start folded: all but the first, where there are many.

    Each with its chart, table and sources takes more than a screen; title and sentence of all
    of them fit on one or two.
    """
    computed = [one.id for one in drawn if is_cube(one)]
    return frozenset(computed[1:]) if len(computed) > _COMPUTED_OPEN else frozenset()


def _panel(blocks: Sequence[Block]) -> int:
    """Returns the place right after the filters."""
    return 1 + next(n for n, block in enumerate(blocks) if isinstance(block, FilterPanel))


def _index(ctx: Context, blocks: Sequence[Block]) -> list[Block]:
    """Lists what stands on a long page: each chart, contradiction and list of statements."""
    items = tuple(
        (block.id, block.title)
        for block in blocks
        if isinstance(block, Chart | Conflict | Statements)
    )
    if len(items) < _LONG_PAGE:
        return []
    return [PageIndex(ctx.words("topic.on_this_page"), items)]


def _lead(ctx: Context, headlines: Sequence[Headline]) -> str:
    """Writes the lead from the findings after the first, as sentences."""
    own = [one.text for one in headlines[1:] if one.own][:_LEAD_SENTENCES]
    return " ".join(ctx.words("sentence.end", text=text.rstrip(".")) for text in own)


def _key_numbers(
    ctx: Context, found: Sequence[tuple[Indicator, Headline, list[ValueCell]]]
) -> list[KeyNumber]:
    """Makes large numbers of the cells behind the first headlines; events are no numbers."""
    numbers = []
    for indicator, head, _ in found[:_KEY_NUMBERS]:
        if not head.cells or indicator.chart == "events":
            continue
        last = head.cells[-1]
        value = ctx.values.short(last)
        if head.own and "{value}" not in indicator.text(ctx.locale).headline:
            value = ctx.values.count(last) or value
        when = period_told(ctx, (last,))
        if len(head.cells) == 2 and indicator.headline.kind == "change":
            value = ctx.words(
                "key_number.change", before=ctx.values.short(head.cells[0]), after=value
            )
            when = ctx.words(
                "key_number.years", before=ctx.values.period(head.cells[0]), after=when
            )
        numbers.append(KeyNumber(value, _what(ctx, indicator, last, value, when), cell=last.key))
    return numbers


def _what(ctx: Context, indicator: Indicator, cell: ValueCell, value: str, when: str) -> str:
    """Writes the caption of a large number: who or what it is about, and when.

    The sentences above the number say the rest; a caption that repeats every dimension of
    the cell is not read.
    """
    labels, among = ctx.labels, ctx.cells(indicator)
    base = labels.base(cell.base) if cell.unit == "percent" else ""
    counted = value == ctx.values.count(cell)
    said = labels.counted(cell.category) if counted else ""
    if cell.base == "respondents" and cell.provider_group != ALL:
        asked = "key_number.asked_count" if counted else "key_number.asked"
        # Without what the name of a group has in brackets.
        group = labels.provider_group(cell.provider_group).split(" (", 1)[0]
        parts = [f"{ctx.words(asked, group=group)} {said}".rstrip()]
        if not said:
            parts.append(labels.category(cell.category))
    elif said:
        parts = [f"{labels.n_unit(cell.n_unit)} {said}"]
    elif cell.voice and indicator.chart == "voices":
        answer = labels.category(cell.category) if counted else base
        parts = [answer, ctx.words("key_number.according_to", who=ctx.words(f"voice.{cell.voice}"))]
    elif (category := labels.category(cell.category)) and len({one.category for one in among}) > 1:
        title = indicator.text(ctx.locale).title
        among_others = ctx.words("key_number.of_title", title=title, category=category)
        parts = [among_others if cell.unit == "count" else category, "" if counted else base]
    else:
        parts = [indicator.text(ctx.locale).title]
        sector = within(labels.sector_short(cell.sector_code), ctx)
        # The name of several sectors together is a list; the title says enough then.
        if len({one.sector_code for one in among} - {ALL}) > 1 and "," not in sector:
            parts.append("" if cell.sector_code == ALL else sector)
    if cell.insurer_code != ALL:
        parts.append(labels.insurer(cell.insurer_code))
    if cell.region_code != COUNTRY:
        parts.append(labels.region(cell.region_code))
    return capital(", ".join(part for part in (*parts, when) if part))
