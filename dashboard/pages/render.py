"""Turns the tree of elements into Dash components; adds no words and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.style import CONFIG
from dashboard.markup.element import ChartNode, ControlNode, Node

_NAMES = {
    "autocomplete": "autoComplete",
    "class": "className",
    "colspan": "colSpan",
    "for": "htmlFor",
    "hreflang": "hrefLang",
    "tabindex": "tabIndex",
}
"""Attributes that React spells otherwise."""

GRAPH_CONFIG: Any = {
    **CONFIG,
    # No buttons over the chart: they would be inside an image that is read as one sentence.
    "displayModeBar": False,
}

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


def render(node: Node) -> Component | str:
    """Turns a node and everything below it into Dash components."""
    if isinstance(node, str):
        return node
    if isinstance(node, ChartNode):
        return _chart(node)
    if isinstance(node, ControlNode):
        return _control(node)
    properties: dict[str, Any] = {
        _NAMES.get(name, name): value for name, value in node.attributes.items()
    }
    if node.tag == "input":
        return _input(properties)
    if "style" in properties:
        properties["style"] = _style(str(properties["style"]))
    if properties.get("download") is True:
        properties["download"] = ""
    component: Callable[..., Component] = getattr(html, node.tag.capitalize())
    return component([render(child) for child in node.children], **properties)


def _style(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _input(properties: dict[str, Any]) -> Component:
    kept: dict[str, Any] = {
        name: value
        for name, value in properties.items()
        if name in {"id", "name", "type", "value", "placeholder", "className", "autoComplete"}
    }
    # `persistence` off and no callback: what is typed stays in the browser until it is sent.
    return dcc.Input(**kept)


def _chart(node: ChartNode) -> Component:
    """Builds a chart whose figure the browser picks: wide or narrow, light or dark."""
    return html.Div(
        [
            dcc.Store(
                id={"type": "figures", "chart": node.id},
                data={"wide": node.figure, "narrow": node.figure_narrow or node.figure},
            ),
            html.Div(
                dcc.Graph(
                    id={"type": "chart", "chart": node.id},
                    figure=_EMPTY_FIGURE,
                    config=GRAPH_CONFIG,
                    responsive=True,
                    className="chart__graph",
                ),
                role="img",
                className="chart__image",
                **_aria(label=node.alt),
            ),
        ],
        className="chart__plot",
        style=plot_size(node),
    )


def _aria(**attributes: str) -> dict[str, Any]:
    return {f"aria-{name}": value for name, value in attributes.items()}


def plot_size(node: ChartNode) -> dict[str, str]:
    """Gives the height of a chart on wide and narrow screens to the style sheet."""
    return {
        "--chart-height": f"{node.height}px",
        "--chart-height-narrow": f"{node.height_narrow}px",
    }


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
        "scrollAreaProps": {"type": "auto"},
        "clearButtonProps": {"aria-label": node.clear_label, "tabIndex": 0},
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
        # After a choice the focus comes back to this control; its list then stays closed.
        openOnFocus=False,
        attributes={"input": _COMBOBOX},
        **shared,
    )
    return made
