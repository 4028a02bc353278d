"""The chosen place beside a map: its numbers, and where it stands among the others."""

from __future__ import annotations

from dashboard.markup.element import ChartNode, Element, el, heading, mark
from dashboard.markup.inline import link
from dashboard.text.words import Words
from dashboard.views.block_places import Place, PlaceNumber, Strip


def place(item: Place, level: int, words: Words) -> Element:
    """Builds the chosen place, or the words that say how to choose one."""
    numbers = el("ul", (_number(one) for one in item.numbers), class_="place__numbers")
    return el(
        "section",
        el("p", item.kicker, class_="place__kicker"),
        heading(level, item.name, id="place-title", class_="place__name"),
        el("p", item.text, class_="place__text") if item.text else None,
        numbers if item.numbers else None,
        el("p", item.remark, class_="place__remark") if item.remark else None,
        el("p", link(item.link, words), class_="place__link") if item.link else None,
        _strip(item.strip, level + 1) if item.strip else None,
        class_="place",
        aria_labelledby="place-title",
    )


def _number(item: PlaceNumber) -> Element:
    compared = item.comparison
    words = " place__value--words" if item.in_words else ""
    return el(
        "li",
        el("p", item.label, class_="place__label"),
        el("p", item.value, class_=f"place__value{words}", data_cell=item.cell),
        (el("p", one, class_="place__detail") for one in item.details),
        el("p", mark(compared.mark), el("span", compared.text), class_="place__compared")
        if compared
        else None,
        class_="place__number",
    )


def _strip(item: Strip, level: int) -> Element:
    drawn = ChartNode(
        id=item.id,
        figure=item.figure,
        figure_narrow=item.figure_narrow,
        alt=item.alt,
        height=item.height,
        height_narrow=item.height_narrow,
    )
    return el(
        "div",
        heading(level, item.title, class_="place__strip-title"),
        el("p", item.subtitle, class_="place__detail"),
        el("figure", el("div", drawn, class_="chart__canvas"), class_="chart__figure"),
        el("p", item.note, class_="place__note") if item.note else None,
        class_="place__strip",
    )
