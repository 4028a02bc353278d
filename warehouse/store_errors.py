"""What can be wrong with the folder of releases, or with what is asked of it.

Each has a code: the command line says the same in the language of the operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from warehouse.errors import WarehouseError
from warehouse.moments import DUTCH_TIME

Kind = Literal["file", "folder", "link"]


class WrongKindError(WarehouseError):
    """A folder stands where a file is expected, or the other way round."""

    def __init__(self, path: Path, expected: Kind, found: Kind | Literal["other"]) -> None:
        self.path, self.expected, self.found = path, expected, found
        self.code = f"wrong_kind_{expected}"
        self.parameters = {"path": str(path)}
        super().__init__(
            f"{path} is a {found}, where a {expected} is expected.\n"
            "  Move it to another place and start again; the releases beside it are untouched."
        )


class TimeOrderError(WarehouseError):
    """A moment lies before one that is written down already."""

    code = "time_order"

    def __init__(self, given: datetime, last: datetime, release_id: str) -> None:
        self.given, self.last, self.release_id = given, last, release_id
        if last > datetime.now(UTC):
            # Only then is it the moment that stands there which is wrong.
            self.code = "time_order_ahead"
        self.parameters = {
            "given": f"{given.astimezone(DUTCH_TIME):%Y-%m-%d %H:%M:%S}",
            "last": f"{last.astimezone(DUTCH_TIME):%Y-%m-%d %H:%M:%S}",
            "release": release_id,
        }
        super().__init__(
            f"{given.isoformat(timespec='seconds')} lies before"
            f" {last.isoformat(timespec='seconds')}, the moment of release {release_id}.\n"
            "  Moments have to follow on each other. Give a later one with --at, or look at the"
            " clock of this machine."
        )


class NothingToPublishError(WarehouseError):
    """No release waits to be published."""

    code = "nothing_to_publish"

    def __init__(self, others: Sequence[str]) -> None:
        self.others = tuple(others)
        if others:
            self.code = "name_what_to_publish"
        self.parameters = {"others": ", ".join(others)}
        advice = f"Name the one you mean: {', '.join(others)}." if others else "Build one first."
        super().__init__(f"There is no candidate built on the served release.\n  {advice}")


class PrunedReleaseError(WarehouseError):
    """The release asked for was removed by the rule for old releases."""

    code = "pruned_release"

    def __init__(self, release_id: str, pruned_at: str) -> None:
        self.release_id, self.pruned_at = release_id, pruned_at
        self.parameters = {"release": release_id, "pruned_at": pruned_at}
        super().__init__(
            f"Release {release_id} was removed on {pruned_at}; its manifest is still here.\n"
            f"  Make it again with: python -m etl rebuild {release_id}"
        )


class NotServedError(WarehouseError):
    """A release is sealed, but could not become the served one."""

    code = "not_served"

    def __init__(self, release_id: str, reason: str) -> None:
        self.release_id, self.reason = release_id, reason
        self.parameters = {"release": release_id, "reason": reason}
        super().__init__(
            f"Release {release_id} is whole, but could not be switched to: {reason}\n"
            "  Look at the free space and the permissions, and then:"
            f" python -m etl publish {release_id}"
        )


class NotWrittenDownError(WarehouseError):
    """A release became the served one, but the moment could not be added to the history."""

    code = "not_written_down"

    def __init__(self, release_id: str, reason: str) -> None:
        self.release_id, self.reason = release_id, reason
        self.parameters = {"release": release_id, "reason": reason}
        super().__init__(
            f"Release {release_id} is served, but history.jsonl could not be written: {reason}\n"
            "  Look at the free space and the permissions; the next command writes the line."
        )


class RetentionError(WarehouseError):
    """The rule for old releases is not valid."""

    code = "retention"

    def __init__(self, file: Path, reason: str) -> None:
        self.file, self.reason = file, reason
        self.parameters = {"file": str(file), "reason": reason}
        super().__init__(
            f"{file.name}: {reason}\n  Mend this file; no release is removed until then."
        )
