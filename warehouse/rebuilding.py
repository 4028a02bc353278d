"""Make a release again, aside, and hold it against what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.digests import input_digest
from warehouse.draft import Source
from warehouse.earlier import Earlier
from warehouse.editions import confidential_sources, masked_inputs
from warehouse.errors import BuildStoppedError
from warehouse.filling import make_release
from warehouse.models import CHECKS, MODELS
from warehouse.releases import ReleaseInfo
from warehouse.table_digests import release_digests


@dataclass(frozen=True)
class Compared:
    """The tables of one edition: which are the same, and which are not."""

    edition: str
    same: tuple[str, ...]
    differs: tuple[str, ...]
    """Also those that only one of the two has."""


@dataclass(frozen=True)
class Ingredients:
    """All that a release is made from, beside its past."""

    inputs: Mapping[str, str]
    load_raw: Callable[[duckdb.DuckDBPyConnection], None]
    catalogue: Catalogue
    program_version: str
    key: bytes
    models: Path = MODELS
    checks: Path = CHECKS


def rebuild_release(
    info: ReleaseInfo,
    ingredients: Ingredients,
    past: Earlier,
    folder: Path,
    on_step: Callable[[str], None],
) -> ReleaseInfo:
    """Make a release again under its own name and time, beside the past it was built on.

    Args:
        info: The release as it was.
        ingredients: What it is made from.
        past: What earlier releases gave to it.
        folder: A folder with its past, in which its own folder is made.
        on_step: Told the name of each step before it starts.

    Returns:
        What it is now, with the digests of its tables.

    Raises:
        WarehouseError: It cannot be made again.
    """
    catalogue = ingredients.catalogue
    place = folder / info.release_id
    place.mkdir()
    models, checks = ingredients.models, ingredients.checks
    source = Source(ingredients.load_raw, catalogue, models, checks)
    masked = masked_inputs(ingredients.inputs, confidential_sources(catalogue.disclosures))
    draft = ReleaseInfo(
        release_id=info.release_id,
        built_at=info.built_at,
        digest=input_digest(
            ingredients.inputs, catalogue, models, checks,
            ingredients.program_version, key=ingredients.key,
        ),
        program_version=ingredients.program_version,
        previous_release_id=info.previous_release_id,
        inputs=masked,
        why=info.why,
        who=info.who,
        accepted=info.accepted,
        past=info.past,
    )  # fmt: skip
    on_step("raw")
    try:
        made = make_release(place, past, draft, source, ingredients.key, on_step)
    except duckdb.Error as error:
        raise BuildStoppedError(folder, str(error)) from error
    on_step("compare")
    return replace(made, tables=release_digests(place))


def compare(
    before: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]
) -> list[Compared]:
    """Compare the tables of each edition by their digests.

    Args:
        before: Digest per table of each edition, as a release recorded them.
        now: The same of the release that was made again.
    """
    found = []
    for edition, tables in before.items():
        others = now.get(edition, {})
        names = sorted(tables.keys() | others.keys())
        same = tuple(name for name in names if tables.get(name) == others.get(name))
        differs = tuple(name for name in names if name not in same)
        found.append(Compared(edition, same, differs))
    return found
