"""Load every delivery into the raw layer: the step of a build that knows suppliers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.contract import CATALOGUE, CONTRACTS, Contract, load_contracts
from etl.correcting import record_corrections
from etl.corrections import CORRECTIONS, Correction, Place, load_corrections
from etl.deliveries import NO_STAND_INS, Delivery, StandIns, find_deliveries, shown
from etl.errors import Fault, RefusedError
from etl.files import Look, Profile, digest
from etl.kept import Kept, changed_sources, fingerprint, note, read_kept, restore
from etl.messages import LANGUAGES, Messages
from etl.raw import FileResult, Origin, create_raw, forget, make_view
from etl.recognising import strange_file
from etl.taking import load_file
from warehouse.catalogue.reading import read_yaml

MEMORY = "1200MB"
"""For DuckDB while it loads; Python, and what DuckDB does not count, come on top."""


@dataclass
class Loader:
    """Everything that one build takes in, looked at but not yet loaded.

    `inputs` are the digests that tell whether anything changed; who does not ask for them
    before `load` has large files hashed beside their loading. `load` fills the raw layer and
    keeps in `results` what became of every file.
    """

    contracts: Mapping[str, Contract]
    files: Sequence[tuple[Delivery, Look]]
    own_inputs: Mapping[str, str]
    """The digests of the contracts and corrections."""
    corrections: Mapping[str, Correction]
    correction_places: Mapping[str, Place]
    origins: Mapping[str, Origin]
    on_step: Callable[[str], None]
    results: list[FileResult] = field(default_factory=list)
    reloaded: set[str] = field(default_factory=set)
    """Sources whose raw rows are other than those of the database that `load` was given."""

    @property
    def inputs(self) -> dict[str, str]:
        """Digest per file that a build depends on; looks at what nobody looked at yet.

        Raises:
            RefusedError: A file cannot be read as text.
        """
        found = [(delivery, look.result()) for delivery, look in self.files]
        faults = [profile for _, profile in found if isinstance(profile, Fault)]
        if faults:
            raise RefusedError(faults)
        digests = {
            f"deliveries/{delivery.file}": profile.digest
            for delivery, profile in found
            if isinstance(profile, Profile)
        }
        return digests | dict(self.own_inputs)

    @property
    def delivered(self) -> list[tuple[Delivery, Profile, Origin]]:
        """What was found of every delivery, and where it comes from, once `load` is done."""
        return [
            (delivery, profile, origin_of(delivery, self.contracts[delivery.source], self.origins))
            for delivery, look in self.files
            if isinstance(profile := look.known, Profile)
        ]

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Fill the raw layer of a database.

        What an earlier build left in it is kept as far as file, contract and origin are the
        same. Of a source whose rows must differ over all its files, one change reloads all.

        Args:
            connection: The database, new or of an earlier build.

        Raises:
            RefusedError: With every fault of every file, when a delivery is refused or a
                correction no longer fits.
        """
        with _little_memory(connection):
            self._load(connection)

    def _load(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.results.clear()
        messages = {str(language): Messages(language) for language in LANGUAGES}
        kept = self._make_room(connection)
        for delivery, look in self.files:
            contract = self.contracts[delivery.source]
            if delivery.id in kept and isinstance(profile := look.known, Profile):
                self.results.append(restore(kept[delivery.id], delivery, profile))
                continue
            self.on_step(f"load {delivery.id}")
            origin = origin_of(delivery, contract, self.origins)
            result = load_file(
                connection, delivery, look, contract, origin=origin, messages=messages
            )
            self.results.append(result)
            if result.profile and not result.refused:
                mark = fingerprint(result.profile, delivery, contract, origin)
                note(connection, result, mark)
        faults = [fault for result in self.results if result.refused for fault in result.faults]
        if not faults and self.corrections:
            self.on_step("corrections")
            faults = record_corrections(
                connection, self.contracts, self.corrections, self.correction_places
            )
        if faults:
            raise RefusedError(faults)

    def _make_room(self, connection: duckdb.DuckDBPyConnection) -> dict[str, Kept]:
        """Make the raw layer, take out what changed or went, and give what stays."""
        kept = read_kept(connection)
        create_raw(connection, self.contracts.values())
        connection.execute("delete from raw.correction")
        marks = {
            delivery.id: (delivery.source, self._mark(delivery, look, known=delivery.id in kept))
            for delivery, look in self.files
        }
        self.reloaded = set(changed_sources(marks, kept))
        stays = {
            id_: old
            for id_, old in kept.items()
            if id_ in marks
            and old.fingerprint == marks[id_][1]
            and not (old.source in self.reloaded and self._unique_over_files(old.source))
        }
        for id_, old in kept.items():
            if id_ not in stays:
                forget(connection, id_)
                if old.source not in self.contracts:
                    connection.execute(f'drop view if exists raw."{old.source}"')
        for contract in self.contracts.values():
            make_view(connection, contract)
        return stays

    def _mark(self, delivery: Delivery, look: Look, *, known: bool) -> str | None:
        """Give the fingerprint of a delivery; one that is surely new is hashed later."""
        profile = look.result() if known else look.known
        if not isinstance(profile, Profile):
            return None
        contract = self.contracts[delivery.source]
        origin = origin_of(delivery, contract, self.origins)
        return fingerprint(profile, delivery, contract, origin)

    def _unique_over_files(self, source: str) -> bool:
        return any(key.within == "source" for key in self.contracts[source].terms.unique)


@contextmanager
def _little_memory(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep a load of any size within a fixed memory; what does not fit goes to disk."""
    before = connection.execute("select current_setting('memory_limit')").fetchone()
    connection.execute(f"set memory_limit = '{MEMORY}'")
    try:
        yield
    finally:
        connection.execute(f"set memory_limit = '{before[0] if before else MEMORY}'")


def prepare(
    folders: Sequence[Path],
    *,
    contracts: Path = CONTRACTS,
    corrections: Path | None = CORRECTIONS,
    catalogue: Path = CATALOGUE,
    on_step: Callable[[str], None] = lambda _: None,
    stand_ins: StandIns = NO_STAND_INS,
) -> Loader:
    """Find everything a build takes in and look at each file once.

    Args:
        folders: Folders of deliveries.
        contracts: The folder of contracts.
        corrections: The folder of corrections; None for a build without the shipped figures.
        catalogue: Holds the code lists and the documents.
        on_step: Told what is being done.
        stand_ins: Files to try out among the deliveries.

    Returns:
        What `warehouse.build.build_release` needs: the digests, and a function that loads.

    Raises:
        ContractError: A contract is not valid.
        RefusedError: A file is misplaced, or cannot be read as a csv at all.
    """
    on_step("contracts")
    terms = load_contracts(contracts, catalogue=catalogue)
    files = look_over(folders, terms, on_step, stand_ins)
    known, places = load_corrections(corrections) if corrections else ({}, {})
    inputs = _digests("contracts", contracts)
    inputs |= _digests("corrections", corrections) if corrections else {}
    return Loader(
        contracts=terms,
        files=files,
        own_inputs=inputs,
        corrections=known,
        correction_places=places,
        origins=document_origins(catalogue),
        on_step=on_step,
    )


def look_over(
    folders: Sequence[Path],
    contracts: Mapping[str, Contract],
    on_step: Callable[[str], None] = lambda _: None,
    stand_ins: StandIns = NO_STAND_INS,
) -> list[tuple[Delivery, Look]]:
    """Find the deliveries in folders and look at each file once.

    Args:
        folders: Folders of deliveries.
        contracts: The sources that are known.
        on_step: Told what is being done.
        stand_ins: Files to try out among the deliveries.

    Raises:
        RefusedError: A file is misplaced, or cannot be read as a csv at all.
    """
    deliveries, faults = stand_ins.among(*find_deliveries(folders, contracts))
    on_step("deliveries")
    files: list[tuple[Delivery, Look]] = []
    for delivery in deliveries:
        look = Look(delivery.path, contracts[delivery.source].for_period(delivery.period))
        if isinstance(look.known, Fault):
            contract = contracts[delivery.source]
            strange = strange_file(delivery.path, [contract], period=delivery.period)
            faults.append(strange or look.known)
        files.append((delivery, look))
    if not deliveries and not faults:
        faults = [Fault("no_deliveries", ", ".join(shown(folder) for folder in folders))]
    if faults:
        raise RefusedError(faults)
    return files


def _digests(name: str, folder: Path) -> dict[str, str]:
    return {f"{name}/{path.name}": digest(path) for path in sorted(folder.glob("*.yaml"))}


def document_origins(catalogue: Path = CATALOGUE) -> dict[str, Origin]:
    """Read where the documents come from; the catalogue's own loader checks the file."""
    file = catalogue / "documents.yaml"
    entries = read_yaml(file) if file.is_file() else []
    return {
        str(entry["id"]): Origin(
            str(entry["supplier"]),
            str(entry["licence"]),
            str(entry["published_on"]),
            str(entry["url"]),
        )
        for entry in entries or []
    }


def origin_of(delivery: Delivery, contract: Contract, documents: Mapping[str, Origin]) -> Origin:
    """Say where a delivery comes from: the document it is named after, else its contract."""
    terms = contract.terms
    if terms.described_by_document and delivery.stem in documents:
        return documents[delivery.stem]
    return Origin(terms.supplier, terms.licence, terms.published_on, terms.url)
