"""Text that was written in one encoding and read in another: “CuraÃ§ao”."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from etl.contract import Contract
from etl.gate import Finding
from etl.plausibility.finding import found
from etl.plausibility.measures import Part
from etl.raw import select_delivery

_BROKEN = "[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€|�"
"""What is left of accents and quotes where UTF-8 was read as cp1252, and of a lost sign."""


def word_findings(
    connection: duckdb.DuckDBPyConnection, part: Part, contract: Contract
) -> Iterator[Finding]:
    """Name the columns whose words went through a wrong encoding.

    Args:
        connection: Holds the raw layer.
        part: The delivery.
        contract: Its source.
    """
    # A column with a list of codes was held against it, cell by cell.
    texts = [
        column.name
        for column in contract.terms.columns
        if column.type == "text"
        and column.name in part.columns
        and column.name not in contract.codes
    ]
    rows = select_delivery(connection, contract, part.delivery_id)
    for name in texts:
        row = connection.execute(
            f'select count(*), min(line), min_by("{name}", line) from ({rows})'  # noqa: S608  # names of contracts
            f' where regexp_matches("{name}", ?)',
            [_BROKEN],
        ).fetchone()
        if row and row[0]:
            yield found(
                "garbled_words", part.file, "stop", line=row[1], column=name, value=str(row[2]),
                rows=str(row[0]),
            )  # fmt: skip
