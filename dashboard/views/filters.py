"""The filter panel: what can be chosen, what is chosen, and why something cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import year_range
from dashboard.views.blocks import Filter, FilterPanel, Link, Notice, Option
from dashboard.views.cells import distinct
from dashboard.views.cube_shown import standard_years
from dashboard.views.cubes import is_cube
from dashboard.views.labels import ALL, capital
from dashboard.views.moments import moment_notice, vintage_words
from dashboard.views.offers import offer_of
from dashboard.views.selecting import (
    DIMENSION_OF,
    UnknownWord,
    chosen_names,
    cleared,
    region_today,
    with_parts,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.addresses import Address
    from dashboard.views.context import Context
    from dashboard.views.offers import Offer
    from warehouse.catalogue.schema import Indicator


def filter_panel(ctx: Context, indicators: Sequence[Indicator]) -> FilterPanel:
    """Makes the panel for a page.

    Args:
        ctx: The page.
        indicators: Indicators on the page; they say what can be chosen, and why not.
    """
    chips = _chips(ctx)
    offers = [offer_of(ctx, one) for one in indicators]
    clear = (
        ctx.link(ctx.words("filter.clear"), replace(ctx.address, selection=cleared(ctx.selection)))
        if chips
        else None
    )
    return FilterPanel(
        label=ctx.words("filter.label"),
        filters=(
            _single(ctx, "sector", indicators, offers, multiple=True),
            *year_filters(
                ctx,
                {year for offer in offers for year in offer.years},
                _standard_years(ctx, indicators),
            ),
            _single(ctx, "insurer", indicators, offers),
            _single(ctx, "region", indicators, offers),
            _single(ctx, "provider", indicators, offers),
        ),
        chips_label=ctx.words("filter.chips"),
        chips=chips,
        clear=clear,
        open_label=ctx.words("filter.open"),
    )


def _single(
    ctx: Context,
    name: str,
    indicators: Sequence[Indicator],
    offers: Sequence[Offer],
    *,
    multiple: bool = False,
) -> Filter:
    codes = {code for offer in offers for code in offer.codes[name]}
    if name == "sector":
        codes |= _parents(ctx, codes)
    elif name == "region":
        codes = {region_today(code, ctx.catalogue) for code in codes}
    chosen = _chosen(ctx.selection, name)
    # A control shows what is chosen by its name, also where no figure has it.
    options = tuple(
        Option(code, _option(ctx, name, code, has_figure=code in codes))
        for code in _ordered(ctx, name, codes | set(chosen))
    )
    return Filter(
        name=name,
        label=ctx.words(f"filter.{name}"),
        options=options,
        value=chosen,
        multiple=multiple,
        # A list that takes several shows its placeholder beside what is chosen, as if chosen too.
        placeholder="" if multiple and chosen else ctx.words(f"filter.all.{name}"),
        reason=None if options else _reason(ctx, name, indicators, offers),
        help=_help(ctx, name, offers) if codes else None,
    )


def _option(ctx: Context, name: str, code: str, *, has_figure: bool) -> str:
    label = capital(label_of(ctx, name, code))
    return label if has_figure else ctx.words("filter.option_without_figure", label=label)


def _parents(ctx: Context, codes: set[str]) -> set[str]:
    """Returns the sectors that have one of these as a part, e.g. ggz for its two parts."""
    return {
        code
        for code in ctx.catalogue.sectors
        if code != ALL and code not in codes and with_parts([code], ctx.catalogue) & codes
    }


def _ordered(ctx: Context, name: str, codes: set[str]) -> list[str]:
    if name in ("insurer", "region"):
        return sorted(codes, key=lambda code: label_of(ctx, name, code).casefold())
    vocabulary = list(ctx.catalogue.sectors if name == "sector" else ctx.catalogue.provider_groups)
    return sorted(codes, key=vocabulary.index)


def label_of(ctx: Context, name: str, code: str) -> str:
    """Returns the words for a code of a filter."""
    return {
        "sector": ctx.labels.sector_short,
        "insurer": ctx.labels.insurer,
        "region": ctx.labels.region,
        "provider": ctx.labels.provider_group,
        "base": ctx.labels.base,
        "indicator": lambda one: ctx.catalogue.indicators[one].text(ctx.locale).title,
        "category": ctx.labels.category,
        "topic": ctx.labels.topic,
        "document": ctx.labels.document,
        "status": ctx.labels.status,
    }[name](code)


def _chosen(selection: Selection, name: str) -> tuple[str, ...]:
    if name == "sector":
        return selection.sectors
    code = getattr(selection, name)
    return () if code is None else (str(code),)


def unavailable_reason(ctx: Context, name: str, indicator: Indicator) -> str | None:
    """Says why an indicator cannot be filtered this way; None where it can."""
    dimension = DIMENSION_OF[name]
    if dimension in indicator.dimensions:
        return None
    given = indicator.unavailable.get(dimension)  # type: ignore[call-overload]  # keys are dimensions
    return given.text(ctx.locale) if given else ctx.words(f"filter.none.{name}")


def _reason(
    ctx: Context, name: str, indicators: Sequence[Indicator], offers: Sequence[Offer]
) -> str:
    if name == "insurer" and ctx.vintage is not None and ctx.edition == "public":
        return vintage_words(ctx)("banner.letters")
    if name == "insurer" and any(offer.letters for offer in offers):
        return ctx.words("filter.none.letters")
    reasons = distinct(
        reason for one in indicators if (reason := unavailable_reason(ctx, name, one))
    )
    return reasons[0] if len(reasons) == 1 else ctx.words(f"filter.none.{name}")


def _help(ctx: Context, name: str, offers: Sequence[Offer]) -> str | None:
    """Says for how many of the charts a filter works, where not for all."""
    able = sum(bool(offer.codes[name]) for offer in offers)
    if able == len(offers):
        return None
    return ctx.words.count("filter.works_for", able, able=able, charts=len(offers))


def _standard_years(ctx: Context, indicators: Sequence[Indicator]) -> tuple[int, int] | None:
    """Returns the years that a page of one figure shows before any are chosen."""
    if len(indicators) != 1 or not is_cube(indicators[0]):
        return None
    return standard_years(ctx, indicators[0])


def year_filters(
    ctx: Context, found: Collection[int], standard: tuple[int, int] | None = None
) -> tuple[Filter, Filter]:
    """Makes the controls for the first and the last year, for the years that figures have.

    Args:
        ctx: The page.
        found: The years for which there is a figure.
        standard: The years that are shown before any are chosen; None for all of them.
    """
    # Years without data can be chosen as well: the page then says why there is nothing.
    years = list(range(min(found), max(found) + 1)) if found else []
    chosen = ctx.selection.years
    offered = sorted({*years, *chosen} if chosen else years)
    options = tuple(
        Option(
            str(year),
            str(year)
            if year in years
            else ctx.words("filter.option_without_figure", label=str(year)),
        )
        for year in offered
    )
    first, last = chosen or standard or ((years[0], years[-1]) if years else (None, None))
    reason = None if options else ctx.words("filter.none.years")

    def one(name: str, year: int | None) -> Filter:
        value = () if year is None else (str(year),)
        return Filter(
            name=name,
            label=ctx.words(f"filter.{name}"),
            options=options,
            value=value,
            reason=reason,
        )

    return one("years_from", first), one("years_to", last)


def _chips(ctx: Context) -> tuple[Link, ...]:
    """One chip per choice; its link takes the choice away."""
    selection = ctx.selection
    chips: list[Link] = []

    def chip(text: str, target: Address) -> None:
        chips.append(ctx.link(text, target, label=ctx.words("filter.remove", choice=text)))

    for sector in selection.sectors:
        others = tuple(code for code in selection.sectors if code != sector)
        chip(capital(label_of(ctx, "sector", sector)), ctx.address.choose(sectors=others))
    if selection.years is not None:
        chip(year_range(*selection.years), ctx.address.choose(years=None))
    for name in ("insurer", "region", "provider"):
        code = getattr(selection, name)
        if code is not None:
            chip(capital(label_of(ctx, name, code)), ctx.address.choose(**{name: None}))
    return tuple(chips)


def not_applied_notices(ctx: Context, names: Sequence[str]) -> tuple[Notice, ...]:
    """Names the choices in the address that a page does not apply, so that none is silent."""
    chosen = [label_of(ctx, name, code) for name in names for code in _chosen(ctx.selection, name)]
    return tuple(
        Notice(
            ctx.words("not_applied.title"),
            ctx.words("not_applied.text", choice=capital(choice)),
            severity="caution",
        )
        for choice in chosen
    )


def unknown_notices(ctx: Context, unknown: Sequence[UnknownWord]) -> tuple[Notice, ...]:
    """Says which words of the address are unknown; the page is shown without them."""
    found = []
    for one in unknown:
        if one.key == "as_of":
            found.append(moment_notice(ctx, one))
            continue
        text = ctx.words("unknown_word.text", key=one.key, word=one.word)
        if one.nearest is not None:
            nearest = label_of(ctx, one.key, one.nearest) if one.key in _LABELLED else one.nearest
            text = f"{text} {ctx.words('unknown_word.nearest', code=one.nearest, label=nearest)}"
        found.append(Notice(ctx.words("unknown_word.title"), text, severity="caution"))
    return tuple(found)


_LABELLED = frozenset(
    {
        "sector", "insurer", "region", "provider", "base", "indicator", "category", "topic",
        "document", "status",
    }
)  # fmt: skip


def choices_in_words(ctx: Context, selection: Selection) -> str:
    """Writes the choices in force, e.g. "Wijkverpleging, 2020–2023"; empty where there are none."""
    told: list[str] = []
    for name in chosen_names(selection):
        if name == "years" and selection.years is not None:
            told.append(year_range(*selection.years))
        else:
            told.extend(label_of(ctx, name, code) for code in _chosen(selection, name))
    return ", ".join(told)
