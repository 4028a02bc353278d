"""The key under a chart: the marks that its figure draws, read from the figure itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import KeyItem
from dashboard.views.cells import distinct
from dashboard.views.moments import vintage_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.blocks import Figure
    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context


def key_of(ctx: Context, figure: Figure | None, cells: Sequence[ValueCell]) -> tuple[KeyItem, ...]:
    """Explains the marks of a drawn figure, and no others; maps and lists explain themselves."""
    if figure is None:
        return ()
    names = _names(figure)
    kinds = {cell.kind for cell in cells}
    waiting = any(cell.status == "provisional" and cell.kind == "point" for cell in cells)
    present = [
        *(kind for kind in ("bound_low", "bound_high") if kind in kinds and "bound" in names),
        *(name for name in ("range", "interval", "statement") if name in names),
        *(_waiting(names) if waiting else []),
        *(["first_value"] if "first" in names else []),
        *(["superseded"] if "replaced" in names else []),
        *(["break"] if "break" in names else []),
    ]
    items = [KeyItem(name, _text(ctx, name, cells)) for name in present]
    reasons = distinct(ctx.values.suppressed(cell) for cell in cells if cell.kind == "suppressed")
    return (*items, *(KeyItem("suppressed", text) for text in reasons))


def _waiting(names: set[str]) -> list[str]:
    """Names the mark of a provisional value: hatched bars, open markers, or with a dotted line.

    Where neither is drawn, the word stands at the row itself.
    """
    if "waiting" in names:
        return ["provisional_line"]
    if "provisional_marker" in names:
        return ["provisional_point"]
    return ["provisional"] if "provisional" in names else []


def _text(ctx: Context, name: str, cells: Sequence[ValueCell]) -> str:
    """Explains a mark; a margin by how it was computed, where that is not as usual."""
    own = vintage_words(ctx).all("key")
    if name in own:
        return own[name]
    if name == "interval":
        known = ctx.words.all("key.interval_of")
        methods = distinct(cell.ci_method for cell in cells if cell.ci_method)
        if len(methods) == 1 and methods[0] in known:
            return known[methods[0]]
    return ctx.words(f"key.{name}")


def _names(figure: Figure) -> set[str]:
    """Returns what the shapes and traces of a figure are called, without their series."""
    shapes = figure["layout"].get("shapes", ())
    names = {part for shape in shapes for part in str(shape.get("name", "")).split(":")}
    for trace in figure["data"]:
        names.update(str(trace.get("name", "")).split(":"))
        if trace.get("meta") == "provisional":
            names.add("provisional_marker")
        if "error_x" in trace or "error_y" in trace:
            names.add("interval")
    return names
