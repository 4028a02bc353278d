"""Every computed indicator against a recomputation in plain Python, on a real build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.computed_delivery import INSURERS, Deliveries, write_deliveries
from tests.conftest import run_etl
from tests.expected_cells import expected_cells
from tests.oracle import MINIMUM, Cell, Key
from warehouse.catalogue import load_catalogue

COMPUTED = sorted(
    one.id
    for one in load_catalogue().indicators.values()
    if {"provider_survey", "claims_aggregate"} & set(one.sources)
)
Published = dict[Key, dict[str, Any]]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Deliveries, Path]:
    """The rows of the deliveries, and the named edition built from them."""
    folder = tmp_path_factory.mktemp("computed")
    made = write_deliveries(folder / "deliveries")
    with pytest.MonkeyPatch.context() as patch:
        # The examples that ship would mix with the invented rows of this test.
        patch.setenv("EXAMPLES", "off")
        result = run_etl(
            "build", releases=folder / "releases", deliveries=folder / "deliveries"
        )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return made, folder / "releases" / "current" / "staff.duckdb"


@pytest.fixture(scope="module")
def expected(build: tuple[Deliveries, Path]) -> dict[Key, Cell]:
    return expected_cells(build[0])


@pytest.fixture(scope="module")
def published(build: tuple[Deliveries, Path]) -> Published:
    """The national cells and those of one insurer."""
    with duckdb.connect(str(build[1]), read_only=True) as connection:
        result = connection.execute(
            """
            select indicator_id, evidence, sector_code, period_year, insurer_code, category, base,
                value, value_low, value_high, n_observed, numerator, ci_low, ci_high, ci_method,
                status, suppression, caveats, n_unit, unit
            from published.indicator_value
            where list_contains(?, indicator_id)
                and region_code = 'NL' and provider_group = 'all'
            """,
            [COMPUTED],
        )
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    cells = {tuple(row[name] for name in names[:7]): row for row in rows}
    assert len(cells) == len(rows)
    return cells


def test_there_are_indicators_of_both_kinds() -> None:
    assert len(COMPUTED) == 23


def test_exactly_the_expected_cells_are_published(
    published: Published, expected: dict[Key, Cell]
) -> None:
    assert sorted(set(expected) - set(published)) == []
    assert sorted(set(published) - set(expected)) == []


@pytest.mark.parametrize("indicator", COMPUTED)
def test_every_cell_is_what_plain_python_makes_of_it(
    indicator: str, published: Published, expected: dict[Key, Cell]
) -> None:
    compared = {"all": 0, "insurer": 0}
    # Turnbull's estimate is approached in steps; the rest is exact.
    near = 1e-3 if indicator == "stops_still_closed" else 1e-7
    for key, cell in expected.items():
        if key[0] != indicator:
            continue
        row = published[key]
        if row["suppression"] is not None:
            assert row["value"] is row["numerator"] is row["n_observed"] is None
            continue
        assert cell.contributors >= MINIMUM, key
        for name, wanted in (
            ("value", cell.value), ("value_low", cell.low), ("value_high", cell.high),
            ("n_observed", cell.n),
        ):  # fmt: skip
            close = None if wanted is None else pytest.approx(wanted, abs=near)
            assert row[name] == close, (key, name)
        if cell.numerator is not None:
            assert row["numerator"] == pytest.approx(cell.numerator), key
        if cell.interval is not None:
            found = (row["ci_low"], row["ci_high"])
            assert found == pytest.approx(cell.interval, abs=1e-6), key
        compared["all" if key[4] == "all" else "insurer"] += 1
    assert compared["all"] >= 2
    assert compared["insurer"] >= 2


def test_too_few_are_hidden(published: Published, expected: dict[Key, Cell]) -> None:
    few = [key for key, cell in expected.items() if 0 < cell.contributors < MINIMUM]
    assert few, "the delivery has no small cell to hide"
    for key in few:
        assert published[key]["status"] == "suppressed", key


def test_real_and_invented_answers_never_meet(published: Published) -> None:
    invented = set(INSURERS["example"])
    for key in published:
        if key[4] != "all":
            assert (key[1] == "example") == (key[4] in invented), key


def test_unknown_is_in_the_total_unless_another_base_is_chosen(published: Published) -> None:
    def n(base: str) -> float:
        key = ("contracts_not_fully_indexed", "survey", "wijkverpleging", 2023, "all", "all", base)
        number = published[key]["n_observed"]
        assert isinstance(number, float)
        return number

    assert n("contracts") > n("contracts_known")


@pytest.mark.parametrize(
    ("base", "unit"),
    [("costs", "amount"), ("clients_known", "clients"), ("provider_pairs", "pairs")],
)
def test_the_number_behind_a_share_follows_the_base(
    published: Published, base: str, unit: str
) -> None:
    key = ("uncontracted_share", "claims", "ggz", 2024, "all", "all", base)
    assert published[key]["n_unit"] == unit


def test_a_replaced_delivery_counts_no_more_and_a_provisional_one_says_so(
    published: Published,
) -> None:
    def row(year: int) -> dict[str, Any]:
        return published["uncontracted_share", "claims", "ggz", year, "all", "all", "costs"]

    assert row(2023)["status"] == "provisional"
    assert "claims_incomplete" in row(2023)["caveats"]
    assert row(2024)["status"] == "final"
    assert "claims_incomplete" not in row(2024)["caveats"]


def test_a_gap_with_a_provisional_index_says_so(published: Published) -> None:
    def caveats(year: int) -> object:
        return published["indexation_gap", "survey", "ggz", year, "all", "all", "none"]["caveats"]

    assert "index_provisional" in caveats(2023)
    assert "index_provisional" not in caveats(2024)


def test_a_duration_in_classes_is_the_class_it_falls_in(published: Published) -> None:
    row = published["stop_duration", "survey", "ggz", 2018, "all", "median", "none"]
    # Some run since nobody knows when: they may have lasted longer than any class.
    assert row["value"] is None
    assert row["value_low"] == 30
    assert row["value_high"] in (90, None)
    assert row["unit"] == "days"
