"""What can be wrong with a delivery, a contract or a correction, as data before it is words.

A fault names its place (file, line, column, value); its sentence is made by `etl.messages`,
in the language of the operator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Parameter = str | int | Sequence[str]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `code` is a key under `faults` in messages.yaml."""

    code: str
    file: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    contract: str = ""
    contract_line: int | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


class EtlError(Exception):
    """Base of every refusal of the loader; all faults are named at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.file}: {fault.code}" for fault in self.faults))


class RefusedError(EtlError):
    """One or more deliveries or corrections are not taken in; nothing was changed."""


class ContractError(EtlError):
    """A contract is not valid, so no delivery can be held to it."""
