"""Pictures made of elements: a map of equal tiles and a list of dated events."""

from __future__ import annotations

from dashboard.markup.element import Element, el
from dashboard.markup.panels import source_note
from dashboard.text.words import Words
from dashboard.views.blocks import Events, Tile, TileMap


def tile_map(item: TileMap, words: Words) -> Element:
    """Builds a map of equal tiles: a list that style sheets place on a grid."""
    legend = [
        el("li", el("span", class_=f"tile-legend__step tile--{step}", aria_hidden="true"), text)
        for step, text in item.legend
    ]
    if item.no_value_text:
        blank = el("span", class_="tile-legend__step tile--0", aria_hidden="true")
        legend.append(el("li", blank, item.no_value_text))
    for word in dict.fromkeys(tile.provisional for tile in item.tiles if tile.provisional):
        sign = el("span", class_="tile-legend__step tile--provisional", aria_hidden="true")
        legend.append(el("li", sign, word))
    tiles = (_tile(tile) for tile in item.tiles)
    return el(
        "div",
        el("ul", legend, class_="tile-legend", aria_label=words("chart.key")),
        el("ul", tiles, class_="tile-map", aria_label=item.label),
    )


def _tile(tile: Tile) -> Element:
    parts = (
        # A place where a narrow tile may break the name, e.g. "Zaanstreek/Waterland".
        el("span", tile.name.replace("/", "/\u200b"), class_="tile__name"),
        el("span", tile.abbreviation, class_="tile__abbreviation", aria_hidden="true"),
        el("span", tile.label, class_="tile__value"),
        el("span", tile.reason, class_="tile__reason") if tile.reason else None,
        el("span", tile.provisional, class_="tile__reason") if tile.provisional else None,
    )
    current = "true" if tile.selected else None
    inside = (
        el(
            "a",
            parts,
            href=tile.href,
            class_="tile__link",
            data_internal="true",
            aria_current=current,
        )
        if tile.href
        else el("span", parts, class_="tile__link")
    )
    place = f"tile--row-{tile.row} tile--column-{tile.column}"
    chosen = " tile--selected" if tile.selected else ""
    waiting = " tile--provisional" if tile.provisional else ""
    return el("li", inside, class_=f"tile tile--{tile.step} {place}{chosen}{waiting}")


def events(item: Events, words: Words) -> Element:
    """Builds dated events as a list; the notice that it is not complete comes first."""
    entries = (
        el(
            "li",
            el("p", event.date, class_="event__date"),
            el("p", event.title, class_="event__title"),
            el("p", event.text, class_="event__text") if event.text else None,
            source_note(event.source, words) if event.source else None,
            class_="event",
        )
        for event in item.items
    )
    return el(
        "div",
        el("p", item.incomplete, class_="notice notice--caution events__incomplete"),
        el("ol", entries, class_="events"),
    )
