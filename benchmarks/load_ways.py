"""Load one file in one way, in a process of its own, and print what it took as JSON.

python benchmarks/load_ways.py WAY LAYOUT FOLDER
"""

# The SQL below is made of the names of contracts.
# ruff: noqa: S608

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.load_files import columns_of
from etl.contract import Contract, load_contracts
from etl.load import prepare
from etl.raw import RAW_TYPES

THREADS = 2


def load_ours(contract: Contract, folder: Path, database: Path) -> int:
    """Load as a build does: contract, rejects, counts, totals, digest."""
    loader = prepare([folder], corrections=None)
    with duckdb.connect(str(database)) as connection:
        loader.load(connection)
        result = loader.results[0]
        if result.profile is None or result.rows_read != result.rows_loaded:
            message = f"{contract.source}: not everything was loaded"
            raise ValueError(message)
        return result.rows_loaded


def load_typed(contract: Contract, folder: Path, database: Path) -> int:
    """Load with one statement of DuckDB that is told the types: the floor."""
    types = {column.name: RAW_TYPES[column.type] for column in columns_of(contract)}
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"create table t as select * from read_csv('{_file(folder)}', columns = {types},"
            f" header = true, auto_detect = false, delim = '{contract.terms.file.delimiter}')"
        )
        return _count(connection)


def load_pandas(contract: Contract, folder: Path, database: Path) -> int:
    """Load with pandas, hold the frame against the same rules with pandera, store it."""
    columns = columns_of(contract)
    kinds = {"text": "str", "integer": "Int64", "decimal(18,4)": "float64", "date": "str"}
    frame = pd.read_csv(
        _file(folder),
        sep=contract.terms.file.delimiter,
        dtype={column.name: kinds[column.type] for column in columns},
    )
    for column in columns:
        if column.trim:
            frame[column.name] = frame[column.name].str.strip()
    names = {column.name for column in columns}
    unique = [list(key.columns) for key in contract.terms.unique if set(key.columns) <= names]
    checked = {}
    for column in columns:
        rules = []
        if column.name in contract.codes:
            rules.append(pa.Check.isin(contract.codes[column.name]))
        if column.minimum is not None:
            rules.append(pa.Check.ge(float(column.minimum)))
        if column.maximum is not None:
            rules.append(pa.Check.le(float(column.maximum)))
        checked[column.name] = pa.Column(
            frame[column.name].dtype, rules, nullable=not column.required
        )
    frame = pa.DataFrameSchema(checked, unique=unique[0]).validate(frame, lazy=True)
    with duckdb.connect(str(database)) as connection:
        connection.register("frame", frame)
        connection.execute("create table t as select * from frame")
        return _count(connection)


WAYS: dict[str, Callable[[Contract, Path, Path], int]] = {
    "ours": load_ours,
    "typed": load_typed,
    "pandas": load_pandas,
}


def _file(folder: Path) -> Path:
    return next(folder.rglob("*.csv"))


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from t").fetchone()
    return int(row[0]) if row else 0


def main() -> None:
    """Load once and print seconds, processor seconds, peak memory and rows."""
    way, layout, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    contract = load_contracts()[layout].for_period("2021")
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        started, used = time.perf_counter(), time.process_time()
        rows = WAYS[way](contract, folder, Path(place) / "load.duckdb")
        seconds, processor = time.perf_counter() - started, time.process_time() - used
        stored = (Path(place) / "load.duckdb").stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(  # noqa: T201  # the answer to the process that asked
        json.dumps(
            {
                "seconds": seconds,
                "processor": processor,
                "peak": peak,
                "rows": rows,
                "stored": stored,
            }
        )
    )


if __name__ == "__main__":
    main()
