"""Find the deliveries: which files there are, of which source and for which period."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.contract import PROJECT, Contract
from etl.errors import Fault

SHIPPED = PROJECT / "etl" / "deliveries"
SUFFIXES = (".csv", ".csv.gz", ".zip")
UNDATED = "undated"
PERIOD = re.compile(r"(\d{4})(-(0[1-9]|1[0-2]))?")
YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Delivery:
    """One file of one source for one period."""

    source: str
    period: str
    path: Path

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        return stem(self.path)

    @property
    def id(self) -> str:
        """What the warehouse calls this delivery."""
        return f"{self.source}/{self.period}/{self.stem}"

    @property
    def file(self) -> str:
        """The file within its folder of deliveries: no name of this machine."""
        return f"{self.source}/{self.period}/{self.path.name}"

    @property
    def shown(self) -> str:
        """The file as the operator can open it."""
        return shown(self.path)


def stem(path: Path) -> str:
    """Take the extension off a file name."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if path.name.lower().endswith(suffix):
            return path.name[: -len(suffix)]
    return path.name


def shown(path: Path) -> str:
    """Write a path as the operator can open it: from where they are, if that is shorter."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def folders_from_environment() -> list[Path]:
    """Read DELIVERIES_DIR: further folders of deliveries, separated as in PATH."""
    given = os.environ.get("DELIVERIES_DIR", "")
    return [Path(part).resolve() for part in given.split(os.pathsep) if part]


def find_deliveries(
    folders: Iterable[Path], contracts: Mapping[str, Contract]
) -> tuple[list[Delivery], list[Fault]]:
    """List every delivery in these folders, in a fixed order, and what is wrong with the rest.

    Args:
        folders: Folders of the form `<source>/<period>/<file>`.
        contracts: The sources that are known.

    Returns:
        The deliveries, and a fault for each file or folder that is not one.
    """
    deliveries: list[Delivery] = []
    faults: list[Fault] = []
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault("folder_missing", shown(folder)))
            continue
        paths, unread = _files(folder)
        faults += unread
        for path in paths:
            parts = path.relative_to(folder).parts
            if any(part.startswith(".") for part in parts) or path.suffix == ".md":
                continue
            found = _delivery(path, parts, contracts)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                deliveries.append(found)
    deliveries.sort(key=lambda delivery: (delivery.id, str(delivery.path)))
    return deliveries, faults + _twice(deliveries)


def _files(folder: Path) -> tuple[list[Path], list[Fault]]:
    """List the files under a folder, and what nobody can read: nothing is passed over quietly.

    A link to a folder of a supplier is one of its folders.
    """
    faults: list[Fault] = []

    def note(error: OSError) -> None:
        faults.append(Fault("no_rights", shown(Path(str(error.filename)))))

    paths: list[Path] = []
    for root, folders, names in os.walk(folder, followlinks=True, onerror=note):
        for name in names:
            path = Path(root, name)
            if path.is_file():
                paths.append(path)
            elif not name.startswith("."):
                # A link to nowhere, or something that never ends when it is read.
                faults.append(Fault("not_a_file", shown(path)))
        named = (Path(root, name) for name in folders if name.lower().endswith(SUFFIXES))
        faults += [Fault("not_a_file", shown(path)) for path in named]
    return sorted(paths), faults


def _delivery(
    path: Path, parts: Sequence[str], contracts: Mapping[str, Contract]
) -> Delivery | Fault:
    if len(parts) not in (2, 3):
        return Fault("place_unknown", shown(path), parameters={"sources": sorted(contracts)})
    if fault := unreadable_name(path):
        return fault
    source = parts[0]
    if source not in contracts:
        return Fault(
            "source_unknown", shown(path), value=source, parameters={"sources": sorted(contracts)}
        )
    if not path.name.lower().endswith(SUFFIXES):
        return Fault("not_a_csv", shown(path), value=path.suffix, parameters={"kinds": SUFFIXES})
    period = find_period(path, parts[1] if len(parts) == 3 else None)
    if isinstance(period, Fault):
        return period
    return Delivery(source, period, path)


def unreadable_name(path: Path) -> Fault | None:
    """Give the fault of a file whose name is not text; DuckDB cannot open such a file."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return Fault("name_unreadable", shown(path), value=path.name)
    return None


def find_period(path: Path, folder: str | None) -> str | Fault:
    """Find the period of a file: its folder, else the one year in its name.

    Args:
        path: The file.
        folder: Name of the folder that should be the period; None when there is none.

    Returns:
        "2024", "2024-03" or "undated"; a fault when folder and name disagree or neither says.
    """
    years: list[str] = sorted(set(YEAR_IN_NAME.findall(stem(path))))
    if folder is None:
        if len(years) == 1:
            return years[0]
        return Fault("period_unknown", shown(path), parameters={"years": years})
    if folder == UNDATED:
        named = years[0] if len(years) == 1 else None
        agrees = named is None
    else:
        match = PERIOD.fullmatch(folder)
        if match is None:
            return Fault("period_unreadable", shown(path), value=folder)
        agrees = not years or match.group(1) in years
    if not agrees:
        return Fault("period_conflict", shown(path), value=folder, parameters={"years": years})
    return folder


@dataclass(frozen=True)
class StandIns:
    """Files that are tried out, each added or in the place of the standing delivery of its id."""

    deliveries: Sequence[Delivery] = ()
    tried: Collection[Path] = ()
    """All files that are tried, those that were refused too: these do not count as standing."""

    def among(
        self, standing: Iterable[Delivery], faults: Iterable[Fault]
    ) -> tuple[list[Delivery], list[Fault]]:
        """Put them among the standing deliveries.

        Args:
            standing: What was found in the folders.
            faults: What was wrong there.

        Returns:
            What would stand, and what would be wrong with it.
        """
        tried = {path.resolve() for path in self.tried}
        taken = {delivery.id for delivery in self.deliveries}
        kept = [
            delivery
            for delivery in standing
            if delivery.id not in taken and delivery.path.resolve() not in tried
        ]
        together = sorted(
            [*kept, *self.deliveries], key=lambda delivery: (delivery.id, str(delivery.path))
        )
        own = [
            fault
            for fault in faults
            if fault.code != "delivery_twice" and Path(fault.file).resolve() not in tried
        ]
        return together, own + _twice(together)


NO_STAND_INS = StandIns()


def _twice(deliveries: Sequence[Delivery]) -> list[Fault]:
    """Two files with one name would be one delivery: neither may silently win."""
    first: dict[str, Delivery] = {}
    faults = []
    for delivery in deliveries:
        other = first.setdefault(delivery.id, delivery)
        if other is not delivery:
            faults.append(
                Fault(
                    "delivery_twice",
                    delivery.shown,
                    value=delivery.id,
                    parameters={"other": other.shown},
                )
            )
    return faults
