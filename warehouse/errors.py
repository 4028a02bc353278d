"""Errors that an operator or author can mend: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb

Parameters = Mapping[str, str | int | Sequence[str]]

MACHINE_ERRORS = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
"""What DuckDB says of a full disk, of too little memory or of lost rights: no model is to blame."""


class WarehouseError(Exception):
    """Base of every error whose message is meant for the reader of the terminal."""

    code: str = ""
    """Names the same sentence in the languages of the operator, where there is one."""
    parameters: Parameters = MappingProxyType({})


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file of the catalogue."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Say it the way a compiler does."""
        return f"{self.file}:{self.line}: {self.message}"


class CatalogueError(WarehouseError):
    """One or more files of the catalogue are wrong; all faults are named at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        head = f"The catalogue has {count} {'fault' if count == 1 else 'faults'}:"
        lines = [head, *(f"  {problem}" for problem in self.problems)]
        lines.append("  Mend these lines and start again; nothing was changed.")
        super().__init__("\n".join(lines))


class ModelError(WarehouseError):
    """A model (a .sql file) cannot be read, ordered or run."""

    def __init__(self, file: Path | str, message: str, *, advice: str = "") -> None:
        self.file = str(file)
        lines = [f"{self.file}: {message.strip()}"]
        if advice:
            lines.append(f"  {advice}")
        super().__init__("\n".join(lines))


class RawTableError(WarehouseError):
    """The loader left out a raw table that the models need."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"The raw layer lacks {', '.join(self.missing)}.\n"
            "  Every source has a raw table, also when no delivery is present:"
            " the loader makes it from the contract in etl/contracts/."
        )


@dataclass(frozen=True)
class FailedCheck:
    """A check that returned rows, with the first of them."""

    name: str
    file: str
    rows: int
    examples: tuple[str, ...]


class CheckError(WarehouseError):
    """One or more checks found wrong rows; the new release is not published."""

    def __init__(self, failures: Sequence[FailedCheck]) -> None:
        self.failures = tuple(failures)
        lines = ["The new release is not published: it does not pass its checks."]
        for failure in self.failures:
            word = "row" if failure.rows == 1 else "rows"
            lines.append(f"  {failure.file}: {failure.rows} wrong {word}")
            lines.extend(f"    {example}" for example in failure.examples)
        lines.append("  The release that was being served stays in place.")
        lines.append("  Mend the delivery or the model that these rows come from;")
        lines.append("  each check says in its first lines what it guards.")
        super().__init__("\n".join(lines))


class TooFewLettersError(WarehouseError):
    """An indicator needs more letters than there are, for its insurers in all their eras."""

    def __init__(self, indicator: str, insurers: int, letters: int) -> None:
        self.indicator = indicator
        super().__init__(
            f'Indicator "{indicator}" needs {insurers} letters in the public edition, one for each'
            f" insurer and run of years without a change, and there are {letters}.\n"
            "  Add entries of kind pseudonym to warehouse/catalogue/dimensions/insurer.yaml."
        )


class BuildStoppedError(WarehouseError):
    """The database could not be made: a full disk, too little memory, an unreadable file."""

    code = "build_stopped"

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        self.parameters = {"folder": str(folder), "reason": reason.strip()}
        super().__init__(
            f"The build stopped, because the database in {folder} could not be made:\n"
            f"  {reason.strip()}\n"
            "  Look at the free space, the memory and the permissions, and start again."
        )


class BuildInProgressError(WarehouseError):
    """Another build holds the lock of this folder of releases."""

    code = "build_in_progress"

    def __init__(self, root: Path, holder: str) -> None:
        self.root, self.holder = root, holder
        self.parameters = {"folder": str(root), "holder": holder or "?"}
        who = f" ({holder})" if holder else ""
        super().__init__(
            f"Another build or switch is under way in {root}{who}.\n"
            "  Wait until it is done and start again; a killed build leaves no lock behind."
        )


class NoReleaseError(WarehouseError):
    """There is no release to read yet."""

    code = "no_release"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parameters = {"folder": str(root)}
        super().__init__(f"There is no release in {root}.\n  Build one first: python -m etl build")


class UnknownReleaseError(WarehouseError):
    """The release asked for is not in the folder."""

    code = "unknown_release"

    def __init__(self, release_id: str, known: Sequence[str]) -> None:
        self.release_id, self.known = release_id, tuple(known)
        self.parameters = {"release": release_id, "known": ", ".join(known) or "-"}
        names = ", ".join(self.known) if self.known else "none"
        super().__init__(f'There is no release "{release_id}".\n  Releases present: {names}.')


class NothingToRollBackToError(WarehouseError):
    """No release was current before the present one."""

    code = "nothing_to_roll_back_to"

    def __init__(self, current: str | None) -> None:
        self.current = current
        if current is None:
            self.code = "no_release_yet"
        self.parameters = {"release": current or ""}
        now = f'Release "{current}" is the first one' if current else "There is no release yet"
        super().__init__(
            f"{now}: there is no earlier release to go back to.\n"
            "  See what is present with: python -m etl releases"
        )


class BrokenReleaseError(WarehouseError):
    """A release folder lacks a file or holds one that cannot be read."""

    code = "broken_release"

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        self.parameters = {"release": folder.name, "reason": reason}
        super().__init__(
            f"Release {folder.name} in {folder.parent} cannot be used: {reason}.\n"
            "  Go back with: python -m etl rollback, or build again with: python -m etl build"
        )
