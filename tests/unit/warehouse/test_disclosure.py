"""Small numbers: hidden, with company in every row, so that nobody can subtract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.catalogue.disclosure_schema import Disclosure, Minimum, Together, ToldCell, ToldTwice
from warehouse.disclosure import hide_cells

KEYS = {
    "indicator_id": "share", "evidence": "claims", "source_id": "claims", "period_year": 2024,
    "period": "2024", "sector_code": "ggz", "insurer_code": "all", "region_code": "NL",
    "provider_group": "all", "category": "all", "population": None, "base": "costs", "voice": "",
}  # fmt: skip
NUMBERS = {
    "contributors": None, "largest_share": None, "numerator": None, "denominator": None,
    "n_observed": None, "n_unit": "amount", "min_observed": 10,
}  # fmt: skip
RULE = Disclosure(
    source="claims",
    contributors="providers",
    minimum=(Minimum(entity="providers", at_least=10), Minimum(entity="clients", at_least=10)),
    largest_share=50,
    rows=("insurer", "region", "provider_group", "sector", "category"),
)
Row = dict[str, object]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("create schema indicator; create schema ref")
        made.execute(
            "create table ref.ref_region as select * from (values ('NL', 'country'),"
            " ('R1', 'zorgkantoorregio'), ('R2', 'zorgkantoorregio'), ('R3', 'zorgkantoorregio'),"
            " ('P1', 'province'), ('P2', 'province'), ('unknown', 'country')) as r (code, kind)"
        )
        made.execute(
            "create table ref.ref_sector as select * from (values ('all', null),"
            " ('ggz', null), ('ggz_a', 'ggz'), ('ggz_b', 'ggz')) as s (code, parent)"
        )
        yield made


def hide(
    connection: duckdb.DuckDBPyConnection, cells: list[Row], rule: Disclosure = RULE
) -> list[str | None]:
    """Run the step over these cells and return the reason of each, in the order given."""
    connection.execute(
        "create or replace table indicator.indicator_cell (number integer, indicator_id varchar,"
        " evidence varchar, source_id varchar, period_year integer, period varchar,"
        " sector_code varchar, insurer_code varchar, region_code varchar, provider_group varchar,"
        " category varchar, population varchar, base varchar, voice varchar, contributors double,"
        " largest_share double, numerator double, denominator double, n_observed double,"
        " n_unit varchar, min_observed integer, suppression varchar)"
    )
    names = [*KEYS, *NUMBERS]
    given = [{**KEYS, **NUMBERS, **cell} for cell in cells]
    assert all(set(values) == set(names) for values in given)
    row = f"({', '.join('?' for _ in range(len(names) + 1))})"
    connection.execute(
        f"insert into indicator.indicator_cell (number, {', '.join(names)})"  # noqa: S608
        f" values {', '.join([row] * len(given))}",
        [
            value
            for number, values in enumerate(given)
            for value in (number, *(values[name] for name in names))
        ],
    )
    hide_cells(connection, {"claims": rule})
    found = connection.execute(
        "select suppression from indicator.indicator_cell order by number"
    ).fetchall()
    return [row[0] for row in found]


def insurers(*counts: int) -> list[Row]:
    """A total and its insurers, a, b, c …, with so many providers each."""
    total: Row = {"contributors": sum(counts)}
    return [
        total,
        *({"insurer_code": chr(97 + at), "contributors": count} for at, count in enumerate(counts)),
    ]


def test_a_small_cell_gets_company_of_the_next_smallest(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hide(connection, insurers(30, 5, 12, 40)) == [None, None, "few", "secondary", None]


def test_without_small_cells_nothing_is_hidden(connection: duckdb.DuckDBPyConnection) -> None:
    assert hide(connection, insurers(30, 10, 12)) == [None] * 4


def test_two_small_cells_that_are_enough_together_need_no_company(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hide(connection, insurers(30, 5, 6)) == [None, None, "few", "few"]


def test_two_small_cells_whose_sum_is_small_get_company(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hide(connection, insurers(30, 2, 3, 50)) == [None, "secondary", "few", "few", None]


def test_a_total_beside_one_part_is_hidden_with_it(connection: duckdb.DuckDBPyConnection) -> None:
    total, part = {"contributors": 12}, {"insurer_code": "a", "contributors": 4}
    assert hide(connection, [total, part]) == ["secondary", "few"]


def test_a_small_total_hides_a_part(connection: duckdb.DuckDBPyConnection) -> None:
    # Providers return with several insurers, so a part may have more of them than the total says.
    total = {"contributors": 9}
    parts = [{"insurer_code": code, "contributors": n} for code, n in (("a", 15), ("b", 11))]
    assert hide(connection, [total, *parts]) == ["few", None, "secondary"]


def test_without_a_published_total_nothing_can_be_subtracted(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hide(connection, insurers(30, 5, 40)[1:]) == [None, "few", None]


def test_one_large_contributor_hides_a_cell(connection: duckdb.DuckDBPyConnection) -> None:
    cells = insurers(30, 40, 50)
    cells[2]["largest_share"] = 0.51
    cells[3]["largest_share"] = 0.50
    assert hide(connection, cells) == [None, "secondary", "dominant", None]


def test_nobody_is_no_secret_and_no_company(connection: duckdb.DuckDBPyConnection) -> None:
    cells = insurers(30, 0, 5, 12)
    cells[2] |= {"numerator": 0, "denominator": 0}
    assert hide(connection, cells) == [None, None, None, "few", "secondary"]


def test_an_unknown_number_of_contributors_counts_as_too_few(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert hide(connection, [{"contributors": None, "n_observed": 900}]) == ["few"]


def test_few_clients_hide_a_cell_of_many_providers(connection: duckdb.DuckDBPyConnection) -> None:
    cell = {"contributors": 20, "n_observed": 9, "n_unit": "clients"}
    assert hide(connection, [cell]) == ["few"]


def test_an_indicator_may_ask_for_more(connection: duckdb.DuckDBPyConnection) -> None:
    cells = [{"contributors": 20, "min_observed": least} for least in (5, 20, 21)]
    for at, cell in enumerate(cells):
        cell["indicator_id"] = f"share_{at}"
    assert hide(connection, cells) == [None, None, "few"]


def test_company_that_would_say_zero_of_both_is_not_chosen(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    cells = insurers(30, 5, 12, 40)
    for cell, share in zip(cells, (40, 10, 0, 0, 30), strict=True):
        cell |= {"numerator": share, "denominator": 100}
    assert hide(connection, cells) == [None, "secondary", "few", None, None]


def test_what_is_printed_is_never_hidden(connection: duckdb.DuckDBPyConnection) -> None:
    cells = insurers(3, 5, 40)
    for cell in cells:
        cell["evidence"] = "register"
    assert hide(connection, cells) == [None] * 4


def test_evidences_do_not_mix(connection: duckdb.DuckDBPyConnection) -> None:
    cells = insurers(30, 40)
    cells.append({"insurer_code": "a", "contributors": 3, "evidence": "example"})
    assert hide(connection, cells) == [None, None, None, "few"], "its total is of other evidence"


def test_a_chain_is_followed_to_its_end(connection: duckdb.DuckDBPyConnection) -> None:
    """One small cell takes a neighbour along, which takes one along in its own row, and so on."""
    counts = {
        ("a", "R1"): 4, ("a", "R2"): 12, ("a", "R3"): 60,
        ("b", "R1"): 50, ("b", "R2"): 14, ("b", "R3"): 60,
        ("c", "R1"): 11, ("c", "R2"): 70, ("c", "R3"): 80,
    }  # fmt: skip
    cells = cube({(i, r, "g"): (n, n // 2 + 1, n + 7) for (i, r), n in counts.items()})
    reasons = hide(connection, cells)
    hidden = {
        (cell["insurer_code"], cell["region_code"]): reason
        for cell, reason in zip(cells, reasons, strict=True)
        if reason and cell["provider_group"] == "all"
    }
    assert hidden[("a", "R1")] == "few"
    assert hidden[("a", "R2")] == "secondary", "beside it in the row of insurer a"
    assert hidden[("c", "R1")] == "secondary", "beside it in the row of region R1"
    assert {"b", "c"} & {i for i, r in hidden if r == "R2"}, "the row of R2 needs company again"
    assert not given_away(cells, reasons)


def test_every_way_to_cut_up_the_country_is_a_row(connection: duckdb.DuckDBPyConnection) -> None:
    codes = {"NL": 100, "R1": 5, "R2": 35, "R3": 60, "P1": 45, "P2": 55}
    cells: list[Row] = [
        {"region_code": code, "contributors": count} for code, count in codes.items()
    ]
    assert hide(connection, cells) == [None, "few", "secondary", None, None, None]


def test_sectors_are_parts_of_their_parent(connection: duckdb.DuckDBPyConnection) -> None:
    cells: list[Row] = [
        {"sector_code": "ggz", "contributors": 60},
        {"sector_code": "ggz_a", "contributors": 5},
        {"sector_code": "ggz_b", "contributors": 55},
    ]
    assert hide(connection, cells) == [None, "few", "secondary"]


def test_the_step_can_be_repeated(connection: duckdb.DuckDBPyConnection) -> None:
    first = hide(connection, insurers(30, 5, 12))
    hide_cells(connection, {"claims": RULE})
    again = connection.execute(
        "select suppression from indicator.indicator_cell order by number"
    ).fetchall()
    assert [row[0] for row in again] == first
    connection.execute("update indicator.indicator_cell set contributors = 50")
    hide_cells(connection, {"claims": RULE})
    left = connection.execute("select count(suppression) from indicator.indicator_cell").fetchall()
    assert left == [(0,)], "a reason that no longer holds is taken away"


def told(*cells: tuple[str, str, str]) -> ToldTwice:
    return ToldTwice(
        cells=tuple(
            ToldCell(indicator=indicator, base=base, category=category)
            for indicator, base, category in cells
        )
    )


KINDS = told(("kinds", "costs", "a"), ("kinds", "costs", "b"), ("kinds", "costs", "c"))
SAME = told(("kinds", "costs", "c"), ("share", "costs", "all"))


def kinds(**contributors: int) -> list[Row]:
    return [
        {"indicator_id": "kinds", "category": category, "contributors": count}
        for category, count in contributors.items()
    ]


def test_shares_that_make_a_hundred_are_never_hidden_alone(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rule = RULE.model_copy(update={"told_twice": (KINDS,)})
    assert hide(connection, kinds(a=40, b=12, c=3), rule) == ["secondary", None, "few"], (
        "the first that is listed, however many stand behind it"
    )
    assert hide(connection, kinds(a=3, b=5, c=30), rule) == ["few", "few", None]
    assert hide(connection, kinds(a=30, b=50, c=30), rule) == [None] * 3


def test_a_number_told_by_two_indicators_is_hidden_in_both(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rule = RULE.model_copy(update={"told_twice": (KINDS, SAME)})
    share: Row = {"indicator_id": "share", "contributors": 40}
    assert hide(connection, [*kinds(a=40, b=12, c=3), share], rule) == [
        "secondary", None, "few", "secondary",
    ]  # fmt: skip
    # The other way round, in another year too: nothing is small in that table itself.
    later = [{**cell, "period_year": 2025, "period": "2025"} for cell in kinds(a=40, b=12, c=30)]
    few: Row = {"indicator_id": "share", "contributors": 4, "period_year": 2025, "period": "2025"}
    assert hide(connection, [*later, few], rule) == ["secondary", None, "secondary", "few"]


def test_what_nobody_can_count_is_hidden_and_gets_company(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rule = RULE.model_copy(update={"told_twice": (KINDS,)})
    cells = kinds(a=40, b=30, c=0)
    cells[2] |= {"numerator": 5, "denominator": 50}
    assert hide(connection, cells, rule) == ["secondary", None, "few"]


def test_one_place_is_hidden_as_a_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """The company of a small cell is the same in every category, base and kindred indicator."""
    rule = RULE.model_copy(update={"together": (Together(indicators=("kinds", "share")),)})
    cells: list[Row] = []
    counts = {"all": 90, "x": 5, "y": 30, "z": 30}
    for insurer, count in counts.items():
        for category, hits in (("a", 0 if insurer == "y" else 3), ("b", 5)):
            cells.append(
                {"indicator_id": "kinds", "category": category, "insurer_code": insurer,
                 "contributors": count, "numerator": hits if insurer != "x" else 0,
                 "denominator": count}
            )  # fmt: skip
        cells.append({"indicator_id": "share", "insurer_code": insurer, "contributors": count})
        cells.append({"indicator_id": "other", "insurer_code": insurer, "contributors": 50})
    reasons = hide(connection, cells, rule)
    hidden: dict[object, set[bool]] = defaultdict(set)
    for cell, reason in zip(cells, reasons, strict=True):
        if cell["indicator_id"] == "other":
            assert reason is None, "another question"
        else:
            hidden[cell["insurer_code"]].add(reason is not None)
    assert all(len(seen) == 1 for seen in hidden.values()), hidden
    assert hidden["x"] == {True}
    assert hidden["all"] == {False}


Atoms = Mapping[tuple[str, str, str], tuple[int, int, int]]


def cube(atoms: Atoms) -> list[Row]:
    """Add every margin to a table of insurer × region × group: contributors and counts."""
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (insurer, region, group), numbers in atoms.items():
        for key in product((insurer, "all"), (region, "NL"), (group, "all")):
            for at, number in enumerate(numbers):
                sums[key][at] += number
    return [
        {
            "insurer_code": insurer, "region_code": region, "provider_group": group,
            "contributors": contributors, "numerator": numerator, "denominator": denominator,
        }
        for (insurer, region, group), (contributors, numerator, denominator) in sums.items()
    ]  # fmt: skip


def given_away(cells: list[Row], reasons: list[str | None]) -> list[str]:
    """Attack every row on its own, by other means than the step: subtract what is shown."""
    shown: dict[tuple[str, str, str], str | None] = {
        (str(c["insurer_code"]), str(c["region_code"]), str(c["provider_group"])): reason
        for c, reason in zip(cells, reasons, strict=True)
    }
    nobody = {
        (str(c["insurer_code"]), str(c["region_code"]), str(c["provider_group"]))
        for c in cells
        if not c["contributors"]
    }
    wholes = ("all", "NL", "all")
    found = []
    for key in shown:
        for axis in range(3):
            if key[axis] != wholes[axis]:
                continue
            parts = [
                other
                for other in shown
                if other[axis] != wholes[axis]
                and all(other[at] == key[at] for at in range(3) if at != axis)
            ]
            if not parts:
                continue
            unknown = [cell for cell in (key, *parts) if shown[cell] and cell not in nobody]
            if len(unknown) == 1:
                found.append(f"{unknown[0]} follows from the row of {key} along {axis}")
    return found


counts = st.tuples(st.integers(0, 25), st.integers(0, 8), st.integers(0, 8)).map(
    # Where nobody is there is nothing to count; a share is never more than all.
    lambda drawn: (drawn[0], drawn[1], drawn[1] + drawn[2] + 1) if drawn[0] else (0, 0, 0)
)
tables = st.dictionaries(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["R1", "R2", "R3"]),
        st.sampled_from(["g", "h"]),
    ),
    counts,
    min_size=1,
    max_size=24,
)


@settings(max_examples=60)
@given(atoms=tables)
def test_no_hidden_value_follows_from_one_row(
    connection: duckdb.DuckDBPyConnection, atoms: Atoms
) -> None:
    cells = cube(atoms)
    reasons = hide(connection, cells)
    assert not given_away(cells, reasons)
    for cell, reason in zip(cells, reasons, strict=True):
        contributors = int(str(cell["contributors"]))
        assert (reason == "few") == (0 < contributors < 10), cell
