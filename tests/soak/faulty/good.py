"""Good files of every contract: small ones, in each form that their supplier uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.deliveries import SHIPPED
from etl.example import SMALL, make_examples
from tests.vektis import file_of, write

ROWS = 40
"""So many rows of a larger file are kept: enough for every fault, and quick to read."""
EXAMPLE_YEARS = range(2019, 2024)
VEKTIS_YEARS = (2012, 2017, 2020, 2022)
PLACES = ("AA EN HUNZE", "'S-GRAVENHAGE", "Súdwest-Fryslân", "ZWOLLE")


@dataclass(frozen=True)
class Sample:
    """A file, and how it was written before anything was done to it."""

    source: str
    period: str
    name: str
    data: bytes
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def text(self) -> str:
        """The file as text; bytes that are none come back as they were when it is written."""
        return self.data.decode(self.encoding, "surrogateescape")

    def place(self, folder: Path) -> Path:
        """Where the file stands in a folder of deliveries."""
        return folder / self.source / self.period / self.name


def good_files(folder: Path) -> tuple[Sample, ...]:
    """Make a good file for every contract and every form that the contract knows.

    Args:
        folder: Where files may be made; nothing of it is needed afterwards.
    """
    return (*_shipped(), *_examples(folder / "examples"), *_vektis(folder / "vektis"))


def _shipped() -> Iterator[Sample]:
    for path in sorted(SHIPPED.glob("*/*/*.csv")):
        yield _sample(path, "utf-8", ",")


def _examples(folder: Path) -> Iterator[Sample]:
    make_examples(EXAMPLE_YEARS, SMALL, folder, seed=1, on_file=lambda _: None)
    for path in sorted(folder.glob("*/*/*.csv")):
        yield _sample(path, "cp1252" if path.parent.name == "2019" else "utf-8", ";")


def _vektis(folder: Path) -> Iterator[Sample]:
    for year in VEKTIS_YEARS:
        for encoding in ("utf-8", "cp1252"):
            path = folder / "vektis_open_data" / str(year) / f"vektis_{year}_{encoding}.csv"
            rows = file_of(year, PLACES)
            yield _sample(write(path, rows, encoding=encoding, upper=year > 2017), encoding, ";")


def _sample(path: Path, encoding: str, delimiter: str) -> Sample:
    lines = path.read_bytes().splitlines(keepends=True)[: ROWS + 1]
    period = path.parent
    return Sample(period.parent.name, period.name, path.name, b"".join(lines), encoding, delimiter)
