"""Empty states: why there is no number, what the source does say, and where there is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.text import and_list, year_range
from dashboard.views.blocks import EmptyState, Inline, Link, Paragraph, Text
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.filters import choices_in_words, label_of, unavailable_reason
from dashboard.views.provenance import document_link
from dashboard.views.selecting import chosen_names, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Selection
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


def no_data_together(
    ctx: Context, missing: Sequence[tuple[Indicator, Sequence[ValueCell]]], *, alone: bool
) -> EmptyState:
    """Makes one empty state for all indicators of a page that the selection leaves empty.

    Args:
        ctx: The page with its selection.
        missing: The indicators, each with all its cells.
        alone: Whether the page shows nothing else; the nearest choices then come first.
    """
    every = [cell for _, cells in missing for cell in cells]
    choices = choices_in_words(ctx, ctx.selection)
    links: tuple[Link, ...] = ()
    if alone:
        links = tuple(_nearest_link(ctx, name, other) for name, other in _near(ctx, every))
    title = "empty.together.alone" if alone else "empty.together.others"
    return EmptyState(
        id="empty",
        mark="no_data",
        kicker=choices or ctx.words("empty.no_choice"),
        title=ctx.words(title),
        text=tuple(_line(ctx, indicator, cells) for indicator, cells in missing),
        links=links,
    )


def _line(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Paragraph:
    """One line per indicator: its title, why it is empty, and where it does have a number."""
    state = no_data(ctx, indicator, cells)
    parts: list[Inline] = [Text(f"{indicator.text(ctx.locale).title}. ", strong=True)]
    parts += [Text(f"{part.text} ") for paragraph in state.text for part in paragraph.parts]
    for position, link in enumerate(state.links):
        parts += [Text(" · ")] if position else []
        title = indicator.text(ctx.locale).title
        parts.append(replace(link, label=ctx.words("empty.link", text=link.text, title=title)))
    return Paragraph(tuple(parts))


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


def _where(ctx: Context, document_id: str, images: Sequence[ValueCell]) -> Paragraph:
    """Says in which document and where in it the picture stands; locators are Dutch."""
    locators = distinct(cell.locator for cell in images if cell.document_id == document_id)
    parts: list[Inline] = [
        Text(ctx.labels.document(document_id), lang="nl"),
        Text(f", {ctx.words('source.locator').lower()}: "),
        Text("; ".join(locators), lang="nl"),
    ]
    return Paragraph(tuple(parts), role="source")
