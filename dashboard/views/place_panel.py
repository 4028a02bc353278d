"""The chosen place beside a map or chart: its numbers, and where it stands among the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard.figures import FIGURES, FigureStyle, figure_height, marked_example
from dashboard.text import value_text
from dashboard.views.block_places import Place, PlaceNumber, Strip
from dashboard.views.compared import answered, compared, own_words, whole_value
from dashboard.views.cubes import is_example
from dashboard.views.frames import points_frame
from dashboard.views.labels import ALL, capital
from dashboard.views.places import today_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from dashboard.views.blocks import Figure, Link
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from dashboard.views.place_choice import Choice

_FEWEST = 5
"""With fewer places a strip of signs shows nothing that the table does not."""
_MOST_STEPS = 24
"""Signs closer together than one of this many steps are stacked, so that each can be seen."""
_WIDE = 568
_MOST_NUMBERS = 4


def place_panel(
    ctx: Context, choice: Choice, chosen: str | None, *, text: str = "", link: Link | None = None
) -> Place:
    """Makes the panel of the chosen place; without a choice it says how to choose one.

    Args:
        ctx: The page.
        choice: The figure that the page shows.
        chosen: Code of the chosen place.
        text: A line of facts about the place.
        link: Link to the page of the place.
    """
    own, kind = own_words(ctx), choice.kind
    strip = place_strip(ctx, choice, chosen)
    if chosen is None:
        return Place(
            kicker=own(f"panel.kicker.{kind}"),
            name=own(f"panel.none.{kind}"),
            text=own(f"panel.how.{kind}"),
            strip=strip,
        )
    cells = [c for c in choice.cells if today_of(ctx.catalogue, kind, c) == chosen]
    others = [
        cell
        for cell in choice.beside
        if today_of(ctx.catalogue, kind, cell) == chosen and cell.sector_code != choice.sector
    ]
    shown = [*cells, *others][:_MOST_NUMBERS] if len(cells) == 1 else cells
    label = ctx.labels.region if kind == "region" else ctx.labels.insurer
    return Place(
        kicker=own(f"panel.kicker.{kind}"),
        name=label(chosen),
        text=text,
        numbers=tuple(_number(ctx, choice, cell, chosen) for cell in shown),
        remark=_remark(ctx, choice, cells),
        strip=strip,
        link=link,
    )


def _number(ctx: Context, choice: Choice, cell: ValueCell, chosen: str) -> PlaceNumber:
    own = own_words(ctx)
    what = ctx.labels.sector_short(cell.sector_code) if cell.sector_code != ALL else ""
    if cell.region_code not in (chosen, "NL"):
        what = ctx.labels.region(cell.region_code)
    elif len({one.provider_group for one in choice.cells}) > 1:
        what = ctx.labels.provider_group(cell.provider_group)
    whole = choice.whole if cell.sector_code == choice.sector else None
    beside = whole_value(ctx, cell, whole)
    details = [
        ctx.values.margin(cell),
        answered(ctx, cell),
        own(f"panel.whole.{choice.kind}", value=beside) if beside else "",
    ]
    return PlaceNumber(
        label=capital(what or choice.indicator.text(ctx.locale).title),
        value=ctx.values.short(cell),
        cell=cell.key,
        details=tuple(capital(one) for one in details if one),
        comparison=compared(ctx, choice.kind, cell),
        in_words=not cell.has_number,
    )


def _remark(ctx: Context, choice: Choice, cells: Sequence[ValueCell]) -> str:
    own = own_words(ctx)
    if not cells:
        return own(f"panel.no_figure.{choice.kind}")
    if len(cells) > 1 and choice.kind == "region":
        return own("panel.old_regions", count=len(cells))
    return capital(ctx.values.suppressed(cells[0])) if len(cells) == 1 else ""


def place_strip(ctx: Context, choice: Choice, chosen: str | None) -> Strip | None:
    """Draws each place as a sign on a scale; too few places, or no values, are not drawn."""
    by_place: dict[str, list[ValueCell]] = {}
    for cell in choice.cells:
        by_place.setdefault(today_of(ctx.catalogue, choice.kind, cell), []).append(cell)
    # Old regions that became one have no value of their own.
    cells = [own[0] for own in by_place.values() if len(own) == 1 and own[0].value is not None]
    if choice.kind == "region":
        cells = [cell for cell in cells if _is_on_map(ctx, choice, cell)]
    if len(cells) < _FEWEST:
        return None
    own = own_words(ctx)
    step = _step([cell.value or 0.0 for cell in cells])
    low = min(cells, key=lambda cell: cell.value or 0.0)
    high = max(cells, key=lambda cell: cell.value or 0.0)
    picked = [cell for cell in cells if today_of(ctx.catalogue, choice.kind, cell) == chosen]
    title = choice.indicator.text(ctx.locale).title
    told = own(
        f"strip.alt.{choice.kind}",
        title=title,
        count=len(cells),
        low=ctx.values.short(low),
        high=ctx.values.short(high),
    )
    for cell in picked:
        told += " " + own(
            "strip.alt_chosen", name=_name(ctx, choice, cell), value=ctx.values.short(cell)
        )
    if is_example(cells):
        told = ctx.words("example.alt", kind=told)
    has_margins = any(cell.ci_low is not None for cell in cells)
    wide = _figure(ctx, choice, cells, step, chosen, "wide")
    narrow = _figure(ctx, choice, cells, step, chosen, "narrow")
    unit = capital(ctx.labels.unit_name(choice.indicator.unit))
    subtitle = own(f"strip.subtitle.{choice.kind}", unit=unit)
    if step:
        suffix = ctx.labels.suffix(choice.indicator.unit)
        subtitle += " " + own("strip.rounded", step=value_text(step, ctx.locale, suffix=suffix))
    return Strip(
        id=f"strip-{choice.indicator.id}",
        title=own(f"strip.title.{choice.kind}"),
        subtitle=subtitle,
        note=own("strip.margins" if has_margins else "strip.no_margins"),
        alt=told,
        figure=wide,
        figure_narrow=narrow,
        height=figure_height(wide),
        height_narrow=figure_height(narrow),
    )


def _is_on_map(ctx: Context, choice: Choice, cell: ValueCell) -> bool:
    region = ctx.catalogue.regions.get(today_of(ctx.catalogue, choice.kind, cell))
    return region is not None and region.row is not None


def _name(ctx: Context, choice: Choice, cell: ValueCell) -> str:
    code = today_of(ctx.catalogue, choice.kind, cell)
    return ctx.labels.region(code) if choice.kind == "region" else ctx.labels.insurer(code)


def _step(values: Sequence[float]) -> float:
    """Returns the step to which places are rounded on the strip; 0 where they need not be."""
    if len(set(values)) <= _MOST_STEPS and all(value.is_integer() for value in values):
        return 0.0
    span = (max(values) - min(values)) or 1.0
    raw = span / _MOST_STEPS
    size = 10.0 ** math.floor(math.log10(raw))
    return next(size * times for times in (1, 2, 5, 10) if size * times >= raw)


def _figure(
    ctx: Context,
    choice: Choice,
    cells: Sequence[ValueCell],
    step: float,
    chosen: str | None,
    width: Literal["wide", "narrow"],
) -> Figure:
    points = points_frame(ctx, choice.indicator, cells)
    by_key = {cell.key: cell for cell in cells}
    shown = [by_key[key] for key in points["cell"]]
    names = [_name(ctx, choice, cell) for cell in shown]
    points["series"] = points["sector"]
    points["series_label"] = points["row_label"] = names
    points["heading"] = points["detail"] = points["n_label"] = ""
    points["selected"] = [today_of(ctx.catalogue, choice.kind, cell) == chosen for cell in shown]
    if step:
        points["value"] = [_rounded(cell.value or 0.0, step) for cell in shown]
    style = FigureStyle(
        locale=ctx.locale,
        unit_suffix=ctx.labels.suffix(choice.indicator.unit),
        decimals=choice.indicator.decimals,
        width=width,
        pixels=_WIDE if width == "wide" else None,
        example=ctx.words("example.tag") if is_example(cells) else "",
    )
    return marked_example(FIGURES["distribution"](points, style=style), style)


def _rounded(value: float, step: float) -> float:
    # Without the last bits of a product, so that equal places are equal.
    return round(round(value / step) * step, 10)
