"""All published figures: a table to search and filter, every figure with its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import number, year_range
from dashboard.views.blocks import (
    Block,
    EmptyState,
    Filter,
    FilterPanel,
    Link,
    LinkList,
    Option,
    Page,
    Pager,
    Paragraph,
    SearchForm,
    Text,
)
from dashboard.views.cells import number_of, text_of
from dashboard.views.figures_table import figures_table
from dashboard.views.filters import (
    label_of,
    not_applied_notices,
    unknown_notices,
    year_filters,
)
from dashboard.views.labels import capital
from dashboard.views.navigation import page
from dashboard.views.selecting import UnknownWord, with_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from dashboard.addresses import Address
    from dashboard.views.context import Context

PER_PAGE = 50
_FILTERS = ("topic", "sector", "document", "status")
_COLUMN = {
    "topic": "topic",
    "sector": "sector_code",
    "document": "document_id",
    "status": "status",
}
_NOT_HERE = ("insurer", "region", "provider", "base")
"""Choices of other pages, which these figures cannot all be held against."""
_FIELD = {"topic": "topics", "sector": "sectors", "document": "documents", "status": "statuses"}


def wanted(ctx: Context) -> dict[str, Any]:
    """Returns what is asked of the read model for the choices in the address."""
    chosen = ctx.selection
    sectors = with_parts(chosen.sectors, ctx.catalogue) if chosen.sectors else ()
    return {
        "text": chosen.text,
        "locale": ctx.locale,
        "topic": chosen.topics,
        "sector": tuple(sorted(sectors)),
        "document": chosen.documents,
        "status": chosen.statuses,
        "years": chosen.years,
    }


def figures_page(ctx: Context, unknown: Sequence[UnknownWord]) -> Page:
    """Makes the table of all figures for the choices in the address, page by page."""
    words = ctx.words
    whole = ctx.flavour == "export"
    first = 0 if whole else (ctx.selection.page - 1) * PER_PAGE
    rows, total = ctx.data.figures(**wanted(ctx), offset=first, limit=None if whole else PER_PAGE)
    blocks: list[Block] = [*unknown_notices(ctx, unknown), *not_applied_notices(ctx, _NOT_HERE)]
    if not whole:
        blocks += [_search(ctx), _panel(ctx)]
    if rows:
        blocks += [*_csv(ctx, total), _pager(ctx, first, len(rows), total)]
        blocks.append(figures_table(ctx, rows, words("figures.caption")))
        blocks.append(_pager(ctx, first, len(rows), total))
    else:
        blocks.append(_nothing(ctx, total))
    return page(
        ctx,
        title=words("figures.title"),
        lead=words("figures.lead"),
        breadcrumbs=(Link(words("figures.title"), ctx.href(ctx.address), current=True),),
        blocks=blocks,
        data={"total": total, "figure_ids": [text_of(row["figure_id"]) for row in rows]},
    )


def _csv(ctx: Context, total: int) -> list[Block]:
    """Links the CSV of exactly this selection, all pages of it."""
    nothing: dict[str, None] = dict.fromkeys(_NOT_HERE)
    file = ctx.csv_link(ctx.address.choose(**nothing), ctx.words("chart.csv"))
    if file is None:
        return []
    text = ctx.words.count("figures.csv", total, count=number(total, ctx.locale))
    return [LinkList(((file, text),))]


def _search(ctx: Context) -> SearchForm:
    """The search form keeps the filters that are in force."""
    query = ctx.href(ctx.address.choose(text="")).partition("?")[2]
    hidden = tuple(
        (key, value.replace("%2C", ","))
        for key, _, value in (pair.partition("=") for pair in query.split("&") if pair)
    )
    return SearchForm(
        action=ctx.href(ctx.to("figures")),
        label=ctx.words("figures.search"),
        button=ctx.words("search.button"),
        value=ctx.selection.text,
        hidden=hidden,
    )


def _panel(ctx: Context) -> FilterPanel:
    chips = _chips(ctx)
    return FilterPanel(
        label=ctx.words("filter.label"),
        filters=(
            *(_filter(ctx, name) for name in _FILTERS[:_BEFORE_YEARS]),
            *year_filters(ctx, _years(ctx)),
            *(_filter(ctx, name) for name in _FILTERS[_BEFORE_YEARS:]),
        ),
        chips_label=ctx.words("filter.chips"),
        chips=chips,
        clear=ctx.link(ctx.words("filter.clear"), ctx.to("figures")) if chips else None,
        open_label=ctx.words("filter.open"),
    )


_BEFORE_YEARS = 2


def _years(ctx: Context) -> set[int]:
    ends = (row[end] for row in ctx.data.all_figures() for end in ("period_from", "period_to"))
    return {int(year) for end in ends if (year := number_of(end)) is not None}


def _filter(ctx: Context, name: str) -> Filter:
    """Offers every code that some figure has, whatever else is chosen."""
    codes = ctx.data.figure_codes(_COLUMN[name])
    order = list(
        {
            "topic": ctx.catalogue.topics,
            "sector": ctx.catalogue.sectors,
            "document": ctx.catalogue.documents,
            "status": ctx.catalogue.statuses,
        }[name]
    )
    options = tuple(
        Option(code, capital(label_of(ctx, name, code))) for code in sorted(codes, key=order.index)
    )
    return Filter(
        name=name,
        label=ctx.words(f"filter.{name}"),
        options=options,
        value=getattr(ctx.selection, _FIELD[name]),
        multiple=True,
        placeholder="" if getattr(ctx.selection, _FIELD[name]) else ctx.words(f"filter.all.{name}"),
    )


def _chips(ctx: Context) -> tuple[Link, ...]:
    chips: list[Link] = []

    def chip(text: str, target: Address) -> None:
        chips.append(ctx.link(text, target, label=ctx.words("filter.remove", choice=text)))

    if ctx.selection.text:
        chip(f"‘{ctx.selection.text}’", ctx.address.choose(text=""))
    for name in _FILTERS:
        chosen: tuple[str, ...] = getattr(ctx.selection, _FIELD[name])
        for code in chosen:
            others = tuple(one for one in chosen if one != code)
            label = capital(label_of(ctx, name, code))
            chip(label, ctx.address.choose(**{_FIELD[name]: others}))
    if ctx.selection.years is not None:
        chip(year_range(*ctx.selection.years), ctx.address.choose(years=None))
    return tuple(chips)


def _pager(ctx: Context, first: int, shown: int, total: int) -> Pager:
    current = ctx.selection.page
    last = first + shown
    summary = ctx.words.count(
        "figures.summary",
        total,
        first=number(first + 1, ctx.locale),
        last=number(last, ctx.locale),
        total=number(total, ctx.locale),
    )
    words = ctx.words
    return Pager(
        summary=summary,
        previous=ctx.link(words("pager.previous"), ctx.address.choose(page=current - 1))
        if first > 0
        else None,
        next=ctx.link(words("pager.next"), ctx.address.choose(page=current + 1))
        if last < total
        else None,
    )


def _nothing(ctx: Context, total: int) -> EmptyState:
    """Says why nothing is shown, and links to less strict choices that do have figures."""
    links: list[Link] = []
    if total:
        # The page number lies beyond the last page.
        links.append(ctx.link(ctx.words("figures.first_page"), ctx.address.choose(page=1)))
    nothing: dict[str, object] = {"text": "", "years": None, **dict.fromkeys(_FIELD.values(), ())}
    for field, empty in nothing.items():
        if not getattr(ctx.selection, field):
            continue
        looser = ctx.address.choose(**{field: empty})
        _, found = ctx.data.figures(**wanted(ctx.at(looser)), offset=0, limit=1)
        if found:
            name = ctx.words(f"figures.without.{field}")
            links.append(
                ctx.link(
                    ctx.words.count(
                        "figures.show", found, without=name, count=number(found, ctx.locale)
                    ),
                    looser,
                )
            )
    links.append(ctx.link(ctx.words("empty.show_all"), ctx.to("figures")))
    return EmptyState(
        id="no-figures",
        mark="no_data",
        kicker=ctx.words("figures.title"),
        title=ctx.words("figures.nothing"),
        text=(Paragraph((Text(ctx.words("figures.nothing_text")),)),),
        links=tuple(links),
    )


def only_document(ctx: Context, document_id: str) -> Address:
    """Returns the address of the figures of one document."""
    return ctx.to("figures", selection=Selection(documents=(document_id,)))
