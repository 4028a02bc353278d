"""A chart with everything that belongs to it: sentence, picture, table, sources, warnings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.text import and_list
from dashboard.views.alt import alt_text
from dashboard.views.blocks import Block, Chart, Link
from dashboard.views.cells import ValueCell, distinct
from dashboard.views.choices import base_choice, cube_choices
from dashboard.views.conflicts import notes_of
from dashboard.views.corrections import mended_notices
from dashboard.views.cube_shown import definition_in_force, standard_years
from dashboard.views.cubes import is_cube, is_example
from dashboard.views.dated_events import chart_events, event_marks, events_alt, shown_events
from dashboard.views.drawing import FULL, Picture, Size, draw
from dashboard.views.empty import image_only, no_data
from dashboard.views.headlines import Headline, headline, within
from dashboard.views.keys import key_of
from dashboard.views.labels import capital
from dashboard.views.provenance import citation, cube_notices, notices, source_notes
from dashboard.views.revised import counted_revisions
from dashboard.views.shown import shown_cells
from dashboard.views.tables import cells_table
from dashboard.views.tiles import mapped_sector
from dashboard.views.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


@dataclass(frozen=True)
class ChartRequest:
    """Which indicator to show, and whether the page is that of its topic."""

    indicator: Indicator
    on_topic: bool
    folded: bool = False


def indicator_blocks(ctx: Context, request: ChartRequest) -> list[Block]:
    """Makes the blocks of an indicator: its chart, or why there is none, and its pictures.

    What a source has only as a picture gets its own empty state, beside the chart or
    instead of it.
    """
    indicator = request.indicator
    shown = shown_cells(ctx, indicator)
    if not shown:
        return [no_data(ctx, indicator, ctx.around(indicator))]
    blocks: list[Block] = []
    drawn = [cell for cell in shown if cell.kind != "image"]
    if drawn:
        chart = chart_block(ctx, indicator, drawn, on_topic=request.on_topic)
        blocks.append(replace(chart, folded=request.folded))
    picture = image_only(ctx, indicator, shown)
    if picture is not None:
        blocks.append(picture)
    return blocks


def chart_block(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], *, on_topic: bool
) -> Chart:
    """Makes the full chart of an indicator for the cells that are shown."""
    head = headline(ctx, indicator, cells)
    events = shown_events(ctx, indicator, cells)
    picture = draw(ctx, indicator, cells, FULL, event_marks(indicator, events))
    letters = {one.event.id: one.letter for one in events}
    chart = _chart(ctx, indicator, cells, head, picture, letters, on_topic=on_topic)
    alt = " ".join(part for part in (chart.alt, events_alt(ctx, events)) if part)
    return replace(chart, alt=alt, dated=chart_events(ctx, events))


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
    letters: Mapping[str, str],
    *,
    on_topic: bool,
) -> Chart:
    words = indicator.text(ctx.locale)
    own = ctx.to("indicator", indicator.id, ctx.selection)
    base_label, base_links = base_choice(ctx, indicator, cells, on_topic=on_topic)
    return Chart(
        id=indicator.id,
        title=words.title,
        subtitle=subtitle(ctx, indicator, cells),
        headline=head.text,
        headline_parts=head.parts,
        alt=alt_text(ctx, indicator, cells, head),
        table=cells_table(
            ctx,
            cells,
            _caption(ctx, words.title, cells),
            with_values=indicator.chart != "events",
            letters=letters,
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
            *mended_notices(ctx, cells),
            *cube_notices(ctx, indicator, cells),
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
        base_label=base_label,
        base_links=base_links,
        choices=cube_choices(ctx, indicator, cells, on_topic=on_topic),
        verdicts=verdicts(ctx, indicator, cells),
        verdict_label=ctx.words("verdict.label"),
        example=ctx.words("example.tag") if is_example(cells) else "",
        cite=citation(ctx, words.title, cells),
        cite_title=ctx.words("cite.title"),
        brief=on_topic,
        note=counted_revisions(ctx, cells, "note"),
    )


def _caption(ctx: Context, title: str, cells: Sequence[ValueCell]) -> str:
    years = ctx.values.years(cells)
    caption = ctx.words("table.caption", title=title, years=years) if years else title
    return ctx.words("example.caption", caption=caption) if is_example(cells) else caption


def subtitle(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says measure, unit and what a percentage is a percentage of, for the cells shown."""
    units = distinct(cell.unit for cell in cells if cell.unit)
    unit = capital(ctx.labels.unit_name(units[0] if len(units) == 1 else indicator.unit))
    numbered = [cell for cell in cells if cell.has_number]
    if numbered and all(cell.is_count_share for cell in numbered):
        # So few answers are told as counts, "6 van 8"; then the unit is a number, not a percentage.
        unit = ctx.words("chart.count_of_few")
    if indicator.chart == "tiles":
        return _mapped(ctx, indicator, cells, unit)
    if is_cube(indicator):
        unit = _with_definition(ctx, indicator, cells, unit)
    if "percent" not in (units or (indicator.unit,)):
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


def _with_definition(
    ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], unit: str
) -> str:
    """Says which definition and which sector a chart is about, where it shows one of several."""
    definition = definition_in_force(ctx, indicator)
    parts = [ctx.labels.category(definition)] if definition else []
    sectors = distinct(cell.sector_code for cell in cells)
    if len(sectors) == 1:
        parts.append(within(ctx.labels.sector_short(sectors[0]), ctx))
    if standard_years(ctx, indicator) is not None and ctx.selection.years is None:
        parts.append(ctx.values.years(cells))
    about = ", ".join(part for part in parts if part)
    return capital(ctx.words("chart.about", about=about, unit=within(unit, ctx))) if about else unit


def _mapped(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell], unit: str) -> str:
    """Says of a map, which shows one sector at one time, which those are."""
    sector = mapped_sector(indicator, cells)
    periods = distinct(ctx.values.period(c) for c in cells if c.sector_code == sector)
    return ", ".join((unit, within(ctx.labels.sector_short(sector), ctx), *periods))


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
