"""From the tree to HTML text; used by the export and for the first paint of the app."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
    add = parts.append

    def write(nodes: Iterable[Node]) -> None:
        # One function and no more calls than needed: a page has a thousand elements.
        for one in nodes:
            if isinstance(one, str):
                add(escape(one, quote=False) if _SPECIAL.search(one) else one)
            elif isinstance(one, Element):
                tag = one.tag
                add(f"<{tag}{attributes_html(one)}>" if one.attributes else f"<{tag}>")
                if tag not in VOID:
                    write(one.children)
                    add(f"</{tag}>")
            elif isinstance(one, ChartNode):
                add(chart(one))
            else:
                add(control(one))

    write((node,))
    return "".join(parts)


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
