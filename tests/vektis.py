"""Files in the form of Vektis with invented numbers, and the models that read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb

from etl.contract import CONTRACTS
from etl.load import Loader, prepare
from warehouse.catalogue import Catalogue, load_catalogue
from warehouse.catalogue.tables import write_catalogue_tables
from warehouse.models import read_models

SOURCE = "vektis_open_data"
PLACE = "gemeentenaam"
TEXTS = ("geslacht", "leeftijdsklasse", PLACE)
COUNTS = ("aantal_bsn", "aantal_verzekerdejaren")
GP = ("kosten_huisarts_inschrijftarief", "kosten_huisarts_consult", "kosten_huisarts_overig")
COLUMNS: Mapping[int, Sequence[str]] = {
    2012: (*GP, "kosten_tweedelijns_ggz", "kosten_eerstelijns_psychologische_zorg"),
    2017: (*GP, "kosten_specialistische_ggz", "kosten_verpleging_en_verzorging", "kosten_mondzorg"),
    2020: (*GP, "kosten_specialistische_ggz", "kosten_verpleging_en_verzorging", "kosten_gzsp"),
    2022: (
        "kosten_medisch_specialistische_zorg",
        "kosten_paramedische_zorg_fysiotherapie",
        *GP,
        "kosten_verpleging_en_verzorging",
        "kosten_geriatrische_revalidatiezorg",
        "kosten_overig",
        "kosten_consulten_ggz",
        "kosten_intramuraal_verblijf_ggz",
        "kosten_overige_prestaties_ggz",
    ),
}
"""Cost columns of a year: a few of the real ones."""

OTHER_MODELS = (
    "stg_municipality_name",
    "stg_correction",
    "mart_insurer_change",
    "mart_break",
    "unplaced_municipality",
    "district_nursing_costs_per_insured",
    "mental_health_costs_per_insured",
    "gp_care_costs_per_insured",
)

Row = dict[str, str]


def file_of(
    year: int, places: Iterable[str], *, rest: bool = True, place: str = PLACE
) -> list[Row]:
    """Make the rows of a file: every place with two sexes and two age classes."""
    rows = []
    number = 0
    for name in (*places, *([""] if rest else [])):
        for sex, age in (
            ("M", " 0 t/m  4 jaar"),
            ("V", " 0 t/m  4 jaar"),
            ("M", "90+"),
            ("V", "90+"),
        ):
            number += 1
            row = {"geslacht": sex, "leeftijdsklasse": age, place: name}
            row |= {
                "aantal_bsn": str(1000 + number),
                "aantal_verzekerdejaren": f"{990 + number}.25",
            }
            row |= {
                column: f"{number * 17 + 3 * position}.{number % 100:02d}"
                for position, column in enumerate(COLUMNS[year])
            }
            if name == "":
                row |= {"geslacht": "", "leeftijdsklasse": ""}
            if number % 5 == 0:
                row[COLUMNS[year][-1]] = f"-{number}.5"
            rows.append(row)
            if name == "":
                break
    return rows


def write(
    path: Path, rows: Sequence[Row], *, encoding: str = "utf-8", cut: int = 99, upper: bool = False
) -> Path:
    """Write rows as the supplier does: semicolons, no quotes, perhaps a cut header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [name.upper() if upper else name for name in rows[0]]
    lines = [";".join(name[:cut] for name in names), *(";".join(row.values()) for row in rows)]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def deliver(
    folder: Path, year: int, rows: Sequence[Row], name: str = "gemeente", **form: object
) -> Path:
    """Write a delivery in its place."""
    return write(folder / SOURCE / str(year) / f"vektis_{year}_{name}.csv", rows, **form)  # type: ignore[arg-type]


def read(path: Path) -> list[Row]:
    """Read a file of the supplier as it is."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            {str(name).lower(): value for name, value in row.items()}
            for row in csv.DictReader(handle, delimiter=";")
        ]


def totals(rows: Iterable[Row]) -> dict[str, Decimal]:
    """Add up every number column of a file, in plain Python."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        for name, value in row.items():
            if name.startswith(("aantal_", "kosten_")):
                sums[name] = sums.get(name, Decimal(0)) + Decimal(value)
    return sums


def load(folder: Path, *, contracts: Path = CONTRACTS) -> tuple[duckdb.DuckDBPyConnection, Loader]:
    """Load a folder of deliveries with the real contract."""
    connection = duckdb.connect()
    loader = prepare([folder], contracts=contracts, corrections=None)
    loader.load(connection)
    return connection, loader


@cache
def shipped_catalogue() -> Catalogue:
    """Read the catalogue once for all tests."""
    return load_catalogue()


def run(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue | None = None) -> None:
    """Run the models that read the files, as a build does."""
    for schema in ("ref", "build", "staging", "mart", "indicator", "published"):
        connection.execute(f"create schema {schema}")
    write_catalogue_tables(connection, catalogue or shipped_catalogue(), "ref")
    connection.execute("set search_path = 'published,indicator,mart,staging,ref,build'")
    tables = {
        schema: frozenset(
            str(row[0])
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = ?", [schema]
            ).fetchall()
        )
        for schema in ("raw", "ref")
    }
    for model in read_models(raw=tables["raw"], ref=tables["ref"]):
        if "_vektis_" in model.name or model.name in OTHER_MODELS:
            connection.execute(f'create table {model.schema}."{model.name}" as {model.sql}')
