"""Applied corrections from file to published cell: both values told, nothing delivered changed."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from dashboard.addresses import Address
from dashboard.settings import load_settings
from dashboard.site import Site
from etl.corrections import CORRECTIONS
from etl.deliveries import SHIPPED
from etl.load import prepare
from tests.computed_delivery import write_deliveries
from tests.views.reading import charts_of, parts_of
from warehouse.build import build_release
from warehouse.catalogue import load_catalogue
from warehouse.read_model import ReadModel

FIGURE = "ext-wv-uncontracted-share-costs-2018"
CLAIMS = Path("claims_aggregate/2024/z_last.csv")
DELIVERY = "claims_aggregate/2024/z_last"
KEY = ("year", "sector", "provider_group", "uzovi", "region", "contract_status", "product")


@dataclass
class Built:
    """Releases in one folder: before, with and after the corrections."""

    releases: Path
    corrected: Path
    mended_row: dict[str, str]

    def rows(self, edition: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.corrected / f"{edition}.duckdb", read_only=True) as file:
            return file.execute(sql, list(values)).fetchall()


def entries(row: dict[str, str]) -> list[dict[str, object]]:
    """A supplier's erratum in a printed figure, and an error of ours in a row of claims."""
    shared = {
        "kind": "value",
        "apply": True,
        "found_on": "2026-03",
        "reason": {"nl": "De reden.", "en": "The reason."},
    }
    return [
        shared
        | {
            "id": "wv-2018-erratum",
            "error": "supplier_erratum",
            "figure_ids": [FIGURE],
            "column": "value",
            "printed": "9",
            "should_be": "9.4",
            "expect": "9",
            "status": "confirmed",
            "source": "supplier",
            "said_in": "erratum van Vektis",
        },
        shared
        | {
            "id": "claims-row",
            "error": "own_error",
            "row": {"delivery": DELIVERY, "key": {name: row.get(name, "") for name in KEY}},
            "column": "amount_eur",
            "printed": row["amount_eur"],
            "should_be": str(float(row["amount_eur"]) * 2),
            "expect": row["amount_eur"],
            "status": "explained",
            "source": "ours",
            "marks": {"sector_code": row["sector"]},
        },
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("corrections")
    shutil.copytree(SHIPPED, root / "deliveries")
    write_deliveries(root / "deliveries")
    with (root / "deliveries" / CLAIMS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    row = rows[0]
    shutil.copytree(CORRECTIONS, root / "corrections")
    (root / "corrections" / "applied.yaml").write_text(yaml.safe_dump(entries(row)), "utf-8")
    clock = datetime(2026, 1, 1, tzinfo=UTC)
    folders = []
    for corrections in (CORRECTIONS, root / "corrections"):
        clock += timedelta(minutes=1)
        loader = prepare([root / "deliveries"], corrections=corrections)
        result = build_release(
            releases=root / "releases",
            inputs=loader.inputs,
            load_raw=loader.load,
            catalogue=load_catalogue(),
            built_at=clock,
            program_version="test",
            on_step=lambda _: None,
            keeps_work=True,
        )
        folders.append(result.folder)
    return Built(root / "releases", folders[1], row)


CELL = (
    "select value, status, caveats from published.indicator_value"
    " where list_contains(figure_ids, ?) and indicator_id = 'uncontracted_share_costs'"
)


def test_a_supplier_s_erratum_reaches_the_cell_with_its_warning(built: Built) -> None:
    for edition in ("public", "staff"):
        ((value, status, caveats),) = built.rows(edition, CELL, FIGURE)
        assert (value, status) == (9.4, "corrected")
        assert "supplier_erratum" in caveats
        assert "printed_error" not in caveats
        told = built.rows(
            edition,
            "select printed, should_be, error, is_applied, said_in, found_on, document_id"
            " from published.correction where correction_id = 'wv-2018-erratum'",
        )
        (only,) = told
        assert only[:6] == ("9", "9.4", "supplier_erratum", True, "erratum van Vektis", "2026-03")
        assert only[6], "a figure keeps its document"


def test_the_change_is_a_revision_with_the_old_value(built: Built) -> None:
    found = built.rows(
        "public",
        "select old_value, new_value from published.revision"
        " where indicator_id = 'uncontracted_share_costs' and new_value = 9.4",
    )
    assert found == [(9.0, 9.4)]


def test_cells_on_a_corrected_row_say_so_and_others_do_not(built: Built) -> None:
    sector = built.mended_row["sector"]
    found = built.rows(
        "staff",
        "select distinct sector_code, period_year from published.indicator_value"
        " where list_contains(caveats, 'own_error')",
    )
    assert found == [(sector, 2024)]
    statuses = built.rows(
        "staff",
        "select distinct status from published.indicator_value where"
        " list_contains(caveats, 'own_error') and status not in ('suppressed', 'provisional')",
    )
    assert statuses == [("corrected",)]


def test_what_somebody_answered_is_not_told_in_public(built: Built) -> None:
    told = (
        "select printed, should_be, row_key, line, reason_nl, is_applied"
        " from published.correction where correction_id = 'claims-row'"
    )
    assert built.rows("public", told) == [(None, None, None, None, "De reden.", True)]
    ((printed, should_be, key, line, _, _),) = built.rows("staff", told)
    assert float(should_be) == 2 * float(printed)
    assert built.mended_row["uzovi"] in key
    assert line > 1


def test_the_total_that_was_delivered_stays(built: Built) -> None:
    with duckdb.connect() as plain:
        summed = plain.execute(
            "select sum(replace(amount_eur::varchar, ',', '.')::decimal(18, 4)) from read_csv(?)",
            [str(built.releases.parent / "deliveries" / CLAIMS)],
        ).fetchone()
    totals = built.rows(
        "staff",
        "select total from published.delivery_total"
        " where column_name = 'amount_eur' and delivery_id = ?",
        DELIVERY,
    )
    assert summed is not None
    assert totals == [summed] or not totals


def test_both_values_stand_beside_the_chart_and_on_the_sources_page(built: Built) -> None:
    site = Site(ReadModel(built.releases), load_settings())
    (chart,) = charts_of(site.page(Address("nl", "indicator", "uncontracted_share_costs")))
    told = " ".join(notice.text for notice in chart.notices)
    assert "Geleverd is 9%, dat moest 9,4% zijn" in told
    assert "erratum van Vektis" in told
    words = " ".join(str(part) for part in parts_of(site.page(Address("nl", "sources"))))
    for text in ("fout van de leverancier", "fout van ons", "niet openbaar", "9,4"):
        assert text in words
    computed = Address("nl", "indicator", "uncontracted_share")
    shown = " ".join(
        notice.text for one in charts_of(site.page(computed)) for notice in one.notices
    )
    assert "De reden." in shown
