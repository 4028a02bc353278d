"""From the tree to HTML text; used by the export and for the first paint of the app."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from dashboard.markup.element import ChartNode, ControlNode, Element, Node

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
    if isinstance(node, str):
        return escape(node, quote=False)
    if isinstance(node, ChartNode):
        return chart(node)
    if isinstance(node, ControlNode):
        return control(node)
    start = f"<{node.tag}{attributes_html(node)}>"
    if node.tag in VOID:
        return start
    inside = "".join(to_html(child, chart=chart, control=control) for child in node.children)
    return f"{start}{inside}</{node.tag}>"


def attributes_html(node: Element) -> str:
    """Writes the attributes of an element, with a space before each."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'
        for name, value in node.attributes.items()
        if value is not False
    )
