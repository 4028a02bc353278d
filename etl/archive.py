"""Keep every delivery that a release used, unchanged, by the digest of its bytes.

Beside the bytes stands where they came from, under every name they were delivered. And per
release stands what a rebuild needs and the manifest may not tell: the names of its files, and
what the tables of the staff edition were. All of it is in `<releases>/.deliveries/`, which only
its owner may enter, since the name of a file may be that of an insurer. Nothing in it is ever
thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from etl.copying import copy, is_sound
from etl.deliveries import Delivery, shown
from etl.errors import Fault, RefusedError
from etl.files import Profile, digest
from etl.raw import Origin
from warehouse.keeping import FRESH, replace_with, sync
from warehouse.releases import ReleaseInfo, Releases

FOLDER = ".deliveries"
RELEASES = "releases"
_DAMAGE = (ValueError, TypeError, KeyError, AttributeError)
"""What reading a record comes to that somebody edited or that a failing disk cut short."""


@dataclass(frozen=True)
class Received:
    """One delivery as it came in."""

    file: str
    """Source, period and the name of the file as delivered."""
    source: str
    period: str
    supplier: str
    licence: str
    published_on: str
    url: str
    first_received: str
    """When the first release was built that used it."""


@dataclass(frozen=True)
class Recipe:
    """What one release was made from, as far as its manifest may not tell."""

    release_id: str
    built_at: str
    deliveries: Mapping[str, str]
    """Digest per file, under the name it was delivered with."""
    corrections: bool
    """Whether the shipped corrections were taken in."""
    key: str
    """Print of the key that decides which letter stands for whom."""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Digest per published table of every edition."""


