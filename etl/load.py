"""Load every delivery into the raw layer: the step of a build that knows suppliers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.contract import CATALOGUE, CONTRACTS, Contract, load_contracts
from etl.corrections import CORRECTIONS, Correction, Place, load_corrections, record_corrections
from etl.deliveries import Delivery, find_deliveries, shown
from etl.errors import Fault, RefusedError
from etl.files import Profile, digest, look_at
from etl.messages import LANGUAGES, Messages
from etl.raw import FileResult, Origin, create_raw, load_file
from warehouse.catalogue.reading import read_yaml


@dataclass
class Loader:
    """Everything that one build takes in, looked at but not yet loaded.

    `inputs` are the digests that tell whether anything changed; `load` fills the raw layer
    and keeps in `results` what became of every file.
    """

    contracts: Mapping[str, Contract]
    files: Sequence[tuple[Delivery, Profile]]
    inputs: Mapping[str, str]
    corrections: Mapping[str, Correction]
    correction_places: Mapping[str, Place]
    origins: Mapping[str, Origin]
    on_step: Callable[[str], None]
    results: list[FileResult] = field(default_factory=list)

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Fill the raw layer of a database that is being made.

        Args:
            connection: The database.

        Raises:
            RefusedError: With every fault of every file, when a delivery is refused or a
                correction no longer fits.
        """
        self.results.clear()
        messages = {str(language): Messages(language) for language in LANGUAGES}
        create_raw(connection, self.contracts.values())
        for delivery, profile in self.files:
            self.on_step(f"load {delivery.id}")
            contract = self.contracts[delivery.source]
            origin = origin_of(delivery, contract, self.origins)
            self.results.append(
                load_file(connection, delivery, profile, contract, origin=origin, messages=messages)
            )
        faults = [fault for result in self.results if result.refused for fault in result.faults]
        if not faults and self.corrections:
            self.on_step("corrections")
            faults = record_corrections(
                connection, self.contracts, self.corrections, self.correction_places
            )
        if faults:
            raise RefusedError(faults)


def prepare(
    folders: Sequence[Path],
    *,
    contracts: Path = CONTRACTS,
    corrections: Path | None = CORRECTIONS,
    catalogue: Path = CATALOGUE,
    on_step: Callable[[str], None] = lambda _: None,
) -> Loader:
    """Find everything a build takes in and look at each file once.

    Args:
        folders: Folders of deliveries.
        contracts: The folder of contracts.
        corrections: The folder of corrections; None for a build without the shipped figures.
        catalogue: Holds the code lists and the documents.
        on_step: Told what is being done.

    Returns:
        What `warehouse.build.build_release` needs: the digests, and a function that loads.

    Raises:
        ContractError: A contract is not valid.
        RefusedError: A file is misplaced, or cannot be read as a csv at all.
    """
    on_step("contracts")
    terms = load_contracts(contracts, catalogue=catalogue)
    deliveries, faults = find_deliveries(folders, terms)
    on_step("deliveries")
    files: list[tuple[Delivery, Profile]] = []
    for delivery in deliveries:
        found = look_at(delivery.path, terms[delivery.source].for_period(delivery.period))
        if isinstance(found, Fault):
            faults.append(found)
        else:
            files.append((delivery, found))
    if not deliveries and not faults:
        faults = [Fault("no_deliveries", ", ".join(shown(folder) for folder in folders))]
    if faults:
        raise RefusedError(faults)
    known, places = load_corrections(corrections) if corrections else ({}, {})
    inputs = {f"deliveries/{delivery.file}": profile.digest for delivery, profile in files}
    inputs |= _digests("contracts", contracts)
    inputs |= _digests("corrections", corrections) if corrections else {}
    return Loader(
        contracts=terms,
        files=files,
        inputs=inputs,
        corrections=known,
        correction_places=places,
        origins=document_origins(catalogue),
        on_step=on_step,
    )


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
