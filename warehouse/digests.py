"""Digests of all that a release is made from, the program included."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.tables import catalogue_tables
from warehouse.work import fingerprint

PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = ("etl", "warehouse")
"""The packages that make a release: other code makes another release of the same input."""


def input_digest(
    inputs: Mapping[str, str],
    catalogue: Catalogue,
    models: Path,
    checks: Path,
    program_version: str,
    program: Path = PROJECT,
    key: bytes = b"",
) -> str:
    """Return one digest of everything a release depends on, the program included."""
    digest = hashlib.sha256()
    for name, value in sorted(inputs.items()):
        digest.update(f"input\0{name}\0{value}\n".encode())
    for table in catalogue_tables(catalogue):
        digest.update(f"table\0{table.name}\0{table.rows!r}\n".encode())
    for root in (models, checks):
        for file in sorted(root.rglob("*.sql")):
            digest.update(f"model\0{file.relative_to(root)}\0".encode() + file.read_bytes())
    digest.update(_program_digest(program).encode())
    # Another key gives other letters. The digest is published, so the key goes in as a digest.
    digest.update(hashlib.sha256(b"key\0" + key).digest())
    digest.update(f"version\0{program_version}".encode())
    return digest.hexdigest()


def part_digests(
    catalogue: Catalogue, models: Path, checks: Path, *, program: Path = PROJECT, key: bytes = b""
) -> dict[str, str]:
    """Return a digest per part of what a release is made with, to tell later which one changed."""
    words, sql = hashlib.sha256(), hashlib.sha256()
    for table in catalogue_tables(catalogue):
        words.update(f"table\0{table.name}\0{table.rows!r}\n".encode())
    for root in (models, checks):
        for file in sorted(root.rglob("*.sql")):
            sql.update(f"model\0{file.relative_to(root)}\0".encode() + file.read_bytes())
    return {
        "catalogue": words.hexdigest(),
        "models": sql.hexdigest(),
        "program": _program_digest(program),
        "letters": hashlib.sha256(b"letters\0" + key).hexdigest(),
    }


def program_print(version: str) -> str:
    """Return the print of the program that fills a work database."""
    return fingerprint((_program_digest(PROJECT), version, duckdb.__version__))


def _program_digest(program: Path) -> str:
    digest = hashlib.sha256()
    for package in PROGRAM:
        for file in sorted((program / package).rglob("*.py")):
            digest.update(f"program\0{file.relative_to(program)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
