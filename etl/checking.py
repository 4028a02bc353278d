"""Hold single files against their contract, outside any build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl.contract import Contract
from etl.deliveries import PERIOD, SUFFIXES, UNDATED, Delivery, find_period, shown, unreadable_name
from etl.errors import Fault
from etl.files import Look, Profile, look_at
from etl.header import MARKS, known_columns, matches_header, read_header, split_line
from etl.load import origin_of
from etl.messages import LANGUAGES, Messages
from etl.raw import FileResult, Origin, create_raw
from etl.recognising import strange_file
from etl.taking import load_file

NEAR = 0.5
"""So large a part in common makes a contract the one that was probably meant."""


@dataclass(frozen=True)
class Checked:
    """What is known of a file after checking it alone."""

    path: Path
    faults: tuple[Fault, ...]
    result: FileResult | None = None

    @property
    def refused(self) -> bool:
        """Tell whether a build would refuse the file."""
        return self.result is None or self.result.refused or bool(self._own_faults)

    @property
    def _own_faults(self) -> tuple[Fault, ...]:
        own = self.result.faults if self.result else ()
        return tuple(fault for fault in self.faults if fault not in own)


def check_file(
    path: Path,
    contracts: Mapping[str, Contract],
    *,
    source: str | None = None,
    period: str | None = None,
    origins: Mapping[str, Origin],
) -> Checked:
    """Read one file as a build would, into a database that is thrown away.

    Args:
        path: The file.
        contracts: The contracts by source.
        source: Its source; None to find it by the header.
        period: Its period; None to find it by folder or name.
        origins: Where the documents come from.

    Returns:
        Everything that is wrong with the file, and its counts.
    """
    if fault := unreadable_name(path):
        return Checked(path, (fault,))
    when = period or find_period(path, _period_folder(path, contracts))
    faults = [when] if isinstance(when, Fault) else []
    if not path.name.lower().endswith(SUFFIXES):
        kinds = {"kinds": SUFFIXES}
        faults.append(Fault("not_a_csv", shown(path), value=path.suffix, parameters=kinds))
    known_period = UNDATED if isinstance(when, Fault) else when
    named = source or _source_folder(path, contracts)
    contract = contracts[named] if named else _find_contract(path, contracts, known_period)
    if isinstance(contract, list):
        return Checked(path, (*faults, *contract))
    look = Look(path, contract.for_period(known_period))
    if isinstance(look.known, Fault):
        strange = strange_file(path, [contract], period=known_period)
        return Checked(path, (*faults, strange or look.known))
    delivery = Delivery(contract.source, known_period, path)
    # In a file, not in memory: a delivery may be larger than memory.
    with TemporaryDirectory() as folder, duckdb.connect(f"{folder}/check.duckdb") as connection:
        create_raw(connection, [contract])
        result = load_file(
            connection,
            delivery,
            look,
            contract,
            origin=origin_of(delivery, contract, origins),
            messages={str(language): Messages(language) for language in LANGUAGES},
        )
    return Checked(path, (*faults, *result.faults), result)


def _period_folder(path: Path, contracts: Mapping[str, Contract]) -> str | None:
    """Take the folder of a file for a period where it looks like one, or stands where one does."""
    folder, above = path.resolve().parents[:2]
    is_period = folder.name == UNDATED or PERIOD.fullmatch(folder.name)
    return folder.name if is_period or above.name in contracts else None


def _source_folder(path: Path, contracts: Mapping[str, Contract]) -> str | None:
    """Give the source that the folders of a file name, as they do for a build."""
    folders = path.resolve().parents[:2]
    return next((folder.name for folder in folders if folder.name in contracts), None)


def _find_contract(
    path: Path, contracts: Mapping[str, Contract], period: str
) -> Contract | list[Fault]:
    profile = look_at(path)
    if isinstance(profile, Fault):
        return [strange_file(path, list(contracts.values()), period=period) or profile]
    if profile.lines == 0:
        return [Fault("empty", shown(path))]
    fitting = [
        contract
        for contract in contracts.values()
        if any(matches_header(profile.header, form, period) for form in contract.forms(period))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = [contract.source for contract in fitting]
        return [Fault("several_sources_fit", shown(path), 1, parameters={"sources": names})]
    nearest = max(contracts.values(), key=lambda contract: _likeness(profile, contract, period))
    is_near = _likeness(profile, nearest, period) >= NEAR
    strange = strange_file(path, list(contracts.values()), period=period)
    if strange and not is_near:
        return [strange]
    parameters = {"sources": sorted(contracts), "near": [nearest.source] if is_near else []}
    faults = [Fault("no_source_fits", shown(path), 1, parameters=parameters)]
    if is_near:
        header = read_header(profile.header, nearest, period=period, file=shown(path))
        faults += header if isinstance(header, list) else []
    return faults


def _likeness(profile: Profile, contract: Contract, period: str) -> float:
    """Give the share of the columns of a header that a contract knows, at the best delimiter."""
    cuts = [cells for mark in MARKS if len(cells := split_line(profile.header, mark)) > 1]
    return max(
        (len(known_columns(cells, contract, period)) / len(cells) for cells in cuts), default=0
    )
