"""The overview: a sentence per topic, the evidence map, what changed and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.views.blocks import (
    Block,
    Chart,
    Columns,
    Entry,
    EntryList,
    Finding,
    Page,
    Paragraph,
    Section,
    Text,
)
from dashboard.views.changes import latest_changes
from dashboard.views.charts import small_chart
from dashboard.views.cubes import is_cube
from dashboard.views.drawing import SMALL, WIDE_BACKGROUND
from dashboard.views.evidence import evidence_map
from dashboard.views.examples import switched_on_notices
from dashboard.views.filters import unknown_notices
from dashboard.views.headlines import Headline, headline, within
from dashboard.views.navigation import page
from dashboard.views.topic import findings, topic_indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord
    from warehouse.catalogue.schema import Indicator

_BACKGROUND_CHART = "index_bars"
"""A series of price indices is the background of its topic and stands apart on the overview."""


def overview_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the overview; the four topics lead, the context of the sector follows in the menu."""
    words = ctx.words
    topics = [code for code in ctx.catalogue.topics if code != "context"]
    shown = [finding for code in topics if (finding := _finding(ctx, code))]
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *switched_on_notices(ctx),
        *shown,
        *_computed(ctx),
        *_backgrounds(ctx),
        evidence_map(ctx),
        Columns(
            (
                Section(words("changes.title"), (latest_changes(ctx),), id="changes"),
                Section(words("certainty.title"), (_certainty(ctx),), id="certainty"),
            )
        ),
    ]
    return page(
        ctx,
        title=words("overview.title"),
        lead=words("overview.lead"),
        blocks=blocks,
        data={"findings": [one.headline for one in shown]},
    )


def _computed(ctx: Context) -> list[Block]:
    """Says in one line that some figures are computed here, and where they stand."""
    if not any(is_cube(one) for one in ctx.catalogue.indicators.values()):
        return []
    text = ctx.words("overview.computed")
    return [Paragraph((Text(text),), role="note")]


def _finding(ctx: Context, topic: str) -> Finding | None:
    """Makes the finding of a topic from its first indicator that has a number."""
    lead = [
        one
        for one in topic_indicators(ctx, topic)
        # What we compute ourselves stands on the pages of its topic; here speak the sources.
        if one.chart != _BACKGROUND_CHART and not is_cube(one)
    ]
    found = findings(ctx, lead)
    if not found:
        return None
    indicator, head, cells = found[0]
    name = ctx.labels.topic(topic)
    chart = _picture(ctx, indicator, focus(indicator, cells, head), head, found[1:])
    return Finding(
        topic=name,
        headline=head.text,
        headline_parts=head.parts,
        chart=chart,
        link=ctx.link(
            ctx.words("overview.to_topic", topic=within(name, ctx)), ctx.to("topic", topic)
        ),
    )


def _picture(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    head: Headline,
    others: Sequence[tuple[Indicator, Headline, list[ValueCell]]],
) -> Chart:
    """Makes the small chart of a finding.

    One value alone is no picture. Then a related indicator shows what lies behind it, such
    as the contract of each insurer behind "6 of 8", and says by its name what it is.
    """
    if len(cells) == 1:
        for other, own, behind in others:
            if other.id in indicator.related and len(behind) >= _ENOUGH:
                chart = small_chart(ctx, other, focus(other, behind, own), own, SMALL)
                return replace(chart, subtitle=chart.title)
    return small_chart(ctx, indicator, cells, head, SMALL)


_ENOUGH = 3


def _backgrounds(ctx: Context) -> list[Finding]:
    """Makes the series of price indices that stand behind a topic, over the full width."""
    shown = []
    for indicator in ctx.catalogue.indicators.values():
        if indicator.chart != _BACKGROUND_CHART or indicator.topic == "context":
            continue
        if is_cube(indicator):
            continue
        cells = [cell for cell in ctx.data.cells(indicator.id) if cell.has_number]
        head = headline(ctx, indicator, cells)
        if not head.cells:
            continue
        topic = ctx.labels.topic(indicator.topic)
        title = indicator.text(ctx.locale).title
        shown.append(
            Finding(
                topic=ctx.words("overview.background", topic=within(topic, ctx)),
                headline=head.text,
                headline_parts=head.parts,
                chart=small_chart(
                    ctx, indicator, focus(indicator, cells, head), head, WIDE_BACKGROUND
                ),
                link=ctx.link(
                    ctx.words("overview.to_indicator"),
                    ctx.to("indicator", indicator.id),
                    # Starts with the words that are seen, for a reader who speaks commands.
                    label=f"{ctx.words('overview.to_indicator')}: {title}",
                ),
                wide=True,
                text=indicator.text(ctx.locale).how_to_read,
            )
        )
    return shown


_SAME: dict[str, tuple[str, ...]] = {
    "trend": ("sector_code",),
    "index_bars": ("category",),
    "stacked": ("sector_code", "provider_group", "base", "period"),
    "waffle": ("sector_code", "category", "period"),
    "share_dots": ("sector_code", "category", "period"),
    "ranges": ("category",),
    "terms": (),
}
"""What the cells of a small chart share with the cell that its headline is about."""


def focus(indicator: Indicator, cells: Sequence[ValueCell], head: Headline) -> list[ValueCell]:
    """Returns what a small chart shows: what the headline is about, and its near ones."""
    if not head.cells:
        return list(cells)
    about = head.cells[-1]
    same = _SAME.get(indicator.chart, ())
    return [
        cell
        for cell in cells
        if cell.has_number and all(getattr(cell, f) == getattr(about, f) for f in same)
    ]


def _certainty(ctx: Context) -> EntryList:
    """Says in words how sure each kind of figure is, strongest first."""
    kinds = ctx.words.all("certainty.kind")
    names = list(dict.fromkeys(key.split(".")[0] for key in kinds))
    return EntryList(
        tuple(
            Entry(
                (Text(kinds[f"{name}.name"], strong=True), Text(f" {kinds[f'{name}.text']}")),
                mark=name,
            )
            for name in names
        ),
        more=ctx.link(ctx.words("certainty.more"), ctx.to("method")),
    )
