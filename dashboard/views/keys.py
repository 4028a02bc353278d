"""The key under a chart: the marks that its figure draws, read from the figure itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.blocks import KeyItem

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
        *(["provisional"] if waiting else []),
        *(["superseded"] if "replaced" in names else []),
        *(["break"] if "break" in names else []),
    ]
    return tuple(KeyItem(name, ctx.words(f"key.{name}")) for name in present)


def _names(figure: Figure) -> set[str]:
    """Returns what the shapes and traces of a figure are called, without their series."""
    shapes = figure["layout"].get("shapes", ())
    names = {part for shape in shapes for part in str(shape.get("name", "")).split(":")}
    for trace in figure["data"]:
        names.update(str(trace.get("name", "")).split(":"))
        if "error_x" in trace or "error_y" in trace:
            names.add("interval")
    return names
