"""A contract is closed: a typo in it is an error with a file and a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.contract import CATALOGUE, CONTRACTS, load_contracts
from etl.deliveries import SHIPPED, find_deliveries
from etl.errors import ContractError
from etl.load import document_origins, origin_of

FIRST = "source: claim"
BROKEN = [
    # what stands there, what stands there instead, the line that is named, a word of the message
    ("supplier: Testleverancier", "suplier: Testleverancier", "suplier:", "suplier"),
    ("licence: CC0 1.0\n", "", FIRST, "licence"),
    ("type: integer", "type: whole", "type: whole", "type"),
    ("codes: [ggz, wlz]", "codes: ggz", "codes: ggz", "codes"),
    ("    minimum: 0\n", "    minimun: 0\n", "minimun", "minimun"),
    ('pattern: "c[0-9]+"', 'pattern: "c[0-9+"', "name: claim_id", "pattern"),
    (
        "    pattern_means: {nl: een c en dan cijfers, en: a c and then digits}\n",
        "",
        "name: claim_id",
        "pattern_means",
    ),
    ("reject_share: 0", "reject_share: 2", "reject_share", "allowed_reject_share"),
    ("columns: [claim_id]", "columns: [claimid]", FIRST, "claimid"),
    ("name: clients", "name: sector", FIRST, "sector"),
    ("name: clients", "name: line", "name: line", "line"),
    ("type: date", "type: date\n    total: true", "name: paid_on", "total"),
    ("source: claims", "source: claim", FIRST, "claims"),
    ("type: date", "type: date\n    minimum: 1", "name: paid_on", "minimum"),
    ("type: date", "type: date\n    codes: [x]", "name: paid_on", "codes"),
    ("    codes: [ggz, wlz]", "    codes_from: {file: no.yaml}", "codes_from", "no.yaml"),
    ("licence: CC0 1.0", "supplier: again", "supplier: again", "supplier"),
]


@pytest.mark.parametrize(("good", "bad", "named", "word"), BROKEN)
def test_a_broken_contract_is_named_with_its_line(
    house: Any, dutch: Any, good: str, bad: str, named: str, word: str
) -> None:
    assert good in house.contract
    house.contract = house.contract.replace(good, bad, 1)
    house.deliver("c1,ggz,1,1,,\n")
    with pytest.raises(ContractError) as error:
        house.load()
    lines = house.contract.splitlines()
    matching = [fault for fault in error.value.faults if word in dutch.sentence(fault)]
    assert matching
    assert any(named in lines[fault.line - 1] for fault in matching if fault.line)
    assert all("claims.yaml, regel" in dutch.sentence(fault) for fault in matching)


def test_codes_come_from_the_catalogue_and_a_new_one_needs_no_code(house: Any, dutch: Any) -> None:
    house.contract = house.contract.replace(
        "    codes: [ggz, wlz]", "    codes_from: {file: sector.yaml}"
    )
    catalogue = house.root / "catalogue"
    catalogue.mkdir()
    (catalogue / "sector.yaml").write_text("- {code: ggz}\n", encoding="utf-8")
    fault = house.fault("c1,wlz,1,1,,\n")
    assert "warehouse/catalogue/sector.yaml" in dutch.sentence(fault)
    (catalogue / "sector.yaml").write_text("- {code: ggz}\n- {code: wlz}\n", encoding="utf-8")
    assert house.load().results[0].rows_loaded == 1


# What ships


def test_every_source_of_the_catalogue_has_a_contract_and_the_other_way_round() -> None:
    sources = yaml.safe_load((CATALOGUE / "sources.yaml").read_text(encoding="utf-8"))
    assert {source["id"] for source in sources} == set(load_contracts())


def test_contracts_say_the_same_as_the_catalogue_about_where_data_come_from() -> None:
    sources = yaml.safe_load((CATALOGUE / "sources.yaml").read_text(encoding="utf-8"))
    contracts = load_contracts()
    for source in sources:
        terms = contracts[source["id"]].terms
        for field in ("supplier", "licence", "published_on", "url"):
            assert getattr(terms, field) == source[field], (source["id"], field)


def test_shipped_sources_allow_no_rejects() -> None:
    contracts = load_contracts()
    for source in {path.name for path in SHIPPED.iterdir()}:
        assert contracts[source].terms.file.allowed_reject_share == 0, source


def test_every_shipped_delivery_is_found_and_described() -> None:
    contracts = load_contracts()
    deliveries, faults = find_deliveries([SHIPPED], contracts)
    assert faults == []
    assert {delivery.source for delivery in deliveries} <= set(contracts)
    assert len(deliveries) >= 8
    origins = document_origins()
    for delivery in deliveries:
        origin = origin_of(delivery, contracts[delivery.source], origins)
        assert all([origin.supplier, origin.licence, origin.published_on, origin.url])
    actiz = next(delivery for delivery in deliveries if "actiz" in delivery.id)
    assert origin_of(actiz, contracts[actiz.source], origins).supplier == "ActiZ"


def test_no_contract_stands_outside_the_folder_that_is_read() -> None:
    assert {path.stem for path in CONTRACTS.glob("*.y*ml")} == set(load_contracts())


def test_a_link_to_a_folder_of_deliveries_is_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "insurer_market_share_2020.csv").write_text("figure_id\n", encoding="utf-8")
    deliveries = tmp_path / "deliveries"
    deliveries.mkdir()
    (deliveries / "insurer_market_share").symlink_to(kept, target_is_directory=True)
    found, faults = find_deliveries([deliveries], load_contracts())
    assert ([one.id for one in found], faults) == (
        ["insurer_market_share/2020/insurer_market_share_2020"],
        [],
    )
