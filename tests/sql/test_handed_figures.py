"""Every figure that was handed to the project is published, word for word."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb

TEXTS = (
    "figure_id", "locator", "population", "breakdown_dimension", "breakdown_value",
    "breakdown2_dimension", "breakdown2_value", "measure", "unit", "qualifier", "caveat",
)  # fmt: skip
NUMBERS = ("value", "n", "numerator")

# The digest of the 1,049 figures as they were handed over, before anything here touched them.
HANDED = "ac639b8b088552ff9924fcd56e54e2360fc6dbe67eca323ec8ffde5610b898ea"


def _digest(rows: Iterable[dict[str, object]]) -> tuple[int, str]:
    """Digest rows without regard to their order, or to zeros at the end of a number."""
    lines = sorted(
        json.dumps(
            [row[name] or "" for name in TEXTS]
            + [
                "" if row[name] in (None, "") else f"{Decimal(str(row[name])).normalize():f}"
                for name in NUMBERS
            ],
            ensure_ascii=False,
        )
        for row in rows
    )
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_what_is_published_has_the_digest_of_what_was_handed_over(shipped_releases: Path) -> None:
    names = ", ".join((*TEXTS, *NUMBERS))
    with duckdb.connect(str(shipped_releases / "current" / "public.duckdb"), read_only=True) as con:
        found = con.execute(
            f"select {names} from published.source_figure where source_id = 'published_figures'"  # noqa: S608
        )
        columns = [name for name, *_ in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    assert _digest(rows) == (1049, HANDED)


def test_the_digest_is_that_of_the_source(published_source: Path) -> None:
    with published_source.open(encoding="utf-8", newline="") as handle:
        assert _digest(dict(row) for row in csv.DictReader(handle)) == (1049, HANDED)
