"""Empty states: why there is no number, what the source does say, and where there is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import and_list, year_range
from dashboard.views.blocks import EmptyState, Inline, Link, Paragraph, Text
from dashboard.views.cells import ValueCell, distinct, text_of
from dashboard.views.cubes import is_cube
from dashboard.views.filters import choices_in_words, label_of, unavailable_reason
from dashboard.views.headlines import within
from dashboard.views.moments import not_yet
from dashboard.views.provenance import document_link
from dashboard.views.selecting import chosen_names, cleared, nearest, select, with_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


def no_data(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> EmptyState:
    """Makes the empty state for a selection that leaves no cell.

    Args:
        ctx: The page with its selection.
        indicator: The indicator.
        cells: All cells of the indicator, unfiltered.
    """
    selection = ctx.selection
    if ctx.vintage is not None and not cells:
        return not_yet(ctx, indicator)
    if is_cube(indicator) and not has_cells(ctx, indicator):
        return not_delivered(ctx, [indicator])
    reasons = [
        reason
        for name in chosen_names(selection)
        if name != "years" and (reason := unavailable_reason(ctx, name, indicator))
    ]
    choices = choices_in_words(ctx, selection)
    text = [Paragraph((Text(ctx.words("empty.no_data.text", choices=choices)),))]
    if reasons:
        text = [Paragraph((Text(reason),)) for reason in distinct(reasons)]
    return EmptyState(
        id=f"empty-{indicator.id.replace('_', '-')}",
        mark="no_data",
        kicker=choices or ctx.words("empty.no_choice"),
        title=ctx.words("empty.no_data.title", title=indicator.text(ctx.locale).title),
        text=tuple(text),
        links=tuple(_nearest_link(ctx, name, other) for name, other in _near(ctx, cells)),
    )


def has_cells(ctx: Context, indicator: Indicator) -> bool:
    """Says whether a computed figure has any cell from the kind of data that the page shows."""
    return bool(ctx.data.options(indicator.id, examples=ctx.selection.examples)["period_year"])


def not_delivered(ctx: Context, indicators: Sequence[Indicator]) -> EmptyState:
    """Makes one empty state for computed figures that have no cells of the kind that is shown.

    Without real data it leads to the invented figures, where the release has those; a reader
    who looks at invented figures is led to the real ones, where there are any.
    """
    words = ctx.words
    titles = [one.text(ctx.locale).title for one in indicators]
    shown = ctx.data.example_indicators()
    links: tuple[Link, ...] = ()
    kicker, title = words("delivered.kicker"), words("delivered.title")
    text = [Paragraph((Text(words("delivered.text")),))]
    if ctx.selection.examples and any(_has_real(ctx, one) for one in indicators):
        kicker, title = words("delivered.real_kicker"), words("delivered.real_title")
        text = [Paragraph((Text(words("delivered.real")),))]
        real = replace(ctx.address, unknown=()).choose(examples=False)
        links = (ctx.link(words("delivered.see_real"), real),)
    elif ctx.selection.examples:
        text = [Paragraph((Text(words("delivered.no_example")),))]
    elif ctx.flavour != "export" and any(one.id in shown for one in indicators):
        address = replace(ctx.address, unknown=()).choose(examples=True)
        links = (ctx.link(words("delivered.see"), address),)
        text.append(Paragraph((Text(words("delivered.example")),)))
    if len(titles) > 1:
        about = and_list([f"‘{title}’" for title in titles], ctx.locale)
        text.insert(0, Paragraph((Text(words("delivered.about", titles=about)),)))
    return EmptyState(
        id="not-delivered"
        if len(indicators) > 1
        else f"empty-{indicators[0].id.replace('_', '-')}",
        mark="no_data",
        kicker=kicker,
        title=titles[0] if len(titles) == 1 else title,
        text=tuple(text),
        links=links,
    )


def _has_real(ctx: Context, indicator: Indicator) -> bool:
    return bool(ctx.data.options(indicator.id, examples=False)["sector_code"])


def no_data_together(
    ctx: Context, missing: Sequence[tuple[Indicator, Sequence[ValueCell]]]
) -> EmptyState:
    """Makes one empty state for the indicators of a page that the selection leaves empty.

    Each reason is told once, with the titles it is about; a link that would mend several of
    them is offered once.

    Args:
        ctx: The page with its selection.
        missing: The indicators, each with all its cells.
    """
    reasons: dict[str, list[str]] = {}
    links: list[Link] = []
    for indicator, cells in missing:
        state = no_data(ctx, indicator, cells)
        reason = " ".join(part.text for paragraph in state.text for part in paragraph.parts)
        reasons.setdefault(reason, []).append(indicator.text(ctx.locale).title)
        links += state.links
    offered = [link for link, _ in Counter(links).most_common()]
    if len(offered) > 1:
        offered = [link for link in offered if link.text != ctx.words("empty.show_all")]
    return EmptyState(
        id="empty",
        mark="no_data",
        kicker=choices_in_words(ctx, ctx.selection) or ctx.words("empty.no_choice"),
        title=ctx.words("empty.together.others"),
        text=tuple(
            Paragraph((Text(f"{_ended(ctx, '; '.join(titles))} ", strong=True), Text(reason)))
            for reason, titles in reasons.items()
        ),
        links=tuple(offered[:_MOST_LINKS]),
    )


_MOST_LINKS = 4


def _ended(ctx: Context, text: str) -> str:
    return text if text.endswith("?") else ctx.words("sentence.end", text=text)


def nothing_at_all(ctx: Context, topic: str, cells: Sequence[ValueCell]) -> EmptyState:
    """Makes the empty state of a topic page without any number: why, and where there is one.

    Args:
        ctx: The page with its selection.
        topic: The topic of the page.
        cells: All cells of the topic, unfiltered.
    """
    choices = choices_in_words(ctx, ctx.selection)
    name = within(ctx.labels.topic(topic), ctx)
    text = ctx.words("empty.topic.text", topic=name, choices=choices)
    if not choices:
        text = ctx.words("empty.topic.nothing", topic=name)
    near = [pair for pair in _near(ctx, cells) if pair[0] != "all"]
    links = [_nearest_link(ctx, *pair) for pair in near[:_MOST_LINKS]]
    for sector in ctx.selection.sectors:
        parts = with_parts([sector], ctx.catalogue)
        if not any(cell.has_number for cell in cells if cell.sector_code in parts):
            about = ctx.labels.sector_short(sector)
            text = f"{text} {ctx.words('empty.topic.never', sector=about)}"
        links += _elsewhere(ctx, topic, sector)
    whole = ctx.link(
        ctx.words("empty.show_topic", topic=name),
        replace(ctx.address, selection=cleared(ctx.selection), unknown=()),
    )
    return EmptyState(
        id="empty",
        mark="no_data",
        kicker=choices or ctx.words("empty.no_choice"),
        title=ctx.words("empty.together.alone"),
        text=(Paragraph((Text(text),)),),
        links=(*links[:_MOST_LINKS], whole),
    )


def _elsewhere(ctx: Context, topic: str, sector: str) -> list[Link]:
    """Links the other topics that do have a number about a sector, in the nearest year."""
    links = []
    for other in ctx.catalogue.topics:
        indicators = [
            one.id
            for one in ctx.catalogue.indicators.values()
            # Dated events are no numbers.
            if one.topic == other and one.chart != "events" and not is_cube(one)
        ]
        cells = [cell for one in indicators for cell in ctx.data.cells(one)]
        selection = Selection(sectors=(sector,), years=ctx.selection.years)
        found = select(cells, selection, ctx.catalogue)
        if other == topic:
            continue
        if not any(cell.has_number for cell in found):
            near = dict(nearest(cells, selection, ctx.catalogue))
            if "years" not in near:
                continue
            selection = near["years"]
        years = f", {year_range(*selection.years)}" if selection.years else ""
        text = ctx.words(
            "empty.show_elsewhere",
            sector=ctx.labels.sector_short(sector),
            topic=within(ctx.labels.topic(other), ctx),
        )
        links.append(ctx.link(f"{text}{years}", ctx.to("topic", other, selection)))
    return links


def _near(ctx: Context, cells: Sequence[ValueCell]) -> list[tuple[str, Selection]]:
    return nearest(cells, ctx.selection, ctx.catalogue)


def _nearest_link(ctx: Context, name: str, other: Selection) -> Link:
    address = replace(ctx.address, selection=other, unknown=())
    if name == "years" and other.years is not None:
        return ctx.link(ctx.words("empty.show_years", years=year_range(*other.years)), address)
    if name == "all":
        return ctx.link(ctx.words("empty.show_all"), address)
    chosen = (
        and_list([label_of(ctx, name, code) for code in ctx.selection.sectors], ctx.locale)
        if name == "sector"
        else label_of(ctx, name, getattr(ctx.selection, name))
    )
    return ctx.link(ctx.words("empty.show_without", choice=chosen), address)


def image_only(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> EmptyState | None:
    """Makes the empty state for what a source has as a picture only; None where nothing is."""
    images = [cell for cell in cells if cell.kind == "image"]
    if not images:
        return None
    paragraphs = [
        Paragraph((Text(ctx.words("empty.image.text")),)),
        *_said(ctx, indicator, images),
        *(_where(ctx, document, images) for document in distinct(c.document_id for c in images)),
    ]
    links = [
        link
        for document in distinct(cell.document_id for cell in images)
        if (link := document_link(ctx, ctx.catalogue.documents[document]))
    ]
    sectors = distinct(ctx.labels.sector_short(cell.sector_code) for cell in images)
    years = ctx.values.years(images)
    return EmptyState(
        id=f"image-{indicator.id.replace('_', '-')}",
        mark="image",
        kicker=", ".join((*sectors, years) if years else sectors),
        title=ctx.words("empty.image.title", title=indicator.text(ctx.locale).title),
        text=tuple(paragraphs),
        links=tuple(links),
    )


def _said(ctx: Context, indicator: Indicator, images: Sequence[ValueCell]) -> list[Paragraph]:
    """Tells what the same document says in words about what it shows as a picture."""
    documents = {cell.document_id for cell in images}
    return [
        Paragraph(
            (Text(ctx.words("empty.image.said", text=text_of(row[f"statement_{ctx.locale}"]))),)
        )
        for row in ctx.data.figures_by_id(indicator.text_beside_image)
        if row["document_id"] in documents
    ]


def _where(ctx: Context, document_id: str, images: Sequence[ValueCell]) -> Paragraph:
    """Says in which document and where in it the picture stands; locators are Dutch."""
    locators = distinct(cell.locator for cell in images if cell.document_id == document_id)
    parts: list[Inline] = [
        Text(ctx.labels.document(document_id), lang="nl"),
        Text(f", {ctx.words('source.locator').lower()}: "),
        Text("; ".join(locators), lang="nl"),
    ]
    return Paragraph(tuple(parts), role="source")
