"""From the tree to HTML text; used by the export and for the first paint of the app."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from dashboard.markup.element import ChartNode, ControlNode, Element, Node

_SPECIAL = re.compile("[&<>\"']")
"""What may not stand in HTML as it is; most texts have none of it."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})

ChartWriter = Callable[[ChartNode], str]
ControlWriter = Callable[[ControlNode], str]


def to_html(node: Node, *, chart: ChartWriter, control: ControlWriter) -> str:
    """Writes a tree as HTML text.

    Args:
        node: The tree.
        chart: Writes a chart; the app leaves its place open, the export adds the figure.
        control: Writes a filter, or nothing where there is none.
    """
    parts: list[str] = []
    _write(node, parts, chart, control)
    return "".join(parts)


def _write(node: Node, parts: list[str], chart: ChartWriter, control: ControlWriter) -> None:
    """Adds the text of a node to what is written; a page has a thousand of them."""
    if isinstance(node, str):
        parts.append(_escaped(node))
    elif isinstance(node, Element):
        parts.append(f"<{node.tag}{attributes_html(node)}>")
        if node.tag not in VOID:
            for child in node.children:
                _write(child, parts, chart, control)
            parts.append(f"</{node.tag}>")
    elif isinstance(node, ChartNode):
        parts.append(chart(node))
    else:
        parts.append(control(node))


def _escaped(text: str) -> str:
    return escape(text, quote=False) if _SPECIAL.search(text) else text


def attributes_html(node: Element) -> str:
    """Writes the attributes of an element, with a space before each."""
    if not node.attributes:
        return ""
    return "".join(
        [
            f" {name}" if value is True else f' {name}="{_quoted(value)}"'
            for name, value in node.attributes.items()
            if value is not False
        ]
    )


def _quoted(value: str | int) -> str:
    text = str(value)
    return escape(text, quote=True) if _SPECIAL.search(text) else text
