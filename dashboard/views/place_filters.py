"""The filters of a page of all regions or all insurers: what exists, and why the rest does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.views.blocks import Filter, FilterPanel, Link, Notice, Option
from dashboard.views.compared import own_words
from dashboard.views.filters import label_of, unavailable_reason
from dashboard.views.labels import ALL, capital
from dashboard.views.place_choice import insurers_within
from dashboard.views.places import insurers_with_page, regions_on_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.addresses import Address
    from dashboard.views.context import Context
    from dashboard.views.place_choice import Choice


def place_filters(ctx: Context, choice: Choice) -> FilterPanel:
    """Makes the panel: figure, sector, year and place; what cannot be chosen says why."""
    chips = _chips(ctx)
    clear = ctx.to(ctx.address.page, selection=Selection(view=ctx.selection.view))
    return FilterPanel(
        label=ctx.words("filter.label"),
        filters=(
            _indicator(ctx, choice),
            _sector(ctx, choice),
            *_answers(ctx, choice),
            _year(ctx, choice),
            _place(ctx, choice),
            *((_insurer(ctx, choice),) if choice.kind == "region" else ()),
            _never(ctx, "provider"),
            *((_never(ctx, "region"),) if choice.kind == "insurer" else ()),
        ),
        chips_label=ctx.words("filter.chips"),
        chips=chips,
        clear=ctx.link(ctx.words("filter.clear"), clear) if chips else None,
        open_label=ctx.words("filter.open"),
    )


def _indicator(ctx: Context, choice: Choice) -> Filter:
    options = tuple(
        Option(one.id.replace("_", "-"), one.text(ctx.locale).title) for one in choice.indicators
    )
    return Filter(
        name="indicator",
        label=own_words(ctx)("filter.indicator"),
        options=options,
        value=(choice.indicator.id.replace("_", "-"),),
    )


def _sector(ctx: Context, choice: Choice) -> Filter:
    if choice.sectors == (ALL,):
        reason = unavailable_reason(ctx, "sector", choice.indicator)
        return _closed(ctx, "sector", reason or own_words(ctx)("filter.all_sectors"))
    return Filter(
        name="sector",
        label=ctx.words("filter.sector"),
        options=_options(ctx, "sector", choice.sectors),
        value=(choice.sector,),
        help=_only(ctx, "sector", choice.sectors),
    )


def _answers(ctx: Context, choice: Choice) -> list[Filter]:
    """The answer and what a percentage is of: shown where there is something to choose."""
    own = own_words(ctx)
    found = []
    for name, codes, chosen in (
        ("category", choice.categories, choice.category),
        ("base", choice.bases, choice.base),
    ):
        if len(codes) > 1:
            options = tuple(
                Option(code, capital(label_of(ctx, name, code) or ctx.words("chart.total")))
                for code in codes
            )
            found.append(Filter(name, own(f"filter.{name}"), options, (chosen,)))
    return found


def _year(ctx: Context, choice: Choice) -> Filter:
    own = own_words(ctx)
    if choice.years == (0,):
        return _closed(ctx, "years", ctx.words("filter.none.years"))
    # As the address writes a year, so that the control and the address say the same.
    options = tuple(Option(f"{year}-{year}", _period(ctx, choice, year)) for year in choice.years)
    return Filter(
        name="years",
        label=own("filter.years"),
        options=options,
        value=(f"{choice.year}-{choice.year}",),
        help=_only(ctx, "years", options),
    )


def _period(ctx: Context, choice: Choice, year: int) -> str:
    """Writes a year, or the month in which the figure of that year was taken."""
    periods = {ctx.values.period(cell) for cell in choice.cells if cell.year == year}
    return capital(periods.pop()) if len(periods) == 1 else str(year)


def _place(ctx: Context, choice: Choice) -> Filter:
    places = (
        [(one.code, one.text(ctx.locale)) for one in regions_on_map(ctx.catalogue)]
        if choice.kind == "region"
        else [(one.code, one.text(ctx.locale)) for one in insurers_with_page(ctx)]
    )
    if choice.kind == "insurer":
        known = {cell.insurer_code for cell in choice.cells}
        places = [(code, name) for code, name in places if code in known]
    chosen = ctx.selection.region if choice.kind == "region" else ctx.selection.insurer
    codes = {code for code, _ in places}
    return Filter(
        name=choice.kind,
        label=ctx.words(f"filter.{choice.kind}"),
        options=tuple(Option(code, name) for code, name in places),
        value=(chosen,) if chosen in codes and chosen is not None else (),
        placeholder=own_words(ctx)(f"filter.pick.{choice.kind}"),
    )


def _insurer(ctx: Context, choice: Choice) -> Filter:
    found = insurers_within(ctx, choice.indicator)
    if not found:
        return _never(ctx, "insurer")
    chosen = ctx.selection.insurer
    return Filter(
        name="insurer",
        label=ctx.words("filter.insurer"),
        options=_options(ctx, "insurer", found),
        value=(chosen,) if chosen in found and chosen is not None else (),
        placeholder=ctx.words("filter.all.insurer"),
    )


def _never(ctx: Context, name: str) -> Filter:
    return _closed(ctx, name, own_words(ctx)(f"filter.never.{name}"))


def _closed(ctx: Context, name: str, reason: str) -> Filter:
    own = own_words(ctx)
    label = own("filter.years") if name == "years" else ctx.words(f"filter.{name}")
    return Filter(name, label, (), (), placeholder=own("filter.closed"), reason=reason)


def _only(ctx: Context, name: str, options: Sequence[object]) -> str | None:
    return own_words(ctx)(f"filter.only.{name}") if len(options) == 1 else None


def _options(ctx: Context, name: str, codes: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(code, capital(label_of(ctx, name, code))) for code in codes)


def _chips(ctx: Context) -> tuple[Link, ...]:
    """One chip per choice of the address; its link takes the choice away."""
    chips: list[Link] = []
    selection = ctx.selection

    def chip(text: str, target: Address) -> None:
        chips.append(ctx.link(text, target, label=ctx.words("filter.remove", choice=text)))

    if selection.indicator is not None:
        nothing = replace(selection, indicator=None, category=None, base=None)
        label = label_of(ctx, "indicator", selection.indicator)
        chip(label, replace(ctx.address, selection=nothing))
    for sector in selection.sectors:
        others = tuple(code for code in selection.sectors if code != sector)
        chip(capital(label_of(ctx, "sector", sector)), ctx.address.choose(sectors=others))
    if selection.years is not None:
        first, last = selection.years
        text = str(first) if first == last else f"{first}–{last}"
        chip(text, ctx.address.choose(years=None))
    for name in ("category", "base", "region", "insurer"):
        code = getattr(selection, name)
        if code is not None:
            chip(capital(label_of(ctx, name, code)), ctx.address.choose(**{name: None}))
    return tuple(chips)


def refused_notices(ctx: Context, refused: Sequence[str]) -> list[Notice]:
    """Names the choices of the address that are not applied, so that none is silent."""
    return [
        Notice(
            ctx.words("not_applied.title"),
            own_words(ctx)("filter.refused", choice=one),
            severity="caution",
        )
        for one in refused
    ]


def shown_sector(ctx: Context, sectors: Sequence[str]) -> str | None:
    """Returns the sector of the computed figures on a page about one place; None for all."""
    if not sectors or ctx.flavour == "export":
        return None
    asked = [code for code in ctx.selection.sectors if code in sectors]
    return asked[0] if asked else next((code for code in sectors if code != ALL), sectors[0])


def sector_panel(ctx: Context, sectors: Sequence[str]) -> list[FilterPanel | Notice]:
    """Lets the reader choose the sector of the computed figures, where there are any."""
    shown = shown_sector(ctx, sectors)
    refused = [code for code in ctx.selection.sectors if code != shown]
    notices = refused_notices(ctx, [capital(label_of(ctx, "sector", code)) for code in refused])
    if shown is None:
        return [*notices]
    own = own_words(ctx)
    panel = FilterPanel(
        label=ctx.words("filter.label"),
        filters=(
            Filter(
                name="sector",
                label=own("filter.sector_computed"),
                options=_options(ctx, "sector", sectors),
                value=(shown,),
                help=own("filter.sector_help"),
            ),
        ),
        chips_label=ctx.words("filter.chips"),
        chips=_chips(ctx),
        clear=None,
        open_label=ctx.words("filter.open"),
    )
    return [*notices, panel]
