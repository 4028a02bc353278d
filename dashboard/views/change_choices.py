"""What a reader can choose on the page of changes: topic, figure, kind and years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.text import moment, year_range
from dashboard.views.blocks import Filter, FilterPanel, Link, Option
from dashboard.views.change import own_words
from dashboard.views.filters import label_of, year_filters
from dashboard.views.labels import capital
from dashboard.views.selecting import KINDS_OF_CHANGE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.addresses import Address
    from dashboard.views.context import Context
    from dashboard.views.data import Row


def change_panel(ctx: Context, counts: Sequence[Row], moments: Mapping[str, str]) -> FilterPanel:
    """Makes the filters, for what there are changes of, whatever else is chosen.

    Args:
        ctx: The page.
        counts: All changes, counted.
        moments: When each release was published.
    """
    own = own_words(ctx)
    chosen = ctx.selection
    chips = _chips(ctx, moments)
    changed = {str(row["indicator_id"]) for row in counts}
    indicators = [one for one in ctx.catalogue.indicators.values() if one.id in changed]
    if chosen.indicator and chosen.indicator not in changed:
        indicators.append(ctx.catalogue.indicators[chosen.indicator])
    topics = {one.topic for one in indicators} | set(chosen.topics)
    kinds = {str(row["kind"]) for row in counts} | set(chosen.kinds)
    if any(row["revised"] for row in counts):
        kinds.add("changed")
    within = [one for one in indicators if not chosen.topics or one.topic in chosen.topics]
    years = {int(row["period_year"]) for row in counts if row["period_year"] is not None}
    return FilterPanel(
        label=ctx.words("filter.label"),
        filters=(
            Filter(
                name="topic",
                label=ctx.words("filter.topic"),
                options=tuple(
                    Option(code, label_of(ctx, "topic", code))
                    for code in ctx.catalogue.topics
                    if code in topics
                ),
                value=chosen.topics,
                multiple=True,
                placeholder="" if chosen.topics else ctx.words("filter.all.topic"),
            ),
            Filter(
                name="indicator",
                label=own("filter.indicator"),
                options=tuple(
                    Option(one.id.replace("_", "-"), one.text(ctx.locale).title) for one in within
                ),
                value=(chosen.indicator.replace("_", "-"),) if chosen.indicator else (),
                placeholder=own("filter.all_indicators"),
            ),
            *_years(ctx, years),
            Filter(
                name="kind",
                label=own("filter.kind"),
                options=tuple(
                    Option(kind, own(f"kind.{kind}")) for kind in KINDS_OF_CHANGE if kind in kinds
                ),
                value=chosen.kinds,
                multiple=True,
                placeholder="" if chosen.kinds else own("filter.all_kinds"),
            ),
        ),
        chips_label=ctx.words("filter.chips"),
        chips=chips,
        clear=ctx.link(ctx.words("filter.clear"), ctx.to("changes")) if chips else None,
        open_label=ctx.words("filter.open"),
    )


def _years(ctx: Context, years: Collection[int]) -> tuple[Filter, ...]:
    """Makes the controls for the years; without changes it is not the sources that name none."""
    found = year_filters(ctx, years)
    if years:
        return found
    reason = own_words(ctx)("filter.no_years")
    return tuple(replace(one, reason=reason) if one.reason else one for one in found)


def _chips(ctx: Context, moments: Mapping[str, str]) -> tuple[Link, ...]:
    own = own_words(ctx)
    chosen = ctx.selection
    chips: list[Link] = []

    def chip(text: str, target: Address) -> None:
        chips.append(ctx.link(text, target, label=ctx.words("filter.remove", choice=text)))

    def others(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
        return tuple(one for one in codes if one != code)

    if chosen.release:
        text = own("filter.release", moment=moment(moments[chosen.release], ctx.locale))
        chip(text, ctx.address.choose(release=None))
    for code in chosen.topics:
        text = capital(label_of(ctx, "topic", code))
        chip(text, ctx.address.choose(topics=others(chosen.topics, code)))
    if chosen.indicator:
        text = label_of(ctx, "indicator", chosen.indicator)
        chip(text, ctx.address.choose(indicator=None))
    if chosen.years is not None:
        chip(year_range(*chosen.years), ctx.address.choose(years=None))
    for kind in chosen.kinds:
        chip(own(f"kind.{kind}"), ctx.address.choose(kinds=others(chosen.kinds, kind)))
    return tuple(chips)
