"""How each release of a folder stands: served, waiting, replaced, taken back or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from warehouse.errors import BrokenReleaseError
from warehouse.manifest import ReleaseInfo
from warehouse.publication import Span, check_readable, served_spans
from warehouse.releases import Releases

State = Literal["served", "candidate", "replaced", "withdrawn"]


@dataclass(frozen=True)
class Standing:
    """One release, and when readers saw it."""

    info: ReleaseInfo
    state: State
    spans: tuple[Span, ...]
    """The oldest first; none of a candidate."""

    @property
    def is_pruned(self) -> bool:
        """Whether only its manifest is left."""
        return bool(self.info.pruned_at)


def standings(store: Releases) -> tuple[list[Standing], list[BrokenReleaseError]]:
    """Tell how every release stands, the newest first, and name those that are damaged.

    Raises:
        OSError: The folder or its history cannot be read.
    """
    check_readable(store.root)
    present, broken = store.survey()
    served = store.current_id()
    spans = served_spans(store.root, served)
    infos = [*present, *store.pruned()]
    infos.sort(key=lambda info: (info.built_at, info.release_id), reverse=True)
    return [_standing(info, spans, served) for info in infos], broken


def standing_of(store: Releases, release_id: str) -> Standing:
    """Tell how one release stands.

    Raises:
        UnknownReleaseError: There is no such release, and there was none.
        BrokenReleaseError: Its manifest cannot be read.
        OSError: The folder or its history cannot be read.
    """
    check_readable(store.root)
    served = store.current_id()
    return _standing(store.find(release_id), served_spans(store.root, served), served)


def _standing(info: ReleaseInfo, spans: Sequence[Span], served: str | None) -> Standing:
    own = tuple(span for span in spans if span.release_id == info.release_id)
    state: State = "candidate"
    if info.release_id == served:
        state = "served"
    elif own:
        state = "withdrawn" if own[-1].withdrawn_at else "replaced"
    return Standing(info, state, own)
