"""A chart with everything that belongs to it: sentence, picture, table, sources, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.alt import alt_text
from dashboard.views.blocks import Block, Chart, Link
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.conflicts import notes_of
from dashboard.views.drawing import FULL, Picture, Size, draw
from dashboard.views.empty import image_only, no_data
from dashboard.views.headlines import Headline, headline, within
from dashboard.views.keys import key_of
from dashboard.views.labels import capital
from dashboard.views.provenance import citation, notices, source_notes
from dashboard.views.shown import alternative_bases, base_in_force, known_bases, shown_cells
from dashboard.views.tables import cells_table
from dashboard.views.tiles import mapped_sector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


@dataclass(frozen=True)
class ChartRequest:
    """Which indicator to show, and whether the page is that of its topic."""

    indicator: Indicator
    on_topic: bool


def indicator_blocks(ctx: Context, request: ChartRequest) -> list[Block]:
    """Makes the blocks of an indicator: its chart, or why there is none, and its pictures.

    What a source has only as a picture gets its own empty state, beside the chart or
    instead of it.
    """
    indicator = request.indicator
    every = ctx.data.cells(indicator.id)
    shown = shown_cells(ctx, indicator)
    if not shown:
        return [no_data(ctx, indicator, every)]
    blocks: list[Block] = []
    drawn = [cell for cell in shown if cell.kind != "image"]
    if drawn:
        blocks.append(chart_block(ctx, indicator, drawn, on_topic=request.on_topic))
    picture = image_only(ctx, indicator, shown)
    if picture is not None:
        blocks.append(picture)
    return blocks


def chart_block(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> Chart:
    """Makes the full chart of an indicator for the cells that are shown."""
    head = headline(ctx, indicator, cells)
    return _chart(ctx, indicator, cells, head, draw(ctx, indicator, cells, FULL), on_topic=on_topic)


def small_chart(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    head: Headline,
    size: Size,
) -> Chart:
    """Makes the small chart of the overview; its page has the rest."""
    words = indicator.text(ctx.locale)
    picture = draw(ctx, indicator, cells, size)
    sources = source_notes(ctx, (*head.cells, *cells))
    return Chart(
        id=f"overview-{indicator.id}",
        title=words.title,
        subtitle=subtitle(ctx, indicator, cells),
        headline=head.text,
        headline_parts=head.parts,
        alt=alt_text(ctx, indicator, cells),
        table=cells_table(ctx, cells, words.title),
        figure=picture.figure,
        figure_narrow=picture.figure_narrow,
        height=picture.height,
        height_narrow=picture.height_narrow,
        tiles=picture.tiles,
        events=picture.events,
        voices=picture.voices,
        key=key_of(ctx, picture.figure, cells),
        sources=sources,
    )


def _chart(
    ctx: Context,
    indicator: Indicator,
    cells: Sequence[ValueCell],
    head: Headline,
    picture: Picture,
    *,
    on_topic: bool,
) -> Chart:
    words = indicator.text(ctx.locale)
    own = ctx.to("indicator", indicator.id, ctx.selection)
    sectors = _sector_links(ctx, indicator, cells, on_topic=on_topic)
    return Chart(
        id=indicator.id,
        title=words.title,
        subtitle=subtitle(ctx, indicator, cells),
        headline=head.text,
        headline_parts=head.parts,
        alt=alt_text(ctx, indicator, cells),
        table=cells_table(
            ctx,
            cells,
            _caption(ctx, words.title, cells),
            with_values=indicator.chart != "events",
        ),
        figure=picture.figure,
        figure_narrow=picture.figure_narrow,
        height=picture.height,
        height_narrow=picture.height_narrow,
        tiles=picture.tiles,
        events=picture.events,
        voices=picture.voices,
        key=key_of(ctx, picture.figure, cells),
        sources=source_notes(ctx, (*head.cells, *cells)),
        notices=(
            *(notes_of(ctx, indicator) if indicator.chart == "voices" else ()),
            *notices(ctx, indicator, cells),
        ),
        csv=ctx.csv_link(own, ctx.words("chart.csv")),
        more=ctx.link(
            ctx.words("chart.more"), own, label=ctx.words("chart.more_label", title=words.title)
        )
        if on_topic
        else None,
        view_links=_view_links(ctx),
        show_table=ctx.selection.view == "table",
        base_label=ctx.words("filter.sector" if sectors else "chart.base"),
        base_links=sectors or _base_links(ctx, indicator),
        cite=citation(ctx, words.title, cells),
        cite_title=ctx.words("cite.title"),
        brief=on_topic,
    )


def _caption(ctx: Context, title: str, cells: Sequence[ValueCell]) -> str:
    years = ctx.values.years(cells)
    return ctx.words("table.caption", title=title, years=years) if years else title


def subtitle(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says measure, unit and what a percentage is a percentage of, for the cells shown."""
    unit = capital(ctx.labels.unit_name(indicator.unit))
    numbered = [cell for cell in cells if cell.has_number]
    if numbered and all(cell.is_count_share for cell in numbered):
        # So few answers are told as counts, "6 van 8"; then the unit is a number, not a percentage.
        unit = ctx.words("chart.count_of_few")
    if indicator.chart == "tiles":
        return _mapped(ctx, indicator, cells, unit)
    if indicator.unit != "percent":
        return (
            unit if indicator.unit not in ("none", "count") else indicator.text(ctx.locale).question
        )
    shown = [cell for cell in cells if cell.unit == "percent"]
    bases = distinct(ctx.labels.base(c.base) for c in shown if c.base not in ("unknown", "none"))
    unknown = sorted({c.year for c in shown if c.base == "unknown" and c.period_year})
    text = f"{unit} {and_list(bases, ctx.locale)}" if bases else unit
    if not unknown:
        return text
    if not bases:
        return ctx.words("chart.base_unknown_all", unit=unit)
    years = and_list([str(year) for year in unknown], ctx.locale)
    return ctx.words("chart.base_unknown", text=text, years=years)


