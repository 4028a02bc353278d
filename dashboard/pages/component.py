"""The one Dash component of our own: a page as HTML text, with places for live parts.

Dash keeps every element it draws in a store and watches it. A long page has thousands of
elements, of which a handful change by themselves: charts and filters. The page of sources
(1,800 elements) took 15 to 27 seconds to draw element by element on a busy machine, and 0.1
to 0.3 seconds as text (three runs each, alternated). The text comes from the same markup as
the export and was escaped there. `assets/page.js` is the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component


class PagePart(Component):
    """A page; child number n is drawn inside the element with `data-slot="n"`."""

    _namespace = "monitor_components"
    _type = "PagePart"
    # Read from the class itself, as in the components that Dash generates.
    _children_props = []  # noqa: RUF012
    _base_nodes = ["children"]  # noqa: RUF012

    def __init__(
        self,
        children: Sequence[Component] = (),
        *,
        id: str,
        html: str = "",
    ) -> None:
        """Take the text of a page and the live parts that go in its places."""
        self._prop_names = ["children", "id", "html"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        properties: dict[str, Any] = {"children": list(children), "id": id, "html": html}
        super().__init__(**properties)  # type: ignore[no-untyped-call]
