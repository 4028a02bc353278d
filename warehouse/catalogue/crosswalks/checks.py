"""Hold the crosswalks against the vocabularies and against themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from warehouse.catalogue.crosswalks.schema import (
    BreakText,
    CareGroup,
    CareType,
    Municipality,
    MunicipalityChange,
)
from warehouse.catalogue.reading import Reader
from warehouse.catalogue.schema import Region, Sector

FOLDER = "crosswalks"
_DROPPED = re.compile(r"[.'’‘`´]")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_BREAK_WORDS = {"{names}", "{last}", "{next}"}


def fold(name: str) -> str:
    """Write a name without case, accents, apostrophes and hyphens, as it is looked up.

    `models/staging/stg_municipality_name.sql` and `stg_vektis_open_data.sql` do the same.
    """
    spread = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(mark for mark in spread if not unicodedata.combining(mark))
    return _BETWEEN.sub(" ", _DROPPED.sub("", plain)).strip()


def check_municipalities(
    reader: Reader,
    municipalities: Mapping[str, Municipality],
    changes: Mapping[str, MunicipalityChange],
    regions: Mapping[str, Region],
) -> None:
    """Report regions that do not exist, names with two meanings and periods that overlap."""
    file = reader.root / FOLDER / "municipality.csv"
    today = {entry.name for entry in municipalities.values()}
    for key, entry in municipalities.items():
        line = reader.lines.get((reader.name(file), key), 1)
        for field, code, kind in (
            ("region", entry.region, "zorgkantoorregio"),
            ("province", entry.province, "province"),
        ):
            if code not in regions or regions[code].kind != kind:
                reader.report(
                    file, line, f'{field} "{code}" is no {kind} of dimensions/region.yaml'
                )
        if entry.from_year and entry.until_year and entry.from_year > entry.until_year:
            reader.report(file, line, "from_year is later than until_year")
    _check_periods(reader, file, municipalities)
    old = reader.root / FOLDER / "municipality_change.csv"
    for name, change in changes.items():
        line = reader.lines.get((reader.name(old), name), 1)
        for other in (change.successor, *change.parts_to):
            if other is not None and other not in today:
                reader.report(
                    old,
                    line,
                    f'"{other}" is not in municipality.csv; name the municipality of today',
                )
        if change.successor is None and change.province not in regions:
            reader.report(
                old, line, "without a successor a province of dimensions/region.yaml is needed"
            )
        if change.successor is not None and change.province is not None:
            reader.report(old, line, "the province follows from the successor: leave it blank")
    _check_names(reader, file, old, municipalities, changes)


def _check_periods(reader: Reader, file: Path, entries: Mapping[str, Municipality]) -> None:
    rows = sorted(entries.items(), key=lambda row: (row[1].name, row[1].from_year or 0))
    for (_, first), (key, second) in pairwise(rows):
        if first.name == second.name and (first.until_year or 9999) >= (second.from_year or 0):
            line = reader.lines.get((reader.name(file), key), 1)
            message = f'the years of the two rows of "{second.name}" overlap'
            reader.report(file, line, f"{message}; give the earlier one an until_year")


def _check_names(
    reader: Reader,
    file: Path,
    old: Path,
    municipalities: Mapping[str, Municipality],
    changes: Mapping[str, MunicipalityChange],
) -> None:
    """A written name leads to one municipality, or nobody knows where its costs belong."""
    meaning: dict[str, str] = {}
    written: Iterator[tuple[Path, str, str, tuple[str, ...]]] = (
        (place, key, entry.name, (entry.name, *entry.also_written))
        for place, entries in ((file, municipalities), (old, changes))
        for key, entry in entries.items()
    )
    for place, key, name, names in written:
        for text in names:
            other = meaning.setdefault(fold(text), name)
            if other != name:
                line = reader.lines.get((reader.name(place), key), 1)
                reader.report(place, line, f'"{text}" is also a name of "{other}"')


def check_care_types(
    reader: Reader,
    types: Mapping[str, CareType],
    groups: Mapping[str, CareGroup],
    sectors: Mapping[str, Sector],
    breaks: Mapping[str, BreakText],
) -> None:
    """Report groups and sectors that do not exist, and a break that cannot say what it is."""
    folder = reader.root / FOLDER
    for code, group in groups.items():
        if group.sector is not None and group.sector not in sectors:
            file = folder / "care_group.yaml"
            line = reader.lines.get((reader.name(file), code), 1)
            reader.report(file, line, f'sector "{group.sector}" is not in dimensions/sector.yaml')
    for column, entry in types.items():
        if entry.care_group not in groups:
            file = folder / "care_type.yaml"
            line = reader.lines.get((reader.name(file), column), 1)
            reader.report(file, line, f'care_group "{entry.care_group}" is not in care_group.yaml')
    for code, text in breaks.items():
        file = folder / "break_text.yaml"
        for locale, words in (("nl", text.nl), ("en", text.en)):
            found = set(re.findall(r"\{\w+\}", words))
            if found != _BREAK_WORDS:
                line = reader.lines.get((reader.name(file), code), 1)
                needed = ", ".join(sorted(_BREAK_WORDS))
                reader.report(file, line, f"{locale} must hold {needed} and nothing else in braces")
