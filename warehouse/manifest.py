"""The manifest of a release: what is known about it without opening its database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from warehouse.errors import BrokenReleaseError

MANIFEST = "release.json"


@dataclass(frozen=True)
class Reasons:
    """What made a release another one than its parent, as plain facts."""

    kind: str = "unknown"
    """`compared`; `first` where nothing went before; `unreadable` where what went before could
    not be read; `unknown` in a manifest that does not tell."""
    new: tuple[str, ...] = ()
    """Deliveries, by name or, of confidential sources, by number."""
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    """Deliveries with a name that the parent did not have, and contents that it did."""
    settings: tuple[str, ...] = ()
    """Contracts and corrections that are new, changed or gone."""
    parts: tuple[str, ...] = ()
    """Which of `catalogue`, `models`, `program` and `letters` are other ones."""


@dataclass(frozen=True)
class ReleaseInfo:
    """What is known about a release without opening its database."""

    release_id: str
    built_at: str
    digest: str
    program_version: str
    previous_release_id: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows per published table of the public edition."""
    staff_rows: Mapping[str, int] = field(default_factory=dict)
    """Rows per published table of the staff edition."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Digest per input file; files of confidential sources have a number for a name."""
    checks: tuple[str, ...] = ()
    """The checks it passed."""
    database: str = ""
    """Digest of the public database, to tell later whether it is still whole."""
    staff_database: str = ""
    """Digest of the staff database; a machine that serves the public only need not have it."""
    why: str = ""
    """Why it was made, as the operator gave it."""
    who: str = ""
    """Who made it, as given. Whoever gets the manifest can read this, also on a public machine."""
    accepted: tuple[str, ...] = ()
    """The findings that would have stopped it and were accepted."""
    program: Mapping[str, str | bool | None] = field(default_factory=dict)
    """Which program made it, and on what it ran: see `warehouse.program`."""
    past: Mapping[str, int | list[str]] = field(default_factory=dict)
    """Whose history it carried on, and how many publications there had been: see `past_of`."""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Digest per published table of the public edition: see `warehouse.table_digests`. Those of
    the staff edition stay beside the kept deliveries: against a digest names can be tried out."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Digests of what it was made with: catalogue, models, program, letters."""
    reasons: Reasons = field(default_factory=Reasons)
    """What made it another release than its parent."""
    holds: Mapping[str, int] = field(default_factory=dict)
    """What the public edition holds: deliveries, first and last year, cells, figures, and how
    many cells are new, changed or gone against its parent."""
    invented: tuple[str, ...] | None = None
    """Sources and periods, as `source/period`, of which every file is invented; None in a manifest
    that does not tell."""
    is_current: bool = False
    pruned_at: str = ""
    """When it was removed; only its manifest is left then."""

    def to_json(self) -> str:
        """Write the manifest that stands in the folder of the release."""
        values = asdict(self)
        for name in _NOT_WRITTEN:
            del values[name]
        return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


_NOT_WRITTEN = ("is_current", "pruned_at")
"""What depends on the folder of releases, and not on the release."""


def read_manifest(folder: Path) -> ReleaseInfo:
    """Read the manifest in a folder.

    Raises:
        BrokenReleaseError: It is missing or damaged.
    """
    return _read(folder / MANIFEST, folder)


def read_kept_manifest(file: Path) -> ReleaseInfo:
    """Read the manifest that a removed release left behind.

    Raises:
        BrokenReleaseError: It is missing or damaged.
    """
    return _read(file, file.with_suffix(""))


def kept_manifest(info: ReleaseInfo, pruned_at: str) -> str:
    """Write what a removed release leaves behind."""
    values = json.loads(info.to_json()) | {"pruned_at": pruned_at}
    return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _read(file: Path, folder: Path) -> ReleaseInfo:
    try:
        values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        # A manifest of a later program may tell more than this one knows.
        values = {name: values[name] for name in _KNOWN if name in values}
        values["checks"] = tuple(values["checks"])
        values["accepted"] = tuple(values.get("accepted", ()))
        told = values.get("invented")
        values["invented"] = None if told is None else tuple(told)
        values["reasons"] = _reasons(values.get("reasons", {}))
        return ReleaseInfo(**values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenReleaseError(folder, f"{MANIFEST} is missing or damaged") from error


def _reasons(told: Mapping[str, Any]) -> Reasons:
    facts = {
        field.name: tuple(told[field.name])
        for field in fields(Reasons)
        if field.name in told and field.name != "kind"
    }
    return Reasons(kind=str(told.get("kind", "unknown")), **facts)


_KNOWN = tuple(field.name for field in fields(ReleaseInfo) if field.name != "is_current")
