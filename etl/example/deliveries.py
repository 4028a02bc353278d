"""Write a set of examples: one folder per source and year, as an operator would get them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.contract import load_contracts
from etl.deliveries import shown
from etl.errors import Fault, RefusedError
from etl.example.claims import claims_batches
from etl.example.margins import read_margins
from etl.example.sizes import Size
from etl.example.survey import ROWS_EACH, survey_batches
from etl.example.wave import Wave

SURVEY, CLAIMS = "provider_survey", "claims_aggregate"
MARK = ".example.json"
"""A folder with this file in it was made here; the loader passes over it."""


@dataclass(frozen=True)
class Written:
    """One file that was written."""

    file: str
    rows: int


def make_examples(
    years: range,
    size: Size,
    out: Path,
    *,
    seed: int,
    update: bool = False,
    on_file: Callable[[Written], None] = lambda _: None,
) -> list[Written]:
    """Write invented deliveries of the survey and the claims.

    Args:
        years: The years, each of which gets a folder per source.
        size: How many rows.
        out: An empty folder, or one that is yet to be made.
        seed: The same seed gives the same bytes.
        update: Also write the final claims of the year before the first: with them the files
            are what an operator gets after the set of the years before, of the same seed.
        on_file: Told of each file that is ready.

    Returns:
        The files.

    Raises:
        RefusedError: The folder has something in it; nothing is ever overwritten.
    """
    if out.exists() and any(out.iterdir()):
        raise RefusedError([Fault("folder_not_empty", shown(out))])
    out.mkdir(parents=True, exist_ok=True)
    margins = read_margins()
    contracts = load_contracts()
    written: list[Written] = []

    def done(path: Path, rows: int) -> None:
        written.append(Written(path.relative_to(out).as_posix(), rows))
        on_file(written[-1])

    for year in years:
        wave = Wave(contracts[SURVEY].for_period(str(year)), str(year))
        path = out / SURVEY / str(year) / f"{SURVEY}_{year}.csv"
        people = size.respondents(len(years), ROWS_EACH)
        done(path, wave.write(path, survey_batches(margins, wave, year, seed, respondents=people)))
    for path, year, rows, final in _claims_files(years, size, out, update=update):
        wave = Wave(contracts[CLAIMS].for_period(str(year)), str(year))
        batches = claims_batches(margins, wave, year, seed, rows=rows, final=final)
        done(path, wave.write(path, batches))
    (out / MARK).write_text(
        json.dumps({"size": size.name, "seed": seed, "years": [years[0], years[-1]]}) + "\n",
        encoding="utf-8",
    )
    return written


def _claims_files(
    years: range, size: Size, out: Path, *, update: bool
) -> list[tuple[Path, int, int | None, bool]]:  # fmt: skip
    """List the files of the claims: each year provisional, and a year later final."""
    files = []
    if update:
        year = years[0] - 1
        files.append((out / CLAIMS / str(year) / f"{CLAIMS}_{year}_final.csv", year, True))
    for year in years:
        folder = out / CLAIMS / str(year)
        files.append((folder / f"{CLAIMS}_{year}.csv", year, False))
        if year != years[-1]:
            files.append((folder / f"{CLAIMS}_{year}_final.csv", year, True))
    if size.claims_rows is None:
        return [(path, year, None, final) for path, year, final in files]
    each, rest = divmod(size.claims_rows, len(files))
    # The last year has one file, so that both files of every other year have the same rows.
    return [
        (path, year, each + (rest if year == years[-1] else 0), final)
        for path, year, final in files
    ]
