"""Survey and claims deliveries of a test, read by the real loader into the real marts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import duckdb

from etl.contract import load_contracts
from etl.load import Loader, prepare
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.tables import write_catalogue_tables
from warehouse.models import CHECKS, MODELS

STEPS = (
    "staging/stg_provider_survey",
    "staging/stg_claims_aggregate",
    "marts/mart_insurer_period",
    "marts/mart_insurer_change",
    "marts/mart_survey_contract",
    "marts/mart_claims",
)
SCHEMAS = {"staging": "staging", "marts": "mart"}
ANSWER = {
    "wave_year": "2023",
    "respondent_id": "r1",
    "sector": "wijkverpleging",
    "provider_group": "instelling",
    "region": "ZK23",
    "insurer": "voorbeeld_anker",
    "has_contract": "yes",
    "stop": "no",
    "request": "no",
    "invented": "yes",
}
CLAIM = {
    "year": "2023",
    "sector": "wijkverpleging",
    "provider_group": "instelling",
    "uzovi": "VB01",
    "region": "ZK23",
    "contract_status": "contracted",
    "amount_eur": "1000.00",
    "clients": "10",
    "hours": "20",
    "providers": "12",
    "largest_provider_pct": "25",
    "claims_status": "final",
    "completeness_pct": "100",
    "invented": "yes",
}


catalogue = cache(load_catalogue)
terms = cache(load_contracts)


def deliver(
    folder: Path, place: str, rows: Iterable[Mapping[str, str]], standard: Mapping[str, str]
) -> Path:
    """Write a delivery with all columns of its contract; a row says what is not as usual.

    Args:
        folder: The folder of deliveries.
        place: `<source>/<period>/<file>`.
        rows: The rows.
        standard: What a row has where it says nothing.
    """
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    source = place.split("/", 1)[0]
    names = [column.name for column in terms()[source].terms.columns]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, delimiter=";", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            full = {**standard, **row}
            writer.writerow({name: full.get(name, "") for name in names})
    return path


def answers(folder: Path, place: str, *rows: Mapping[str, str]) -> Path:
    """Deliver answers of the survey."""
    return deliver(folder, f"provider_survey/{place}", rows, ANSWER)


def claims(folder: Path, place: str, *rows: Mapping[str, str]) -> Path:
    """Deliver claims."""
    return deliver(folder, f"claims_aggregate/{place}", rows, CLAIM)


def marts(folder: Path) -> tuple[duckdb.DuckDBPyConnection, Loader]:
    """Load a folder of deliveries and make the marts of survey and claims."""
    connection = duckdb.connect()
    for schema in ("raw", "ref", "staging", "mart"):
        connection.execute(f"create schema {schema}")
    loader = prepare([folder], corrections=None)
    loader.load(connection)
    write_catalogue_tables(connection, catalogue(), "ref")
    connection.execute("set search_path = 'mart,staging,ref'")
    for step in STEPS:
        layer, name = step.split("/")
        sql = (MODELS / f"{step}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table {SCHEMAS[layer]}.{name} as {sql}")
    return connection, loader


def wrong_rows(connection: duckdb.DuckDBPyConnection, check: str) -> list[tuple[object, ...]]:
    """Run one of the shipped checks."""
    sql = (CHECKS / f"{check}.sql").read_text(encoding="utf-8")
    return connection.execute(sql).fetchall()
