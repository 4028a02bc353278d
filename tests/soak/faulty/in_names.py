"""Faults in the name of a file: the loader reads period and kind from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.soak.faulty.good import Sample


def other_name(sample: Sample, random: Random) -> Sample:
    """A name with characters that a shell, a query or a sentence could trip over."""
    name = random.choice(
        ("cijfers (1).csv", "'s-gravenhage.csv", 'a"b.csv', "a*b?.csv", "a;b.csv", "ë.csv",
         "a\nb.csv", "{value}.csv", "%s.csv", "-rf.csv", "[a].csv", "a\\b.csv", " .csv",
         "$path.csv", "CIJFERS.CSV", "null\ufffe.csv", "niet_utf8_\udcff.csv", "\u202ecsv.csv",
         f"{'n' * 240}.csv")
    )  # fmt: skip
    return replace(sample, name=name)


def other_kind(sample: Sample, random: Random) -> Sample:
    """An extension that promises another kind of file."""
    suffix = random.choice((".xlsx", ".txt", ".CSV", ".csv.gz", ".zip", ".csv.bak", "", ".parquet"))
    return replace(sample, name=sample.name.split(".")[0] + suffix)


def other_period(sample: Sample, random: Random) -> Sample:
    """A folder of another year, or one that is no period."""
    period = random.choice(("2018", "2020", "2024-13", "undated", "nieuw", "2023-02", "1999"))
    return replace(sample, period=period)


NAME_FAULTS: Mapping[str, Callable[[Sample, Random], Sample]] = {
    "another name": other_name,
    "another extension": other_kind,
    "another period": other_period,
}
