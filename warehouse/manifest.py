"""The manifest of a release: what is known about it without opening its database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from warehouse.errors import BrokenReleaseError

MANIFEST = "release.json"


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
    """Who made it, as given."""
    accepted: tuple[str, ...] = ()
    """The findings that would have stopped it and were accepted."""
    is_current: bool = False

    def to_json(self) -> str:
        """Write the manifest that stands in the folder of the release."""
        values = asdict(self)
        del values["is_current"]
        return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_manifest(folder: Path) -> ReleaseInfo:
    """Read the manifest in a folder.

    Raises:
        BrokenReleaseError: It is missing or damaged.
    """
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        values["checks"] = tuple(values["checks"])
        values["accepted"] = tuple(values.get("accepted", ()))
        return ReleaseInfo(**values)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenReleaseError(folder, f"{MANIFEST} is missing or damaged") from error