class Archive:
    """The deliveries that are kept beside the releases of one folder."""

    def __init__(self, releases: Path) -> None:
        """Take the folder of releases; nothing is made yet."""
        self.root = releases / FOLDER

    def file(self, value: str) -> Path:
        """Say where the bytes with a digest stand, or would."""
        return self.root / value

    def received(self, value: str) -> list[Received]:
        """Tell under which names, and from whom, some bytes came in."""
        file = self._record(value)
        if not file.is_file():
            return []
        try:
            return [Received(**entry) for entry in json.loads(file.read_text("utf-8"))["received"]]
        except _DAMAGE:
            # The bytes are what counts; the next build writes down again what it knows.
            return []

    def keep(
        self, delivered: Iterable[tuple[Delivery, Profile, Origin]], *, received_at: str
    ) -> list[str]:
        """Keep what is not kept yet. Needs the lock of the releases.

        Args:
            delivered: The deliveries, with what was found when they were loaded.
            received_at: The time of the build.

        Returns:
            The digests that are new.

        Raises:
            RefusedError: A file is no longer the one that was loaded.
        """
        self._make()
        added = []
        for delivery, profile, origin in delivered:
            if self._take(delivery, profile):
                added.append(profile.digest)
            self._note(delivery, profile, origin, received_at)
        sync(self.root)
        return added

    def write_recipe(self, recipe: Recipe) -> None:
        """Write down what a release is made from. Needs the lock of the releases."""
        self._make()
        replace_with(self._recipe(recipe.release_id), _text(asdict(recipe)))

    def recipe(self, release_id: str) -> Recipe | None:
        """Read what a release was made from; None where that was not written down.

        Raises:
            RefusedError: It was, and cannot be read.
        """
        file = self._recipe(release_id)
        if not file.is_file():
            return None
        try:
            return Recipe(**json.loads(file.read_text("utf-8")))
        except _DAMAGE as error:
            raise RefusedError([Fault("recipe_damaged", shown(file))]) from error

    def lay_out(self, recipe: Recipe, folder: Path) -> None:
        """Lay the deliveries of a release out as they were delivered, without copying them.

        Args:
            recipe: What the release was made from.
            folder: An empty folder.

        Raises:
            RefusedError: A kept file is missing, or no longer what it was.
        """
        faults = [fault for value in sorted(set(recipe.deliveries.values()))
                  if (fault := self._fault(value))]  # fmt: skip
        if faults:
            raise RefusedError(faults)
        for name, value in recipe.deliveries.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(self.file(value).resolve())

    def _fault(self, value: str) -> Fault | None:
        file = self.file(value)
        names = [entry.file for entry in self.received(value)] or [value]
        if not file.is_file():
            return Fault("kept_missing", shown(file), value=value, parameters={"names": names})
        if digest(file) != value:
            return Fault("kept_damaged", shown(file), value=value, parameters={"names": names})
        return None

    def _make(self) -> None:
        """Make the folder, and clear away what a killed build was copying."""
        for folder in (self.root, self.root / RELEASES):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in folder.iterdir():
                if left.name.endswith(FRESH):
                    left.unlink()

    def _take(self, delivery: Delivery, profile: Profile) -> bool:
        """Copy the bytes of one delivery, unless they are kept already and whole."""
        file = self.file(profile.digest)
        if is_sound(file, profile):
            return False
        fresh = self.root / f"{profile.digest}{FRESH}"
        try:
            copy(delivery.path, fresh)
            # The copy is read once, by which it is held against what was loaded.
            _hold_against(fresh, profile, delivery)
            os.utime(fresh, ns=(profile.modified, profile.modified))
        except FileNotFoundError as error:
            raise RefusedError([Fault("changed", delivery.shown)]) from error
        except BaseException:
            # On a full disk half a copy would be in the way of everything else.
            fresh.unlink(missing_ok=True)
            raise
        fresh.replace(file)
        return True

    def _note(self, delivery: Delivery, profile: Profile, origin: Origin, received_at: str) -> None:
        """Add a name and an origin to the record of some bytes, unless they stand there."""
        entry = Received(
            delivery.file, delivery.source, delivery.period,
            origin.supplier, origin.licence, origin.published_on, origin.url, received_at,
        )  # fmt: skip
        known = self.received(profile.digest)
        if any(_without_time(entry) == _without_time(one) for one in known):
            return
        record = {
            "digest": profile.digest,
            "bytes": profile.bytes,
            "received": [asdict(one) for one in (*known, entry)],
        }
        replace_with(self._record(profile.digest), _text(record))

    def _record(self, value: str) -> Path:
        return self.root / f"{value}.json"

    def _recipe(self, release_id: str) -> Path:
        return self.root / RELEASES / f"{release_id}.json"


def keep_deliveries(
    releases: Path,
    info: ReleaseInfo,
    delivered: Sequence[tuple[Delivery, Profile, Origin]],
    *,
    corrections: bool,
) -> None:
    """Keep all that a release is made from and nobody else has. Needs the lock of the releases.

    Args:
        releases: The folder of releases.
        info: The release that is being made, with the digests of all its tables.
        delivered: Its deliveries, with what was found when they were loaded.
        corrections: Whether the shipped corrections were taken in.

    Raises:
        RefusedError: A file is no longer the one that was loaded.
    """
    archive = Archive(releases)
    archive.keep(delivered, received_at=info.built_at)
    archive.write_recipe(
        Recipe(
            info.release_id,
            info.built_at,
            {delivery.file: profile.digest for delivery, profile, _ in delivered},
            corrections=corrections,
            key=key_print(Releases(releases).pseudonym_key()),
            tables=info.tables,
        )
    )


def key_print(key: bytes) -> str:
    """Return by what the key of the letters is known again; it does not give the key away."""
    return hashlib.sha256(b"print of the key\0" + key).hexdigest()


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _without_time(entry: Received) -> dict[str, str]:
    return {name: value for name, value in asdict(entry).items() if name != "first_received"}


def _hold_against(copied: Path, profile: Profile, delivery: Delivery) -> None:
    """Refuse a copy that is not of the file that was loaded: it was changed since."""
    if digest(copied) != profile.digest:
        raise RefusedError([Fault("changed", delivery.shown)])
