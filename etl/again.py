"""Make a release again from the deliveries that are kept, and say what is not the same.

The deliveries come from the archive, the time from the manifest, the past from the releases of
then or from what a later one tells of them. The program is the one that runs: where it is not
the one that made the release, that is said before anything else.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.archive import Archive, Recipe, key_print
from etl.corrections import CORRECTIONS
from etl.errors import EtlError, Fault, Parameter
from etl.load import prepare
from warehouse.catalogue import load_catalogue
from warehouse.manifest import MANIFEST
from warehouse.past_again import past_again
from warehouse.program import LIBRARIES, Program, differences, kept_program, read_kept_program
from warehouse.rebuilding import Compared, Ingredients, compare, rebuild_release
from warehouse.releases import KEY, ReleaseInfo, Releases
from warehouse.table_digests import release_digests

MOST_FILES = 20
"""So many files of the program are named; the rest is counted."""
_RUNS_ON = ("python", *(name.lower() for name in LIBRARIES))


class NotAgainError(EtlError):
    """A release cannot be made again, or there is nothing to hold it against."""


@dataclass(frozen=True)
class Note:
    """Something to know before a difference is believed; `key` is one under `cli` in the texts."""

    key: str
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True)
class Again:
    """What became of a release that was made again."""

    info: ReleaseInfo
    made: ReleaseInfo
    compared: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether every table of every edition is the same."""
        return not any(edition.differs for edition in self.compared)


def program_notes(releases: Path, info: ReleaseInfo, running: Program) -> list[Note]:
    """Say in what the program that runs is another one than that of a release.

    Args:
        releases: The folder of releases.
        info: The release.
        running: The program that would make it again.
    """
    recorded = info.program
    if not recorded:
        return [Note("program_unknown", {"version": info.program_version})]
    notes = []
    if recorded.get("digest") != running.digest:
        notes += _another_program(releases, info, running)
    now = running.runs_on()
    others = [
        f"{name} {recorded.get(name)} → {now.get(name)}"
        for name in _RUNS_ON
        if recorded.get(name) != now.get(name)
    ]
    if others:
        notes.append(Note("libraries_differ", {"libraries": others}))
    return notes


def _another_program(releases: Path, info: ReleaseInfo, running: Program) -> list[Note]:
    digest = str(info.program.get("digest"))
    commit = info.program.get("commit")
    notes = [Note("program_differs", {"release": info.release_id, "digest": digest})]
    if commit:
        key = "program_commit_changed" if info.program.get("changed") else "program_commit"
        notes.append(Note(key, {"commit": str(commit)}))
    copy = kept_program(releases, digest)
    if not copy.is_file():
        return [*notes, Note("program_not_kept", {"file": str(copy)})]
    notes.append(Note("program_kept", {"file": str(copy), "release": info.release_id}))
    try:
        files = differences(read_kept_program(copy), running.files)
    except (OSError, zipfile.BadZipFile):
        return [*notes, Note("program_damaged", {"file": str(copy)})]
    told = files if len(files) <= MOST_FILES else [*files[:MOST_FILES], "…"]
    return [*notes, Note("program_files", {"count": len(files), "files": told})]


def recorded_digests(
    store: Releases, info: ReleaseInfo, recipe: Recipe
) -> Mapping[str, Mapping[str, str]]:
    """Return what a release was, table by table; of an older one from its own files.

    What its manifest tells goes before what stands in the archive: it may stand elsewhere too.

    Raises:
        NotAgainError: Nothing tells what it was.
    """
    found = {**recipe.tables, **info.tables} or release_digests(store.root / info.release_id)
    if not found:
        raise NotAgainError([Fault("no_digests", info.release_id)])
    return found


def recipe_of(releases: Path, info: ReleaseInfo) -> Recipe:
    """Read what a release was made from.

    Raises:
        NotAgainError: It was made before deliveries were kept.
    """
    recipe = Archive(releases).recipe(info.release_id)
    if recipe is None:
        raise NotAgainError([Fault("no_recipe", info.release_id)])
    return recipe


def make_again(
    store: Releases,
    info: ReleaseInfo,
    keep: Path | None,
    on_step: Callable[[str], None],
    on_note: Callable[[Note], None],
) -> Again:
    """Make a release again from the kept deliveries, and compare every table.

    Args:
        store: The folder of releases; nothing in it is changed.
        info: The release.
        keep: A new or empty folder for what is made; without one it is thrown away.
        on_step: Told the name of each step before it starts.
        on_note: Told what to know before a difference is believed.

    Raises:
        NotAgainError: It cannot be made again.
        RefusedError: A kept delivery is missing or damaged, or is refused by this program.
    """
    recipe = recipe_of(store.root, info)
    before = recorded_digests(store, info, recipe)
    key = _key(store, recipe, on_note)
    with _workplace(keep) as folder:
        on_step("deliveries")
        deliveries = folder / "deliveries"
        deliveries.mkdir()
        Archive(store.root).lay_out(recipe, deliveries)
        corrections = CORRECTIONS if recipe.corrections else None
        loader = prepare([deliveries], corrections=corrections, on_step=on_step)
        past = past_again(store, info, folder)
        if past.told_by:
            on_note(Note("past_told_by", {"release": past.told_by}))
        if past.is_lost:
            on_note(Note("past_lost", {"release": info.release_id}))
        ingredients = Ingredients(
            loader.inputs, loader.load, load_catalogue(), info.program_version, key
        )
        made = rebuild_release(info, ingredients, past.earlier, folder, on_step)
        if keep is not None:
            _hand_over(folder / info.release_id, made, keep)
    return Again(info, made, tuple(compare(before, made.tables)))


def _key(store: Releases, recipe: Recipe, on_note: Callable[[Note], None]) -> bytes:
    """Read the key of the letters; another one than then gives other letters."""
    file = store.root / KEY
    key = file.read_bytes() if file.is_file() else b""
    if key_print(key) != recipe.key:
        on_note(Note("key_differs", {"file": str(file)}))
    return key


@contextmanager
def _workplace(keep: Path | None) -> Iterator[Path]:
    """Give a folder of one's own, where only its owner may look; it is thrown away again."""
    beside = None
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise NotAgainError([Fault("keep_not_empty", str(keep))])
        beside = keep
    with tempfile.TemporaryDirectory(prefix=".making-", dir=beside) as folder:
        yield Path(folder).resolve()


def _hand_over(made: Path, info: ReleaseInfo, keep: Path) -> None:
    for file in made.iterdir():
        file.rename(keep / file.name)
    (keep / MANIFEST).write_text(info.to_json(), encoding="utf-8")
