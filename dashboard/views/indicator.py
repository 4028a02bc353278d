"""The page of an indicator: its chart and everything known about how it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.text import and_list, number, year_range
from dashboard.views.blocks import Block, Facts, Inline, Link, LinkList, Page, Section, Text
from dashboard.views.cells import distinct
from dashboard.views.charts import ChartRequest, indicator_blocks
from dashboard.views.conflicts import conflict
from dashboard.views.cubes import is_cube, is_example
from dashboard.views.empty import has_cells
from dashboard.views.examples import example_notices
from dashboard.views.filters import filter_panel, unavailable_reason, unknown_notices
from dashboard.views.headlines import headline, within
from dashboard.views.labels import capital
from dashboard.views.navigation import page
from dashboard.views.offers import offer_of
from dashboard.views.provenance import UNKNOWN, caveat_codes, own_remarks
from dashboard.views.selecting import DIMENSION_OF
from dashboard.views.shown import shown_cells
from dashboard.views.vintage import moment_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.selecting import UnknownWord
    from warehouse.catalogue.schema import Indicator

Fact = tuple[str, tuple[Inline, ...]]


def indicator_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the page of an indicator for the selection in its address."""
    indicator = ctx.catalogue.indicators[ctx.address.key or ""]
    every = ctx.cells(indicator)
    shown = shown_cells(ctx, indicator)
    text = indicator.text(ctx.locale)
    invented = is_example(shown)
    topic = ctx.labels.topic(indicator.topic)
    head = headline(ctx, indicator, shown)
    blocks: list[Block] = [
        *unknown_notices(ctx, unknown),
        *example_notices(ctx),
        *([] if is_cube(indicator) and not has_cells(ctx, indicator) else _panel(ctx, indicator)),
        *indicator_blocks(ctx, ChartRequest(indicator, on_topic=False)),
        *([] if (form := moment_form(ctx)) is None else [form]),
        *(
            conflict(ctx, one)
            for one in ctx.catalogue.contradictions.values()
            if indicator.id in one.indicators and indicator.chart != "voices"
        ),
        *_warnings(ctx, indicator, shown),
        Section(
            ctx.words("indicator.about"),
            (Facts("", tuple(metadata(ctx, indicator, every))),),
            id="about",
        ),
    ]
    if indicator.related:
        blocks.append(_related(ctx, indicator))
    return page(
        ctx,
        title=ctx.words("example.heading", title=text.title) if invented else text.title,
        lead=text.question,
        kicker=ctx.words("topic.kicker", topic=within(topic, ctx)),
        breadcrumbs=(
            ctx.link(topic, ctx.to("topic", indicator.topic)),
            Link(text.title, ctx.href(ctx.address), current=True),
        ),
        blocks=blocks,
        description=text.definition,
        data={"headline": head.text, "headline_cells": [cell.key for cell in head.cells]},
    )


def _panel(ctx: Context, indicator: Indicator) -> list[Block]:
    return [filter_panel(ctx, [indicator])]


