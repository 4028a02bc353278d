"""A chart with everything that belongs to it: sentence, picture, table, sources, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.alt import alt_text
from dashboard.views.blocks import Block, Chart, KeyItem, Link
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.conflicts import notes_of
from dashboard.views.drawing import FULL, Picture, Size, draw
from dashboard.views.empty import image_only, no_data
from dashboard.views.headlines import Headline, headline
from dashboard.views.labels import capital
from dashboard.views.plots import breaks_shown
from dashboard.views.provenance import citation, notices, source_notes
from dashboard.views.selecting import select
from dashboard.views.tables import cells_table

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
    shown = select(every, ctx.selection, ctx.catalogue)
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
    sources = source_notes(ctx, cells)
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
        key=_key(ctx, indicator, cells),
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
    return Chart(
        id=indicator.id,
        title=words.title,
        subtitle=subtitle(ctx, indicator, cells),
        headline=head.text,
        headline_parts=head.parts,
        alt=alt_text(ctx, indicator, cells),
        table=cells_table(ctx, cells, _caption(ctx, words.title, cells)),
        figure=picture.figure,
        figure_narrow=picture.figure_narrow,
        height=picture.height,
        height_narrow=picture.height_narrow,
        tiles=picture.tiles,
        events=picture.events,
        voices=picture.voices,
        key=_key(ctx, indicator, cells),
        sources=source_notes(ctx, cells),
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
        base_label=ctx.words("chart.base") if (bases := _base_links(ctx, indicator)) else "",
        base_links=bases,
        cite=citation(ctx, words.title, cells),
        cite_title=ctx.words("cite.title"),
    )


def _caption(ctx: Context, title: str, cells: Sequence[ValueCell]) -> str:
    years = ctx.values.years(cells)
    return ctx.words("table.caption", title=title, years=years) if years else title


def subtitle(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says measure, unit and what a percentage is a percentage of, for the cells shown."""
    unit = capital(ctx.labels.unit_name(indicator.unit))
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
    """All bases or one of them, where an indicator has more than one known base."""
    bases = [base for base in indicator.bases if base not in ("unknown", "none")]
    if len(bases) < 2 or ctx.flavour == "export":
        return ()
    chosen = ctx.selection.base
    links = [
        ctx.link(ctx.words("chart.base_all"), ctx.address.choose(base=None), current=chosen is None)
    ]
    links += [
        ctx.link(ctx.labels.base(base), ctx.address.choose(base=base), current=chosen == base)
        for base in bases
    ]
    return tuple(links)


def _key(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> tuple[KeyItem, ...]:
    """Explains the marks that the chart has, and no others."""
    present: list[str] = []
    kinds = {cell.kind for cell in cells}
    present += [kind for kind in ("bound_low", "bound_high", "range") if kind in kinds]
    if any(cell.ci_low is not None for cell in cells):
        present.append("interval")
    if any(c.kind == "point" and c.base == "unknown" and c.voice for c in cells):
        present.append("statement")
    statuses = {cell.status for cell in cells}
    if "provisional" in statuses:
        present.append("provisional")
    if "superseded" in statuses:
        present.append("superseded")
    if indicator.chart == "trend" and breaks_shown(indicator, cells):
        present.append("break")
    return tuple(KeyItem(name, ctx.words(f"key.{name}")) for name in present)
