"""Why a release was made and what it holds, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from etl.messages import Messages
from warehouse.manifest import Reasons, ReleaseInfo

FEW = 3
"""So many names are told in a list of releases; all of them where one release is shown."""


def reason_sentences(reasons: Reasons, messages: Messages, *, most: int | None = FEW) -> list[str]:
    """Say what made a release another one than its parent; nothing where that is not known.

    Args:
        reasons: The facts.
        messages: The language.
        most: How many names are told of each kind; None for all.
    """
    if reasons.kind in ("first", "unreadable"):
        return [messages.text(f"reason_{reasons.kind}")]
    if reasons.kind != "compared":
        return []
    kinds = {
        "new": reasons.new,
        "changed": reasons.changed,
        "gone": reasons.gone,
        "renamed": reasons.renamed,
    }
    told = [
        messages.text(f"reason_{kind}", names=_names(names, messages, most))
        for kind, names in kinds.items()
        if names
    ] or [messages.text("reason_nothing")]
    if reasons.settings:
        told.append(
            messages.text("reason_settings", names=_names(reasons.settings, messages, most))
        )
    if reasons.parts:
        words = [messages.text(f"part_{part}") for part in reasons.parts]
        told.append(messages.text("reason_parts", names=", ".join(words)))
    return told


def holds_sentences(info: ReleaseInfo, messages: Messages) -> list[str]:
    """Say what a release holds, and how its cells differ from those of its parent."""
    holds = info.holds
    parts = [
        messages.text(f"holds_{name}", count=messages.count(holds[name]))
        for name in ("deliveries", "indicators", "cells", "figures")
        if name in holds
    ]
    if "first_year" in holds and "last_year" in holds:
        first, last = holds["first_year"], holds["last_year"]
        parts.insert(1, messages.text("holds_years", first=first, last=last))
    told = [messages.text("holds", parts=", ".join(parts))] if parts else []
    if info.reasons.kind == "compared" and "new" in holds:
        counts = {name: messages.count(holds.get(name, 0)) for name in ("new", "changed", "gone")}
        told.append(messages.text("cells_changed", **counts))
    return told


def _names(names: Sequence[str], messages: Messages, most: int | None) -> str:
    shown = list(names if most is None else names[:most])
    if len(shown) < len(names):
        shown.append(messages.text("and_more", count=len(names) - len(shown)))
    return ", ".join(shown)