def _warnings(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[Section]:
    """Makes the section with every warning in full, and what is said of single figures."""
    codes = caveat_codes(ctx, indicator, cells)
    facts: list[Fact] = []
    for code in codes:
        caveat = ctx.catalogue.caveats[code]
        facts.append((caveat.title.text(ctx.locale), (Text(caveat.text.text(ctx.locale)),)))
    facts += [(about, (Text(text),)) for about, text in own_remarks(ctx, cells)]
    if not facts:
        return []
    title = ctx.words("indicator.warnings")
    return [Section(title, (Facts("", tuple(facts)),), id="warnings")]


def metadata(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[Fact]:
    """Makes the facts about an indicator: at least twenty, all from the catalogue and data."""
    words, labels, text = ctx.words, ctx.labels, indicator.text(ctx.locale)
    sources = [ctx.catalogue.sources[code] for code in indicator.sources]

    def fact(key: str, value: str) -> Fact:
        return words(f"fact.{key}"), (Text(capital(value)),)

    def each(key: str, values: Sequence[str]) -> Fact:
        return fact(key, "; ".join(distinct(v for v in values if v)) or words("fact.nothing"))

    return [
        fact("question", text.question),
        fact("definition", text.definition),
        fact("population", text.population),
        fact("numerator", text.numerator),
        fact("denominator", text.denominator),
        fact("how_to_read", text.how_to_read),
        fact("unit", labels.unit_name(indicator.unit)),
        fact("polarity", words(f"fact.polarity_of.{indicator.polarity}")),
        each("base", [labels.base(code) for code in indicator.bases]),
        fact("method", words(f"fact.method_of.{indicator.method}")),
        each("evidence", [labels.evidence(cell.evidence) for cell in cells if cell.evidence]),
        each("sectors", _sectors(ctx, indicator, cells)),
        fact("period", _years(ctx, indicator) or words("fact.nothing")),
        each("split", [words(f"fact.split_of.{one}") for one in indicator.dimensions]),
        each("not_split", _not_split(ctx, indicator)),
        fact("cells", _counts(ctx, indicator, cells)),
        fact("interval", words(f"fact.interval_of.{_has_interval(indicator, cells)}")),
        fact("minimum", words("fact.minimum_text", minimum=indicator.min_observed)),
        each("breaks", [one.text(ctx.locale) for one in indicator.breaks]),
        each("caveats", _caveats(ctx, indicator, cells)),
        each("source", [one.title.text(ctx.locale) for one in sources]),
        each("supplier", [one.supplier for one in sources]),
        each("licence", [_known(ctx, one.licence) for one in sources]),
        each("update", [one.update.text(ctx.locale) for one in sources]),
        each("retrieved", [_known(ctx, one.retrieved_on) for one in sources]),
        (words("fact.documents"), tuple(_documents(ctx, cells)) or (Text(words("fact.nothing")),)),
        (words("fact.release"), (Text(ctx.release_id),)),
        (words("fact.id"), (Text(indicator.id.replace("_", "-"), lang="en"),)),
    ]


def _not_split(ctx: Context, indicator: Indicator) -> list[str]:
    names = [name for name in DIMENSION_OF if name not in ("years", "base")]
    return [reason for name in names if (reason := unavailable_reason(ctx, name, indicator))]


def _sectors(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[str]:
    codes = list(distinct(cell.sector_code for cell in cells))
    if is_cube(indicator):
        found = ctx.data.options(indicator.id, examples=ctx.selection.examples)["sector_code"]
        codes = sorted(found, key=list(ctx.catalogue.sectors).index)
    return [ctx.labels.sector_short(code) for code in codes]


def _years(ctx: Context, indicator: Indicator) -> str:
    years = offer_of(ctx, indicator).years
    return year_range(min(years), max(years)) if years else ""


def _counts(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    words = ctx.words
    if is_cube(indicator):
        found = ctx.data.options(indicator.id, examples=ctx.selection.examples)
        return words(
            "fact.cells_computed",
            cells=words.count(
                "fact.cells_of", found["cells"], cells=number(found["cells"], ctx.locale)
            ),
            numbered=number(found["numbered"], ctx.locale),
            hidden=number(found["hidden"], ctx.locale),
        )
    numbered = sum(cell.has_number for cell in cells)
    figures = len(distinct(one for cell in cells for one in cell.figure_ids))
    return words(
        "fact.cells_text",
        cells=words.count("fact.cells_of", len(cells), cells=len(cells)),
        numbered=numbered,
        figures=words.count("fact.figures_of", figures, figures=figures),
    )


def _has_interval(indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    if is_cube(indicator) and any(cell.ci_low is not None for cell in cells):
        return "computed"
    return "present" if any(cell.ci_low is not None for cell in cells) else "absent"


def _caveats(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[str]:
    codes = caveat_codes(ctx, indicator, cells)
    return [ctx.catalogue.caveats[code].title.text(ctx.locale) for code in codes]


def _known(ctx: Context, value: str) -> str:
    return ctx.words("source.unknown") if value == UNKNOWN else value


def _documents(ctx: Context, cells: Sequence[ValueCell]) -> list[Inline]:
    parts: list[Inline] = []
    for document in distinct(cell.document_id for cell in cells if cell.document_id):
        if parts:
            parts.append(Text("; "))
        parts.append(Text(ctx.labels.document(document), lang="nl"))
    return parts


def _related(ctx: Context, indicator: Indicator) -> Section:
    others = [ctx.catalogue.indicators[code].text(ctx.locale) for code in indicator.related]
    links = tuple(
        (ctx.link(other.title, ctx.to("indicator", code)), other.question)
        for code, other in zip(indicator.related, others, strict=True)
    )
    return Section(ctx.words("indicator.related"), (LinkList(links),), id="related")


def titles(ctx: Context, ids: Sequence[str]) -> str:
    """Writes the titles of indicators as a list in a sentence."""
    found = [ctx.catalogue.indicators[one].text(ctx.locale).title for one in ids]
    return and_list(found, ctx.locale)
