"""Nothing is lost: rows read are rows loaded plus rows rejected, whatever a file looks like."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import RefusedError
from etl.load import prepare

from .conftest import CONTRACT, HEADER

CELLS = st.sampled_from(
    ["", "c1", "c2", "c77", "ggz", "wlz", "1", "2.5", "-3", "abc", "1e3", "2023-01-02", "é", " x "]
)
MANGLED = st.one_of(
    st.lists(CELLS, min_size=1, max_size=8).map(",".join),
    st.sampled_from(['c1,ggz,"1",2,,"quoted, with comma"', 'c2,ggz,1,1,,"say ""hi"""', "", "   "]),
    st.sampled_from(['"', 'c1,ggz,1,1,,"open', 'c1,ggz,1,1,,a"b', 'c3,ggz,"1"x,1,,']),
)
GOOD_ROW = st.integers(0, 500).map(
    lambda number: f"c{number},ggz,{number}.25,{number},2023-01-02,ok"
)


def loaded(contract: str, data: bytes) -> tuple[Any, duckdb.DuckDBPyConnection, list[Any]]:
    """Read one file with the real loader; also where it is refused."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        file = root / "deliveries" / "claims" / "2023" / "claims.csv"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        (root / "contracts").mkdir()
        (root / "contracts" / "claims.yaml").write_text(contract, encoding="utf-8")
        loader = prepare(
            [root / "deliveries"], contracts=root / "contracts", corrections=None, catalogue=root
        )
        connection = duckdb.connect()
        faults: list[Any] = []
        try:
            loader.load(connection)
        except RefusedError as error:
            faults = list(error.faults)
        return loader.results[0], connection, faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    lines=st.lists(st.one_of(GOOD_ROW, GOOD_ROW, MANGLED), min_size=1, max_size=25),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.sampled_from([0, 1]),
)
def test_rows_read_are_rows_loaded_plus_rows_rejected(
    lines: list[str], end: str, last: int
) -> None:
    text = HEADER.replace("\n", end) + end.join(lines) + end * last
    contract = CONTRACT.replace("allowed_reject_share: 0", "allowed_reject_share: 0.999")
    result, connection, faults = loaded(contract, text.encode())
    with connection:
        table = connection.execute("select line from raw.claims order by line").fetchall()
        if result.refused:
            assert faults
            assert table == []
            return
        filled = [number for number, line in enumerate(lines, start=2) if line]
        rejected = connection.execute("select distinct line from raw.reject").fetchall()
        assert result.rows_read == len(filled)
        assert result.rows_read == result.rows_loaded + result.rows_rejected
        # Each line of the file is in the table or in the reject table, and never in both.
        assert sorted([*table, *rejected]) == [(number,) for number in filled]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=300))
def test_no_bytes_whatever_end_in_anything_but_a_sentence(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        file = root / "deliveries" / "claims" / "2023" / "claims.csv"
        file.parent.mkdir(parents=True)
        file.write_bytes(HEADER.encode() + data)
        (root / "contracts").mkdir()
        (root / "contracts" / "claims.yaml").write_text(
            CONTRACT.replace("[utf-8]", "[utf-8, cp1252]"), encoding="utf-8"
        )
        with contextlib.suppress(RefusedError), duckdb.connect() as connection:
            prepare(
                [root / "deliveries"],
                contracts=root / "contracts",
                corrections=None,
                catalogue=root,
            ).load(connection)


def test_many_rows_keep_their_line_numbers(house: Any) -> None:
    house.contract = CONTRACT.replace("allowed_reject_share: 0", "allowed_reject_share: 0.5")
    house.contract = house.contract.replace("    maximum: 1000\n", "")
    rows = [
        f"c{line},{'ggz' if line % 7 else 'bad'},{line if line % 1000 else 'veel'},1,,\n"
        for line in range(2, 60_002)
    ]
    house.deliver("".join(rows))
    result = house.load().results[0]
    bad = {line for line in range(2, 60_002) if line % 7 == 0 or line % 1000 == 0}
    assert (result.rows_read, result.rows_rejected) == (60_000, len(bad))
    assert house.rows("select count(*) from raw.claims where claim_id != 'c' || line") == [(0,)]
    assert house.rows("select count(distinct line) from raw.reject") == [(len(bad),)]
