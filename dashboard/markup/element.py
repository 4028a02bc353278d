"""A neutral tree of elements: what a page is, before it is Dash or HTML text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from dashboard.views.blocks import Figure, Filter

AttributeValue = str | int | bool
"""`True` writes a bare attribute, `False` leaves it out."""


@dataclass(frozen=True)
class ChartNode:
    """A leaf that a renderer fills with a drawn chart, wide or narrow.

    Both figures travel with the page; the reader's browser draws the one that fits.
    """

    id: str
    figure: Figure
    figure_narrow: Figure | None
    alt: str
    height: int
    height_narrow: int


@dataclass(frozen=True)
class ControlNode:
    """A leaf that a renderer fills with a control of its own kind, label included."""

    id: str
    filter: Filter
    clear_label: str
    nothing_found: str


@dataclass(slots=True)
class Element:
    """One HTML element; attributes carry their HTML names (`class`, `for`, `tabindex`).

    Not frozen: a page makes a thousand of them, and freezing takes longer than making.
    """

    tag: str
    attributes: dict[str, AttributeValue] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


Node = Element | ChartNode | ControlNode | str


def el(
    tag: str, /, *children: Node | Iterable[Node | None] | None, **attributes: object
) -> Element:
    """Builds an element; what is `None` or empty is left out.

    Args:
        tag: Name of the element, e.g. `section`.
        children: Nodes, or iterables of nodes; `None` is skipped.
        attributes: HTML attributes; a trailing underscore is dropped (`class_`, `for_`) and
            other underscores become hyphens (`aria_label`). `None` leaves the attribute out.
    """
    named = {
        _attribute(name): value
        for name, value in attributes.items()
        if isinstance(value, (str, int)) and value is not False
    }
    return Element(tag, named, tuple(_flat(children)))


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _flat(children: Iterable[Node | Iterable[Node | None] | None]) -> list[Node]:
    found: list[Node] = []
    for child in children:
        if isinstance(child, Element):
            found.append(child)
        elif isinstance(child, str):
            if child:
                found.append(child)
        elif isinstance(child, (ChartNode, ControlNode)):
            found.append(child)
        elif child is not None:
            found += _flat(child)
    return found


def heading(level: int, text: str, /, **attributes: object) -> Element:
    """Builds a heading; deeper than six stays six."""
    return el(f"h{min(level, 6)}", text, **attributes)


def hidden_text(text: str) -> Element:
    """Builds text that is heard and not seen."""
    return el("span", text, class_="visually-hidden")


def mark(name: str) -> Element:
    """Builds a mark (a drawn sign); the text beside it says the same, so it is not heard."""
    return el("span", class_=f"mark mark--{name.replace('_', '-')}", aria_hidden="true")


def walk(node: Node) -> Iterator[Node]:
    """Yields a node and everything below it, in reading order."""
    yield node
    if isinstance(node, Element):
        for child in node.children:
            yield from walk(child)
