"""Ratios of claims: sums over sums, per part, with a safe lower bound of who contributed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.method_cells import DULL, Row, add, cell, database, indicator
from warehouse.errors import ModelError

PARTS = ("insurer_code", "region_code", "provider_group")
BROKEN: tuple[tuple[str, ...], ...] = (
    (), ("insurer_code",), ("region_code",), ("provider_group",), ("insurer_code", "region_code"),
)  # fmt: skip
WHOLE = {"insurer_code": "all", "region_code": "NL", "provider_group": "all"}


def claim(amount: float, *, inside: bool, providers: int = 20, **more: object) -> Row:
    return {
        "numerator": amount if inside else 0.0, "denominator": amount,
        "contributors": providers, "largest": amount / 10, **more,
    }  # fmt: skip


def by_hand(rows: list[Row]) -> dict[tuple[object, ...], tuple[float, float, float]]:
    """Add up every cell the long way: numerator, denominator, contributors."""
    parts: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in (DULL | row for row in rows):
        for broken in BROKEN:
            place = tuple(row[part] if part in broken else WHOLE[part] for part in PARTS)
            parts[row["sector_code"], row["period_year"], *place].append(row)
    result = {}
    for place, some in parts.items():
        inside = [row["contributors"] for row in some if row["numerator"]]
        outside = [row["contributors"] for row in some if row["denominator"] > row["numerator"]]
        fewest = min(max(side) for side in (inside, outside) if side)
        total = (sum(row["numerator"] for row in some), sum(row["denominator"] for row in some))
        result[place] = (*total, fewest)
    return result


claims = st.lists(
    st.builds(
        claim,
        st.integers(1, 10_000).map(float),
        inside=st.booleans(),
        providers=st.integers(1, 90),
        sector_code=st.sampled_from(["ggz", "msz"]),
        period_year=st.sampled_from([2022, 2023]),
        insurer_code=st.sampled_from(["i1", "i2"]),
        region_code=st.sampled_from(["r1", "r2"]),
        provider_group=st.sampled_from(["g1", "g2"]),
    ),
    min_size=1, max_size=20,
)  # fmt: skip


@settings(max_examples=30)
@given(rows=claims)
def test_every_cell_is_what_adding_up_by_hand_gives(rows: list[Row]) -> None:
    with database() as connection:
        found = add(connection, indicator("ratio"), rows)
    expected = by_hand(rows)
    places = [(c["sector_code"], c["period_year"], *(c[part] for part in PARTS)) for c in found]
    assert sorted(places, key=str) == sorted(expected, key=str)
    for place, made in zip(places, found, strict=True):
        numerator, denominator, contributors = expected[place]
        assert made["value"] == pytest.approx(100 * numerator / denominator)
        assert (made["numerator"], made["denominator"]) == pytest.approx((numerator, denominator))
        assert made["contributors"] == contributors


def test_the_part_that_weighs_most_on_one_provider_counts() -> None:
    rows = [
        claim(1000, inside=False, providers=40, largest=100),
        claim(50, inside=True, providers=12, largest=45),
    ]
    with database() as connection:
        made = cell(add(connection, indicator("ratio"), rows))
    assert made["largest_share"] == pytest.approx(0.9)
    assert made["contributors"] == 12


def test_an_amount_per_person_is_not_a_percentage() -> None:
    rows = [{"numerator": 900.0, "denominator": 3, "contributors": 30, "largest": 1}]
    with database() as connection:
        made = cell(add(connection, indicator("ratio", scale=1, unit="eur"), rows))
    assert (made["value"], made["unit"], made["ci_low"]) == (300.0, "eur", None)


def test_nothing_divided_by_nothing_says_so_and_nothing_of_something_is_zero() -> None:
    rows = [
        {"numerator": 0.0, "denominator": 0.0, "contributors": 30, "largest": 0, "insurer_code": i}
        for i in ("i1",)
    ]
    rows.append(claim(10.0, inside=False, insurer_code="i2"))
    with database() as connection:
        found = add(connection, indicator("ratio"), rows)
    assert cell(found, insurer="i1")["status"] == "not_measured"
    assert cell(found, insurer="i1")["value"] is None
    assert cell(found, insurer="i2")["value"] == 0.0


def test_what_belongs_to_no_region_counts_in_the_total_only() -> None:
    rows = [claim(60, inside=True), claim(40, inside=False, region_code=None)]
    with database() as connection:
        found = add(connection, indicator("ratio"), rows)
    assert cell(found)["value"] == 60.0
    assert {row["region_code"] for row in found} == {"NL", "r1"}


def test_one_provisional_row_makes_its_cells_provisional_and_brings_its_caveat() -> None:
    rows = [
        claim(60, inside=True, status="final", caveats=[]),
        claim(
            40, inside=False, insurer_code="i2", status="provisional", caveats=["claims_incomplete"]
        ),
    ]
    with database() as connection:
        found = add(connection, indicator("ratio", caveats=["own"]), rows)
    assert (cell(found)["status"], cell(found, insurer="i1")["status"]) == ("provisional", "final")
    assert list(cell(found)["caveats"]) == ["claims_incomplete", "own"]
    assert list(cell(found, insurer="i1")["caveats"]) == ["own"]


def test_example_and_real_rows_never_share_a_cell_or_a_line() -> None:
    rows = [claim(60, inside=True), claim(40, inside=False, evidence="example")]
    with database() as connection:
        found = add(connection, indicator("ratio"), rows)
    real, example = (cell(found, evidence=name) for name in ("survey", "example"))
    assert (real["value"], example["value"]) == (100.0, 0.0)
    assert real["comparable_group"] != example["comparable_group"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"numerator": 1, "denominator": 2, "contributors": 3}, "lacks largest"),
        (claim(1, inside=True) | {"colour": "red"}, "returns colour, which ratio does not know"),
    ],
)
def test_wrong_columns_are_refused(row: dict[str, Any], message: str) -> None:
    with database() as connection, pytest.raises(ModelError, match=message):
        add(connection, indicator("ratio"), [row])
