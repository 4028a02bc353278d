"""The small set of examples that a build takes along, so that every filter can be tried.

It is made when it is first needed, in a folder that git ignores, named after a digest of
everything it depends on. It gets its name only when it is complete, so that two builds at once
do not meet halfway; the slower one throws its own away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from etl.contract import CATALOGUE, CONTRACTS, PROJECT
from etl.example.deliveries import CLAIMS, MARK, SURVEY, make_examples
from etl.example.sizes import SMALL

EXAMPLES = PROJECT / "etl" / "examples"
YEARS = range(2018, 2025)
SEED = 1
SWITCH = "EXAMPLES"
ON, OFF = "on", "off"
_MAKING = ".making-"
_OLD = 3600
"""Seconds after which a set that no build took up is removed: a build that took it up before
the program changed may still be reading it."""


def examples_wanted(further: Sequence[Path]) -> bool:
    """Tell whether a build takes the standing set along.

    Args:
        further: Folders that the operator named. One that `etl example` made comes instead, and
            so does one with a delivery of the same name as one of the set: both at once would
            be the same delivery twice.

    Raises:
        ValueError: The environment says neither on nor off.
    """
    said = os.environ.get(SWITCH, ON).strip().lower() or ON
    if said not in (ON, OFF):
        raise ValueError(said)
    return said == ON and not any(_comes_instead(folder) for folder in further)


def _comes_instead(folder: Path) -> bool:
    """Tell whether a folder holds a set of examples, or a delivery that the set has too."""
    names = {
        f"{source}/{year}/{source}_{year}{ending}.csv"
        for source in (SURVEY, CLAIMS)
        for year in YEARS
        for ending in ("", "_final")
    }
    return (folder / MARK).is_file() or any((folder / name).is_file() for name in names)


def standing_examples(root: Path = EXAMPLES) -> Path:
    """Give the folder of the standing set; make it where it is not there yet.

    Args:
        root: Holds the sets, each under its digest.

    Returns:
        The folder, of the form of all folders of deliveries.
    """
    folder = root / _digest()
    if not folder.is_dir():
        root.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=root))
        try:
            making.chmod(0o755)
            make_examples(YEARS, SMALL, making, seed=SEED)
            _take_place(making, folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    os.utime(folder)
    _remove_old(root, folder)
    return folder


def _take_place(making: Path, folder: Path) -> None:
    """Give a complete set its name, unless another build was first."""
    try:
        making.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _remove_old(root: Path, in_use: Path) -> None:
    """Remove the sets of earlier versions of the program."""
    oldest = time.time() - _OLD
    for entry in root.iterdir():
        if entry != in_use and entry.is_dir() and _modified(entry) < oldest:
            shutil.rmtree(entry, ignore_errors=True)


def _modified(entry: Path) -> float:
    """Tell when a set was last taken up; one that another build just removed, never."""
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _digest() -> str:
    """Digest what the set depends on: the generator, its margins, contracts and codes."""
    here = Path(__file__).parent
    files = [
        *sorted(here.glob("*.py")),
        *sorted(here.glob("*.yaml")),
        *(CONTRACTS / f"{source}.yaml" for source in (SURVEY, CLAIMS)),
        *(CATALOGUE / "dimensions" / f"{name}.yaml" for name in ("region", "risk_bearer")),
    ]
    digest = hashlib.sha256(f"{YEARS} {SMALL} {SEED}".encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
