"""The raw layer: what is read is kept as it was read, and known again by the next build."""

from __future__ import annotations

import hashlib
from typing import Any

import duckdb
import pytest

from etl.errors import RefusedError
from etl.messages import Messages

from .conftest import CONTRACT, HEADER

GOOD = "c1,ggz,1.5,2,2023-01-02,x\n"
SOME = CONTRACT.replace("allowed_reject_share: 0", "allowed_reject_share: 0.5")


@pytest.fixture(params=["before", "beside"])
def _when(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the bytes of every file before its loading, or of every file beside it."""
    if request.param == "beside":
        monkeypatch.setattr("etl.files.LARGE", 1)


BOTH = pytest.mark.usefixtures("_when")


def shown(house: Any) -> list[tuple[object, ...]]:
    return list(
        house.rows("select claim_id, amount::varchar, delivery_id, line from raw.claims order by 4")
    )


@BOTH
def test_the_view_of_a_source_has_the_types_of_its_contract(house: Any) -> None:
    house.deliver(GOOD)
    house.load()
    types = [(row[0], row[1]) for row in house.rows("describe raw.claims")]
    assert types == [
        ("claim_id", "VARCHAR"), ("sector", "VARCHAR"), ("amount", "DECIMAL(18,4)"),
        ("clients", "INTEGER"), ("paid_on", "DATE"), ("remark_of_supplier", "VARCHAR"),
        ("delivery_id", "VARCHAR"), ("line", "INTEGER"),
    ]  # fmt: skip


def test_a_source_without_a_delivery_is_an_empty_view(house: Any) -> None:
    house.deliver("c1,ggz,abc,1,,\n")
    house.faults()
    assert house.rows("select * from raw.claims") == []
    left = house.rows("select table_name from duckdb_tables() where schema_name = 'raw'")
    assert not any("etl_stage" in str(name) or "__" in str(name) for (name,) in left)


@BOTH
def test_rows_keep_their_lines_around_bad_rows_and_blank_lines(house: Any) -> None:
    house.contract = SOME
    house.deliver("\n" + GOOD + "c2,ggz,abc,1,,\nc3,zzz,1,1,,\n\n\nc4,wlz,2,1,,\nc5,wlz,3,1,,\n")
    house.load()
    assert [row[0::3] for row in shown(house)] == [("c1", 3), ("c4", 8), ("c5", 9)]


@BOTH
def test_more_bad_rows_than_can_be_marked_give_the_same(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.contract = SOME
    rows = [
        f"c{line},{'zzz' if line % 5 == 0 else 'ggz'},{'x' if line % 7 == 0 else line % 900},1,,\n"
        for line in range(2, 402)
    ]
    house.deliver("".join(rows))
    house.load()
    marked = shown(house)
    monkeypatch.setattr("etl.raw.MOST_MARKS", 3)
    house.load()
    assert shown(house) == marked
    assert [row[3] for row in marked] == [n for n in range(2, 402) if n % 5 and n % 7]


@BOTH
def test_a_large_file_in_another_encoding_is_read_again(house: Any) -> None:
    house.contract = CONTRACT.replace("[utf-8]", "[utf-8, cp1252]")
    house.deliver((HEADER + "c1,ggz,1,1,,één\r\nc2,ggz,2,1,,x\n").encode("cp1252"))
    result = house.load().results[0]
    assert (result.rows_loaded, result.profile.encoding) == (2, "cp1252")
    assert house.rows("select remark_of_supplier from raw.claims order by line") == [
        ("één",),
        ("x",),
    ]


@BOTH
def test_a_large_file_that_is_no_text_is_refused_as_a_small_one(house: Any) -> None:
    late = HEADER.encode() + GOOD.encode() * 3
    assert house.fault(late + b"c9,ggz,1,1,,\xff\n").code == "wrong_encoding"
    assert house.fault(late + b"c9,ggz,1,1,,\0\n").code == "binary"
    assert house.fault(late.replace(b"\n", b"\n\n") + b'c9,ggz,1,1,,"open\n').code in (
        "quote_open", "duplicate",
    )  # fmt: skip


@BOTH
def test_the_digest_is_that_of_the_bytes(house: Any) -> None:
    path = house.deliver(GOOD)
    loader = house.load()
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    assert loader.results[0].profile.digest == wanted
    assert house.rows("select digest from raw.delivery") == [(wanted,)]
    assert loader.inputs["deliveries/claims/2023/claims.csv"] == wanted


# Only what changed is loaded anew


def again(house: Any, connection: duckdb.DuckDBPyConnection) -> tuple[list[str], Any]:
    """Load into a database of an earlier build; give the deliveries that were read."""
    steps: list[str] = []
    loader = house.prepare()
    loader.on_step = steps.append
    loader.load(connection)
    house.connection = connection
    return [step.removeprefix("load ") for step in steps if step.startswith("load ")], loader


def told(result: Any) -> list[object]:
    """Give what an operator reads about a file."""
    counts = [result.rows_read, result.rows_loaded, result.rows_rejected, dict(result.totals)]
    words = [Messages(lang).sentence(fault) for fault in result.faults for lang in ("nl", "en")]
    return [*counts, result.read_as, result.profile, *words]


@BOTH
def test_only_a_changed_delivery_is_loaded_again(house: Any) -> None:
    house.contract = SOME.replace("within: source", "within: file")
    house.deliver(GOOD + "c2,zzz,1,1,,\n", "claims/2022/a.csv")
    house.deliver(GOOD, "claims/2023/b.csv")
    connection = duckdb.connect()
    read, first = again(house, connection)
    assert read == ["claims/2022/a", "claims/2023/b"]
    assert first.reloaded == {"claims"}
    read, second = again(house, connection)
    assert (read, second.reloaded) == ([], set())
    assert [told(result) for result in second.results] == [told(result) for result in first.results]
    house.deliver("c7,wlz,7,1,,\n", "claims/2023/b.csv")
    read, _ = again(house, connection)
    assert read == ["claims/2023/b"]
    house.deliver("c8,wlz,8,1,,\n", "claims/2024/c.csv")
    (house.deliveries / "claims/2022/a.csv").unlink()
    read, third = again(house, connection)
    assert (read, third.reloaded) == (["claims/2024/c"], {"claims"})
    kept = {
        name: house.rows(f"from raw.{name} order by all")
        for name in ("claims", "delivery", "reject", "delivery_total")
    }
    house.load()
    assert kept == {name: house.rows(f"from raw.{name} order by all") for name in kept}


def test_a_changed_contract_loads_its_deliveries_again(house: Any) -> None:
    house.deliver(GOOD)
    connection = duckdb.connect()
    again(house, connection)
    house.contract = house.contract.replace("maximum: 1000", "maximum: 2000")
    read, _ = again(house, connection)
    assert read == ["claims/2023/claims"]


def test_rows_that_must_differ_over_files_are_compared_again(house: Any) -> None:
    house.deliver(GOOD, "claims/2022/a.csv")
    house.deliver(GOOD.replace("c1", "c2"), "claims/2023/b.csv")
    connection = duckdb.connect()
    again(house, connection)
    house.deliver(GOOD.replace("c1", "c2"), "claims/2022/a.csv")
    with pytest.raises(RefusedError) as refused:
        again(house, connection)
    (fault,) = refused.value.faults
    assert (fault.code, fault.parameters["place"]) == ("duplicate_elsewhere", "claims/2022/a.csv")


# Numbers with more decimals than are kept


@BOTH
@pytest.mark.parametrize("value", ["1.23456", "1.0000001e2", "12345e-6", "0.00001"])
def test_a_number_is_never_rounded(house: Any, value: str) -> None:
    rows = "".join(f"c{number},ggz,{number}.2345,1,,\n" for number in range(1, 30))
    house.deliver(rows)
    house.load()
    assert house.rows("select sum(amount)::varchar from raw.claims") == [("441.8005",)]
    fault = house.fault(rows + f"c99,ggz,{value},1,,\n")
    assert (fault.line, fault.code, fault.value) == (31, "too_many_decimals", value)


@BOTH
def test_a_number_is_too_large_however_it_is_read(house: Any) -> None:
    house.contract = CONTRACT.replace("    maximum: 1000\n", "")
    for other in ("1.5", "1.00000"):
        house.deliver(f"c1,ggz,{other},1,,\nc2,ggz,1000000000000,1,,\nc3,ggz,999999999999,1,,\n")
        (fault,) = house.faults()
        assert (fault.line, fault.code) == (3, "too_large")


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_long_number_on_the_edge_of_two_blocks_is_found(
    house: Any, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    start = HEADER + "c1,ggz,"
    monkeypatch.setattr("etl.files.BLOCK", len(start) + cut)
    fault = house.fault((start + "1.234567,1,,\n").encode())
    assert fault.code == "too_many_decimals"
