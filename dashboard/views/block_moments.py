"""The parts of a page that looks back: which state it shows, and a way to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.views.block_parts import Link, Paragraph


@dataclass(frozen=True)
class Banner:
    """Which state a page shows and what changed since, at the head of the page."""

    title: str
    text: tuple[Paragraph, ...]
    kind: Literal["past", "present", "unkept"]
    """`unkept`: the reader looks back, but this page has one state only."""
    link: Link | None = None
    """To the same page as it is now."""
    more: tuple[Paragraph, ...] = ()
    """What is of then and what of today; folded on a small screen."""
    more_label: str = ""
    state: str = ""
    """Which release it is about and until when that was shown."""


@dataclass(frozen=True)
class MomentForm:
    """A plain form that asks for a day, and the states that there are as links."""

    id: str
    action: str
    label: str
    button: str
    help: str
    value: str
    first: str
    """The first day that has a state, for the field of the day."""
    hidden: tuple[tuple[str, str], ...]
    """The other choices in the address, which the form keeps."""
    list_label: str
    states: tuple[Link, ...]
