"""All published figures: a table to search and filter, every figure with its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.text import number
from dashboard.views.blocks import (
    Block,
    Cell,
    EmptyState,
    Filter,
    FilterPanel,
    Inline,
    Link,
    Option,
    Page,
    Pager,
    Paragraph,
    SearchForm,
    Table,
    Text,
)
from dashboard.views.cells import distinct, figure_cell, number_of, text_of
from dashboard.views.filters import label_of, unknown_notices
from dashboard.views.headlines import within
from dashboard.views.labels import ALL, capital
from dashboard.views.navigation import page
from dashboard.views.selecting import UnknownWord, with_parts
from dashboard.views.tables import value_mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from dashboard.addresses import Address
    from dashboard.views.context import Context
    from dashboard.views.data import Row

PER_PAGE = 50
_FILTERS = ("topic", "sector", "document", "status")
_COLUMN = {
    "topic": "topic",
    "sector": "sector_code",
    "document": "document_id",
    "status": "status",
}
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
    blocks: list[Block] = [*unknown_notices(ctx, unknown)]
    if not whole:
        blocks += [_search(ctx), _panel(ctx)]
    if rows:
        blocks.append(_pager(ctx, first, len(rows), total))
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
        filters=tuple(_filter(ctx, name) for name in _FILTERS),
        chips_label=ctx.words("filter.chips"),
        chips=chips,
        clear=ctx.link(ctx.words("filter.clear"), ctx.to("figures")) if chips else None,
        open_label=ctx.words("filter.open"),
    )


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
    return tuple(chips)


def _pager(ctx: Context, first: int, shown: int, total: int) -> Pager:
    current = ctx.selection.page
    last = first + shown
    summary = ctx.words(
        "figures.summary",
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
    for field in ("text", *_FIELD.values()):
        if not getattr(ctx.selection, field):
            continue
        looser = ctx.address.choose(**{field: "" if field == "text" else ()})
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


def figures_table(ctx: Context, rows: Sequence[Row], caption: str) -> Table:
    """Makes the table of printed figures, in the words of the page, locators in Dutch."""
    words = ctx.words
    columns = ("topic", "figure", "who", "period", "value", "n", "document")
    return Table(
        caption=caption,
        columns=tuple(words(f"figures.column.{name}") for name in columns),
        rows=tuple(_row(ctx, row) for row in rows),
        id="figures",
        numeric_columns=frozenset({4, 5}),
        stacked=True,
    )


def _row(ctx: Context, row: Row) -> tuple[Cell, ...]:
    figure_id, document_id = text_of(row["figure_id"]), text_of(row["document_id"])
    told = measure_of(ctx, row)
    link = ctx.figure_link(told, figure_id, document_id)
    parts = split_of(ctx, row)
    sector = within(ctx.labels.sector_short(text_of(row["sector_code"])), ctx)
    cell = figure_cell(row)
    document: tuple[Inline, ...] = (
        Text(ctx.labels.document(document_id), lang="nl"),
        Text(f". {ctx.words('source.locator')}: "),
        Text(text_of(row["locator"]), lang="nl"),
    )
    return (
        Cell((Text(f"{ctx.labels.topic(text_of(row['topic']))}: {sector}"),), anchor=figure_id),
        Cell((link, *((Text(f" ({'; '.join(parts)})"),) if parts else ())), header=True),
        Cell((Text(ctx.labels.population(text_of(row["population"]))),)),
        Cell((Text(ctx.labels.period(text_of(row["period"]))),)),
        Cell(
            (Text(ctx.values.short(cell), strong=True, cell=figure_id),),
            numeric=True,
            mark=value_mark(cell),
        ),
        Cell((Text(n_of(ctx, row)),), numeric=True),
        Cell(document),
    )


def measure_of(ctx: Context, row: Row) -> str:
    """Returns what a figure measures; a claim without a number is told in our words."""
    said = text_of(row[f"statement_{ctx.locale}"])
    return said or capital(ctx.labels.measure(text_of(row["measure_code"])))


def split_of(ctx: Context, row: Row) -> tuple[str, ...]:
    """Returns the parts a figure is split into, and the provider group it is about."""
    parts = []
    group = text_of(row["provider_group"])
    if group not in ("", ALL):
        parts.append(ctx.labels.provider_group(group))
    for which in ("breakdown", "breakdown2"):
        dimension, value = text_of(row[f"{which}_dimension"]), text_of(row[f"{which}_value"])
        if dimension and value:
            parts.append(ctx.labels.breakdown(dimension, value))
    if text_of(row["insurer_code"]) not in ("", ALL):
        parts.append(ctx.labels.insurer(text_of(row["insurer_code"])))
    if text_of(row["region_code"]) not in ("", "NL"):
        parts.append(ctx.labels.region(text_of(row["region_code"])))
    return distinct(parts)


def n_of(ctx: Context, row: Row) -> str:
    """Writes n as the source has it, also where it is an amount."""
    n, numerator = number_of(row["n"]), number_of(row["numerator"])
    if n is None:
        return ""
    if numerator is None:
        return number(n, ctx.locale)
    return ctx.words(
        "figures.count_of", numerator=number(numerator, ctx.locale), n=number(n, ctx.locale)
    )


def only_document(ctx: Context, document_id: str) -> Address:
    """Returns the address of the figures of one document."""
    return ctx.to("figures", selection=Selection(documents=(document_id,)))
