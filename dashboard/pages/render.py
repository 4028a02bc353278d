"""Turns a page into HTML text with live parts: charts that redraw, lists to choose from."""

from __future__ import annotations

from html import escape
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.addresses import Locale
from dashboard.figures.config import chart_config
from dashboard.markup import ChartNode, ControlNode, Node, chart_html, to_html

_COMBOBOX = {"role": "combobox", "aria-expanded": "false"}
"""What Mantine leaves out of its lists; a script keeps `aria-expanded` true to the screen."""

_EMPTY_FIGURE = {
    "data": [],
    "layout": {
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    },
}


def render(tree: Node, locale: Locale) -> tuple[str, list[Component]]:
    """Writes a tree as HTML text and makes the components for its places, in order."""
    parts: list[Component] = []

    def slot(part: Component) -> str:
        parts.append(part)
        return f'data-slot="{len(parts) - 1}"'

    def chart(node: ChartNode) -> str:
        return chart_html(node, f'<div class="chart__graph" {slot(_chart(node, locale))}></div>')

    def control(node: ControlNode) -> str:
        return f'<div id="{escape(node.id)}" {slot(_control(node))}></div>'

    text = to_html(tree, chart=chart, control=control)
    return text, parts


def _chart(node: ChartNode, locale: Locale) -> Component:
    """Builds a chart whose figure the browser picks: wide or narrow, light or dark."""
    config: Any = chart_config(locale)
    return html.Div(
        [
            dcc.Store(
                id={"type": "figures", "chart": node.id},
                data={"wide": node.figure, "narrow": node.figure_narrow or node.figure},
            ),
            dcc.Graph(
                id={"type": "chart", "chart": node.id},
                figure=_EMPTY_FIGURE,
                config=config,
                responsive=True,
                className="chart__graph",
            ),
        ],
        className="chart__graph",
    )


def _control(node: ControlNode) -> Component:
    """Builds a list to choose from, which can be searched and cleared by keyboard."""
    given = node.filter
    shared: dict[str, Any] = {
        "id": {"type": "filter", "name": given.name},
        "label": given.label,
        "data": [{"value": option.value, "label": option.label} for option in given.options],
        "placeholder": given.placeholder or None,
        "nothingFoundMessage": node.nothing_found,
        "searchable": True,
        "className": "control",
        "classNames": {"input": "control__input", "label": "field__label"},
        "comboboxProps": {
            "withinPortal": False,
            "position": "bottom-start",
            "middlewares": {"flip": False, "shift": False},
        },
        "maxDropdownHeight": 360,
        # The list is walked with the arrow keys; the box around it is no stop for Tab.
        "scrollAreaProps": {"type": "auto", "viewportProps": {"tabIndex": -1}},
        # After a choice the focus comes back to this control; its list then stays closed.
        "openOnFocus": False,
        "clearButtonProps": {"aria-label": node.clear_label, "tabIndex": 0, "aria-hidden": False},
    }
    control = _multiple(node, shared) if given.multiple else _single(node, shared)
    drawn = dcc.Store(
        id={"type": "filter-drawn", "name": given.name}, data={"value": list(given.value)}
    )
    return html.Div([control, drawn])


def _multiple(node: ControlNode, shared: dict[str, Any]) -> Component:
    made: Component = dmc.MultiSelect(
        value=list(node.filter.value),
        clearable=False,
        hidePickedOptions=False,
        attributes={"inputField": _COMBOBOX},
        **shared,
    )
    return made


def _single(node: ControlNode, shared: dict[str, Any]) -> Component:
    given = node.filter
    made: Component = dmc.Select(
        value=given.value[0] if given.value else None,
        clearable=bool(given.placeholder),
        allowDeselect=bool(given.placeholder),
        attributes={"input": _COMBOBOX},
        **shared,
    )
    return made