def _mapped(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], unit: str) -> str:
    """Says of a map, which shows one sector at one time, which those are."""
    sector = mapped_sector(indicator, cells)
    periods = distinct(ctx.values.period(c) for c in cells if c.sector_code == sector)
    return ", ".join((unit, within(ctx.labels.sector_short(sector), ctx), *periods))


def _sector_links(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> tuple[Link, ...]:
    """The sectors that a map can show, one at a time.

    On a topic page they lead to the page of the map itself: a choice of sector there would
    take the other charts away.
    """
    sectors = distinct(cell.sector_code for cell in ctx.data.cells(indicator.id))
    if ctx.flavour == "export" or indicator.chart != "tiles" or len(sectors) < _CHOICE:
        return ()
    shown = mapped_sector(indicator, cells)
    own = ctx.to("indicator", indicator.id, ctx.selection) if on_topic else ctx.address
    return tuple(
        ctx.link(
            capital(ctx.labels.sector_short(code)),
            own.choose(sectors=(code,)),
            current=code == shown,
        )
        for code in sectors
    )


_CHOICE = 2


def _view_links(ctx: Context) -> tuple[Link, ...]:
    """Chart or table, for all charts of the page at once; the export shows both."""
    if ctx.flavour == "export":
        return ()
    view = ctx.selection.view
    return (
        ctx.link(
            ctx.words("chart.view_chart"), ctx.address.choose(view="chart"), current=view == "chart"
        ),
        ctx.link(
            ctx.words("chart.view_table"), ctx.address.choose(view="table"), current=view == "table"
        ),
    )


def _base_links(ctx: Context, indicator: Indicator) -> tuple[Link, ...]:
    """One base or another, where an indicator has more than one known base.

    Where the same answers are given on each base there is no choice of all of them: a chart
    would then show every answer twice. Voices each have a base of their own.
    """
    bases = known_bases(indicator)
    if len(bases) < 2 or ctx.flavour == "export" or indicator.chart == "voices":
        return ()
    cells = ctx.data.cells(indicator.id)
    choice = alternative_bases(indicator, cells)
    if not choice and len(cells) <= len(bases):
        return ()
    current, standard = base_in_force(ctx, indicator), choice[0] if choice else None
    offered = [*choice] if choice else [None, *bases]
    return tuple(
        ctx.link(
            ctx.words("chart.base_all") if base is None else ctx.labels.base(base),
            ctx.address.choose(base=None if base == standard else base),
            current=base == current,
        )
        for base in offered
    )
