"""Which old releases stay, and removing the others so that readers and a killed process are safe.

Of a release that is removed the manifest is kept: it tells what was served when, and from what it
can be made again. The order is: the manifest is written, the folder gets a name that nobody
looks for, the folder goes. Who has a database open reads on until it is closed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.keeping import replace_with, sync
from warehouse.manifest import ReleaseInfo, kept_manifest
from warehouse.moments import DUTCH_TIME
from warehouse.publication import Span, served_spans
from warehouse.releases import DATABASES, PRUNED, PRUNING, Releases
from warehouse.store_errors import RetentionError

RULE = Path(__file__).with_name("retention.yaml")


class Rule(BaseModel):
    """How many old releases stay; the file says what each means."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    latest_served: int = Field(ge=2)
    last_of_year: bool
    candidate_days: int = Field(ge=0)
    newest_candidates: int = Field(ge=0)


@dataclass(frozen=True)
class Kept:
    """A release that stays, and why: keys that the command line has words for."""

    info: ReleaseInfo
    because: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What stays and what goes."""

    kept: tuple[Kept, ...] = ()
    goes: tuple[ReleaseInfo, ...] = ()


@dataclass(frozen=True)
class Pruned:
    """What became of the old releases."""

    removed: tuple[str, ...] = ()
    trouble: str = ""
    """Why some of them could not be removed."""


NOTHING_PRUNED = Pruned()


@dataclass
class _Reasons:
    """Collects per release why it stays."""

    of: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, release_ids: Iterable[str | None]) -> None:
        for release_id in release_ids:
            if release_id is not None and reason not in self.of.setdefault(release_id, []):
                self.of[release_id].append(reason)


def read_rule(file: Path = RULE) -> Rule:
    """Read the rule.

    Raises:
        RetentionError: The file is missing or says something else than a rule.
    """
    try:
        return Rule.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RetentionError(file, str(error)) from error
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise RetentionError(file, "; ".join(faults)) from error


def plan(store: Releases, rule: Rule, at: datetime) -> Plan:
    """Say of every release whether it stays, and why. Call it only while holding the lock.

    Args:
        store: The folder of releases.
        rule: How many old releases stay.
        at: The moment from which the days of a candidate are counted.
    """
    served = store.current_id()
    present = store.list()
    if served is None or served not in {info.release_id for info in present}:
        return Plan(tuple(Kept(info, ("nothing_served",)) for info in present))
    spans = served_spans(store.root, served)
    seen = {span.release_id for span in spans}
    reasons = _Reasons()
    reasons.add("served", [served])
    reasons.add("way_back", [store.before()])
    reasons.add("latest", _latest(spans, present, rule.latest_served))
    if rule.last_of_year:
        reasons.add("last_of_year", _last_of_years(spans))
    candidates = [info for info in present if info.release_id not in seen]
    staying = _staying(candidates, rule, at)
    reasons.add("candidate", (info.release_id for info in staying))
    reasons.add("parent_of_candidate", (info.previous_release_id for info in staying))
    carried = _Carried(store.root / served)
    for info in present:
        if info.release_id in seen and not carried.has(store.root / info.release_id):
            reasons.add("not_carried", [info.release_id])
    return Plan(
        tuple(
            Kept(info, tuple(reasons.of[info.release_id]))
            for info in present
            if info.release_id in reasons.of
        ),
        tuple(info for info in present if info.release_id not in reasons.of),
    )


def prune(store: Releases, at: datetime, rule: Rule | None = None) -> Pruned:
    """Remove the releases that the rule lets go. Call it only while holding the lock.

    What goes wrong harms nothing: a release that is not removed now is removed later.

    Args:
        store: The folder of releases.
        at: The moment of the build or the switch.
        rule: How many old releases stay; by default what the file says.
    """
    removed: list[str] = []
    try:
        for info in plan(store, rule or read_rule(), at).goes:
            _remove(store.root, info, at)
            removed.append(info.release_id)
    except (OSError, RetentionError, duckdb.Error) as error:
        return Pruned(tuple(removed), str(error))
    return Pruned(tuple(removed))


def _remove(root: Path, info: ReleaseInfo, at: datetime) -> None:
    (root / PRUNED).mkdir(exist_ok=True)
    record = root / PRUNED / f"{info.release_id}.json"
    replace_with(record, kept_manifest(info, at.isoformat(timespec="seconds")))
    gone = (root / info.release_id).rename(root / f"{PRUNING}{info.release_id}")
    sync(root)
    shutil.rmtree(gone, ignore_errors=True)


def _latest(spans: list[Span], present: list[ReleaseInfo], count: int) -> list[str]:
    """Name the releases that readers saw last; one that was removed already is not counted."""
    here = {info.release_id for info in present}
    order = dict.fromkeys(span.release_id for span in reversed(spans) if span.release_id in here)
    return list(order)[:count]


def _last_of_years(spans: list[Span]) -> list[str]:
    """Name the release that was served when each calendar year ended, by the Dutch clock."""
    found: dict[int, str] = {}
    for span in spans:
        try:
            start = datetime.fromisoformat(span.served_from).astimezone(DUTCH_TIME)
        except ValueError:
            continue
        found[start.year] = span.release_id
    return list(found.values())


def _staying(candidates: list[ReleaseInfo], rule: Rule, at: datetime) -> list[ReleaseInfo]:
    """Return the candidates that stay; they come the newest first."""
    after = at - timedelta(days=rule.candidate_days)
    return [
        info
        for position, info in enumerate(candidates)
        if position < rule.newest_candidates or datetime.fromisoformat(info.built_at) >= after
    ]


class _Carried:
    """Which releases the served one carries the history of, in each of its editions."""

    def __init__(self, served: Path) -> None:
        self._known = {file: _known_to(served / file) for file in DATABASES.values()}

    def has(self, folder: Path) -> bool:
        """Tell whether nothing of a release would be lost with its folder."""
        return all(
            folder.name in self._known[file]
            for file in DATABASES.values()
            if (folder / file).exists()
        )


def _known_to(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute(
            "select 1 from duckdb_tables() where schema_name = 'published'"
            " and table_name = 'known_release'"
        ).fetchall()
        if not tables:
            return frozenset()
        rows = connection.execute("select release_id from published.known_release").fetchall()
    return frozenset(str(row[0]) for row in rows)
