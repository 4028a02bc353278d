"""A small house of one contract and its deliveries, read by the real loader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from etl.errors import Fault, RefusedError
from etl.load import Loader, prepare
from etl.messages import Messages

CONTRACT = """\
source: claims
supplier: Testleverancier
licence: CC0 1.0
published_on: onbekend
url: onbekend
file:
  encodings: [utf-8]
  delimiter: ","
  decimal_mark: "."
  allowed_reject_share: 0
unique:
  - {columns: [claim_id], within: source}
columns:
  - name: claim_id
    type: text
    required: true
    pattern: "c[0-9]+"
    pattern_means: {nl: een c en dan cijfers, en: a c and then digits}
  - name: sector
    type: text
    codes: [ggz, wlz]
  - name: amount
    type: decimal(18,4)
    aliases: [bedrag, {name: kosten_totaal, periods: ["2019"]}]
    minimum: 0
    maximum: 1000
    total: true
  - name: clients
    type: integer
  - name: paid_on
    type: date
  - name: remark_of_supplier
    type: text
"""
HEADER = "claim_id,sector,amount,clients,paid_on,remark_of_supplier\n"


@dataclass
class House:
    """Folders of a test, and the loader on them."""

    root: Path
    contract: str = CONTRACT
    connection: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    @property
    def deliveries(self) -> Path:
        return self.root / "deliveries"

    def deliver(self, content: str | bytes, name: str = "claims/2023/claims.csv") -> Path:
        """Put a delivery in its place; text gets the header of the contract in front."""
        path = self.deliveries / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else (HEADER + content).encode()
        path.write_bytes(data)
        return path

    def prepare(self, corrections: Path | None = None) -> Loader:
        contracts = self.root / "contracts"
        contracts.mkdir(exist_ok=True)
        (contracts / "claims.yaml").write_text(self.contract, encoding="utf-8")
        return prepare(
            [self.deliveries],
            contracts=contracts,
            corrections=corrections,
            catalogue=self.root / "catalogue",
        )

    def load(self, corrections: Path | None = None) -> Loader:
        self.connection = duckdb.connect()
        loader = self.prepare(corrections)
        loader.load(self.connection)
        return loader

    def faults(self, corrections: Path | None = None) -> list[Fault]:
        """Load what must be refused, and give the faults."""
        with pytest.raises(RefusedError) as refused:
            self.load(corrections)
        return list(refused.value.faults)

    def fault(self, content: str | bytes, name: str = "claims/2023/claims.csv") -> Fault:
        """Deliver something with exactly one fault."""
        self.deliver(content, name)
        faults = self.faults()
        assert len(faults) == 1, faults
        return faults[0]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.connection.execute(sql).fetchall()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A contract and an empty folder of deliveries."""
    made = House(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture
def dutch() -> Messages:
    return Messages("nl")


@pytest.fixture
def english() -> Messages:
    return Messages("en")
