"""Find what stands in the place of files that a check refused, so that it is not told as gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.archive import Archive
from etl.checking import Checked
from etl.contract import Contract
from etl.deliveries import Delivery, find_deliveries, stem


@dataclass(frozen=True)
class StillStanding:
    """The refused files of which a standing delivery stays in the comparison."""

    files: tuple[Path, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    """Those whose file was replaced by a refused one, taken from what the releases keep."""


def still_standing(
    refused: Sequence[Checked],
    tried: Collection[Path],
    folders: Sequence[Path],
    contracts: Mapping[str, Contract],
    archive: Archive,
    release_id: str,
    place: Path,
) -> StillStanding:
    """Find the standing delivery of each refused file that has the name of one.

    Args:
        refused: The refused files.
        tried: All files that are tried.
        folders: The folders of deliveries.
        contracts: The contracts by source.
        archive: The deliveries that are kept beside the releases.
        release_id: The release that is served.
        place: An empty folder, in which a kept delivery gets its own name back.
    """
    resolved = {path.resolve() for path in tried}
    standing, _ = find_deliveries(folders, contracts)
    names = {one.id for one in standing if one.path.resolve() not in resolved}
    recipe = archive.recipe(release_id)
    kept = {_id(Path(name)): name for name in recipe.deliveries} if recipe else {}
    files: list[Path] = []
    deliveries: list[Delivery] = []
    for file in refused:
        delivery = file.result.delivery.id if file.result else _id(file.path.resolve())
        if delivery in names:
            files.append(file.path)
            continue
        name = kept.get(delivery)
        if recipe is None or name is None or not _is_within(file.path, folders):
            continue
        held = archive.file(recipe.deliveries[name])
        if not held.is_file():
            continue
        link = place / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(held.resolve())
        source, period = Path(name).parts[:2]
        deliveries.append(Delivery(source, period, link))
        files.append(file.path)
    return StillStanding(tuple(files), tuple(deliveries))


def _id(path: Path) -> str:
    """Say what the warehouse calls a file that lies in the folders of its source and period."""
    return "/".join((*path.parts[-3:-1], stem(path)))


def _is_within(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)
