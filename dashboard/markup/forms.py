"""Filters, the choices now in force, search and the pager."""

from __future__ import annotations

from dashboard.markup.element import ControlNode, Element, el, hidden_text, mark
from dashboard.markup.inline import link
from dashboard.text.words import Words
from dashboard.views.blocks import Filter, FilterPanel, Link, Pager, SearchForm


def filter_panel(item: FilterPanel, words: Words) -> Element:
    """Builds the panel of filters; on a small screen a button opens it, the chips stay."""
    fields = el("div", (_field(one, words) for one in item.filters), class_="filter-panel__fields")
    opener = el(
        "button",
        item.open_label,
        type="button",
        class_="button button--second filter-panel__open",
        aria_expanded="false",
        aria_controls="filters",
        data_toggle="filters",
    )
    return el(
        "section",
        el(
            "div",
            el("p", item.label, class_="filter-panel__label"),
            opener,
            class_="filter-panel__bar",
        ),
        el("div", fields, id="filters", class_="filter-panel__body"),
        _chips(item, words),
        class_="filter-panel",
        aria_label=item.label,
    )


def _field(item: Filter, words: Words) -> Element:
    """Builds one control, or the reason why this source cannot be split that way."""
    if item.reason is not None and not item.options:
        return el(
            "div",
            el("p", item.label, class_="field__label"),
            el("p", item.placeholder, class_="field__unavailable"),
            el("p", item.reason, class_="field__help"),
            class_="field field--unavailable",
        )
    return el(
        "div",
        ControlNode(
            id=f"filter-{item.name}",
            filter=item,
            clear_label=words("filter.clear", label=item.label),
            nothing_found=words("filter.nothing_found"),
        ),
        el("p", item.help, class_="field__help") if item.help else None,
        class_="field",
    )


def _chips(item: FilterPanel, words: Words) -> Element | None:
    if not (item.chips or item.clear):
        return None
    chips = (el("li", _chip(chip)) for chip in item.chips)
    return el(
        "div",
        el("p", item.chips_label, class_="chips__label") if item.chips_label else None,
        el("ul", chips, class_="chips__list") if item.chips else None,
        link(item.clear, words, class_="chips__clear") if item.clear else None,
        class_="chips",
    )


def _chip(chip: Link) -> Element:
    return el(
        "a",
        el("span", chip.text),
        mark("close"),
        href=chip.href,
        class_="chip",
        aria_label=chip.label,
        data_internal="true",
    )


def search_form(item: SearchForm, name: str) -> Element:
    """Builds a search that also works as a plain form, without scripts."""
    field = f"{name}-text"
    return el(
        "form",
        el("label", item.label, for_=field, class_="visually-hidden"),
        (el("input", type="hidden", name=key, value=value) for key, value in item.hidden),
        el(
            "input",
            type="search",
            id=field,
            name=item.name,
            value=item.value,
            placeholder=item.label,
            autocomplete="off",
            class_="search__field",
        ),
        el(
            "button",
            mark("search"),
            hidden_text(item.button),
            type="submit",
            class_="search__button",
        ),
        class_="search",
        role="search",
        action=item.action,
        method="get",
        aria_label=item.label,
        data_internal="true",
    )


def pager(item: Pager, words: Words) -> Element:
    """Builds the way to the previous and next part of a long table."""
    previous = link(item.previous, words, class_="button button--second") if item.previous else None
    following = link(item.next, words, class_="button button--second") if item.next else None
    # A group and no landmark: the same one stands above and below its table.
    return el(
        "div",
        el("p", item.summary, class_="pager__summary"),
        el("div", previous, following, class_="pager__links"),
        class_="pager",
        role="group",
        aria_label=words("pager"),
    )
